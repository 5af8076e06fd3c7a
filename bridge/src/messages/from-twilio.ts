import type { CanonicalMessage } from './canonical.ts';
export function fromTwilio(m: { sid: string; author: string; authorName: string; body: string | null }): CanonicalMessage {
  return { id: m.sid, author: { id: m.author, name: m.authorName }, text: m.body ?? '', files: [], notes: [] };
}
