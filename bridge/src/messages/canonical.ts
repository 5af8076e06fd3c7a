/** A message between the two sides. Plain data, because it is kept in the journal. */
export interface CanonicalMessage {
  /** Discord message id or Twilio message SID, depending on where it comes from. */
  id: string;
  author: { id: string; name: string };
  /** Markdown, with mentions turned into names. */
  text: string;
  quoted?: { author: string; excerpt: string };
  files: CanonicalFile[];
  /** What the other side cannot take in its own form, named in words. */
  notes: string[];
}

export interface CanonicalFile {
  name: string;
  contentType: string;
  /** Bytes. */
  size: number;
  /** Null where only the other side's API can fetch it. */
  url: string | null;
}

/** `1.4 MB`: for people, so in powers of ten. */
export function readableSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  const value = bytes / 1000 ** step;
  return `${step === 0 ? value : value.toFixed(1)} ${units[step]}`;
}
