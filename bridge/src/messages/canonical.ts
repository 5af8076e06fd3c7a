/** A message between the two sides. Plain data: it is kept in the journal. */
export interface CanonicalMessage {
  id: string;
  author: { id: string; name: string };
  /** Markdown. */
  text: string;
  files: CanonicalFile[];
  notes: string[];
}
export interface CanonicalFile {
  name: string;
  contentType?: string;
  size: number;
  url: string;
}
