/** What the demo page shows, sent whole whenever something changes. */
export interface View {
  member: {
    name: string;
    messages: MemberMessage[];
    /** The latest answer to a command that only the member sees. */
    reply: { text: string } | null;
  };
  agent: {
    name: string;
    tasks: AgentTask[];
    transcript: TranscriptMessage[];
    /** SID of the conversation that the transcript is of. */
    conversationSid: string | null;
  };
}

export interface MemberMessage {
  id: string;
  mine: boolean;
  text: string;
  at: number;
  cards: { title: string; text: string; url: string | null }[];
  buttons: { id: string; label: string; primary: boolean }[];
}

export interface AgentTask {
  reservationSid: string;
  taskSid: string;
  conversationSid: string;
  customer: string;
  status: string;
}

export interface TranscriptMessage {
  sid: string;
  author: string;
  from: 'member' | 'bot' | 'agent';
  text: string;
}
