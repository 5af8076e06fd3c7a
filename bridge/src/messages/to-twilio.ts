import { type CanonicalMessage, readableSize } from './canonical.ts';

export interface TwilioPart {
  part: number;
  body: string;
  attributes: { discord: { messageId: string } };
}

/** https://www.twilio.com/docs/conversations-classic/conversations-limits */
const BODY_LIMIT_BYTES = 32 * 1024;

/** A member's message for the transcript: what was quoted, the words, the files, and whatever else there was. */
export function toTwilio(message: CanonicalMessage): TwilioPart[] {
  const { quoted, text, files, notes } = message;
  const body = [
    ...(quoted ? [`> ${quoted.author ? `${quoted.author}: ` : ''}${quoted.excerpt}`] : []),
    ...(text ? [text] : []),
    ...files.map(({ name, size, url }) => `[File: ${name}, ${readableSize(size)}]${url ? ` ${url}` : ''}`),
    ...notes.map((note) => `[${note}]`),
  ].join('\n');
  return cut(body || '[A message without content]', BODY_LIMIT_BYTES).map((piece, part) => ({
    part,
    body: piece,
    attributes: { discord: { messageId: message.id } },
  }));
}

/** Pieces of at most `limit` bytes of UTF-8, never inside a character. */
function cut(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let bytes = 0;
  for (const character of text) {
    const size = Buffer.byteLength(character);
    if (bytes + size > limit) {
      pieces.push(piece);
      piece = '';
      bytes = 0;
    }
    piece += character;
    bytes += size;
  }
  return [...pieces, piece];
}
