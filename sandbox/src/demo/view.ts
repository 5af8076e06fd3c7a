/** What the member's side of the demo page shows, sent whole whenever something changes. */
export interface View {
  name: string;
  messages: MemberMessage[];
  /** The latest answer to a command, which only the member sees. */
  reply: { text: string } | null;
  /** Whether the application shows that it is typing. */
  typing: boolean;
}

export interface MemberMessage {
  id: string;
  mine: boolean;
  text: string;
  /** Milliseconds since the epoch. */
  at: number;
  cards: { title: string; text: string; url: string | null }[];
  files: { name: string; url: string; type: string }[];
  buttons: { id: string; label: string; primary: boolean }[];
}
