import { type CanonicalFile, type CanonicalMessage, nameFile, readableDuration } from './canonical.ts';

/** Twilio takes no text and file in one message, so they are parts in order. */
export type TwilioPart = { part: number; body: string } | { part: number; file: CanonicalFile };

/** https://www.twilio.com/docs/conversations-classic/conversations-limits */
const BODY_LIMIT_BYTES = 32 * 1024;

/**
 * What Flex shows or offers for download: the types on https://www.twilio.com/docs/flex/developer/conversations/limits,
 * with the two that Discord itself makes, voice messages (ogg) and stickers or screenshots (webp).
 */
const SHOWN_IN_FLEX = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/heic',
  'image/webp',
  'audio/mpeg',
  'audio/mp3',
  'audio/amr',
  'audio/ogg',
  'video/mp4',
  'application/pdf',
  'text/plain',
]);

/** A member's message for the transcript: what was quoted, the words, whatever else there was, then the files. */
export function toTwilio(message: CanonicalMessage, fileLimit = 16 * 1024 * 1024): TwilioPart[] {
  const { files } = message;
  const carried = (file: CanonicalFile) =>
    file.source !== undefined && file.size <= fileLimit && SHOWN_IN_FLEX.has(essence(file.contentType));
  const bodies = cut(
    textOf(message, (file) => !carried(file)),
    BODY_LIMIT_BYTES,
  ).filter(Boolean);
  const pieces = [...bodies.map((body) => ({ body })), ...files.filter(carried).map((file) => ({ file }))];
  return (pieces.length > 0 ? pieces : [{ body: '[A message without content]' }]).map((piece, part) => ({
    part,
    ...piece,
  }));
}

/** The words of an edited message, with what it said before. Always one piece: Discord's messages are short. */
export function editedForTwilio(message: CanonicalMessage, before: string): string {
  const now = textOf(message, () => false) || '[A message without content]';
  const was = before.replace(/\s+/g, ' ').slice(0, BEFORE_LIMIT);
  return (
    cut(
      `${now}\n[Edited${was ? `. Before: ${was}${was.length === BEFORE_LIMIT ? '…' : ''}` : ''}]`,
      BODY_LIMIT_BYTES,
    )[0] ?? ''
  );
}

/** A deleted message stays readable, because the agent may have answered it. */
export function deletedForTwilio(body: string, name: string): string {
  const mark = `[${name} deleted this message]`;
  return body.startsWith(mark) ? body : (cut(`${mark}\n${body}`, BODY_LIMIT_BYTES)[0] ?? mark);
}

const BEFORE_LIMIT = 500;

function textOf(message: CanonicalMessage, named: (file: CanonicalFile) => boolean): string {
  const { quoted, text, files, notes } = message;
  return [
    ...(quoted ? [`> ${quoted.author ? `${quoted.author}: ` : ''}${quoted.excerpt}`] : []),
    ...(text ? [text] : []),
    ...files.flatMap((file) => {
      if (named(file)) return [nameFile(file)];
      return file.voiceSeconds === undefined
        ? []
        : [`[Voice message, ${readableDuration(file.voiceSeconds)}]`];
    }),
    ...notes.map((note) => `[${note}]`),
  ].join('\n');
}

const essence = (contentType: string) => (contentType.split(';')[0] ?? '').trim().toLowerCase();

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
