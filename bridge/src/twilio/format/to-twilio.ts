import type { MessageLayout } from '@flexcord/shared/messages/layout';
import { oneLine } from '@flexcord/shared/messages/one-line';
import { splitText, truncate } from '@flexcord/shared/messages/truncate';
import { truncateMarkdown } from '@flexcord/shared/messages/truncate-markdown';
import {
  type CanonicalFile,
  type CanonicalMessage,
  type MessageTexts,
  nameFile,
  readableDuration,
} from '../../messages/canonical.ts';

/**
 * A member's Conversations identity. Twilio reserves most punctuation, so an underscore
 * (https://www.twilio.com/docs/flex/developer/conversations/best-practices).
 */
export const memberIdentity = (memberId: string) => `discord_${memberId}`;

/** The one participant of a public thread: those who speak there are authors of its messages, and none of its participants. */
export const threadIdentity = (threadId: string) => memberIdentity(`thread_${threadId}`);

/** Who takes part in a conversation, as Twilio knows it. */
export const participantIdentity = ({
  member_id,
  thread_id,
}: {
  member_id: string;
  thread_id: string | null;
}): string => (thread_id === null ? memberIdentity(member_id) : threadIdentity(thread_id));

/** Twilio takes no text and file in one message, so they are parts in order. */
export type TwilioPart =
  | { part: number; body: string; layout?: MessageLayout }
  | { part: number; file: CanonicalFile };

export interface ToTwilioOptions {
  texts: MessageTexts;
  /** Largest file that is carried, in bytes. */
  fileLimit: number;
  /** What is said in a voice message. */
  transcript?: string;
  /** Who speaks, in public: Flex may not name an author who is no participant, so the name leads the words. */
  speaker?: string;
}

/** https://www.twilio.com/docs/conversations-classic/conversations-limits */
const BODY_LIMIT_BYTES = 32 * 1024;

/**
 * What is carried as a file: the types on https://www.twilio.com/docs/flex/developer/conversations/limits, with the two that
 * Discord itself makes, voice messages (ogg) and stickers or screenshots (webp). Flex opens of them what `channel_configs`
 * names (`DownloadFileInvalidType` in @twilio/flex-ui 2.17.1); `bun run provision` adds what is missing there.
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
export function toTwilio(message: CanonicalMessage, options: ToTwilioOptions): TwilioPart[] {
  const { files } = message;
  const { texts, fileLimit, transcript, speaker } = options;
  const carried = (file: CanonicalFile) =>
    file.source !== undefined && file.size <= fileLimit && SHOWN_IN_FLEX.has(essence(file.contentType));
  const { body: whole, layout } = ledBy(
    speaker,
    compose(message, (file) => !carried(file), texts, transcript),
  );
  const bodies = splitText(whole, BODY_LIMIT_BYTES, { unit: 'bytes' });
  const pieces = [
    ...bodies.map((body) => (layout && body === whole ? { body, layout } : { body })),
    ...files.filter(carried).map((file) => ({ file })),
  ];
  return (pieces.length > 0 ? pieces : [{ body: `[${texts.empty}]` }]).map((piece, part) => ({
    part,
    ...piece,
  }));
}

/** The words of an edited message, with what it said before. Always one piece: Discord's messages are short. */
export function editedForTwilio(
  message: CanonicalMessage,
  before: { text: string; removedFiles?: readonly string[] },
  texts: MessageTexts,
  speaker?: string,
): { body: string; layout: MessageLayout | null } {
  const { body: words, layout } = ledBy(
    speaker,
    compose(message, () => false, texts),
  );
  const now = words || `[${texts.empty}]`;
  const was = oneLine(before.text);
  const marks = [
    ...(before.removedFiles ?? []).map(texts.fileRemoved),
    // Where only a file went, the words are as they were.
    texts.edited(before.text === message.text ? '' : truncateMarkdown(was, BEFORE_LIMIT)),
  ];
  const body = truncate([now, ...marks.map((mark) => `[${mark}]`)].join('\n'), BODY_LIMIT_BYTES, {
    unit: 'bytes',
  });
  return { body, layout };
}

/** The name of whoever speaks before what they say; a quotation begins a line of its own. */
function ledBy(
  speaker: string | undefined,
  composed: { body: string; layout: MessageLayout | null },
): { body: string; layout: MessageLayout | null } {
  const { body, layout } = composed;
  if (!speaker || body === '') return composed;
  const lead = `${oneLine(speaker)}:${/^(?:>|```)/.test(body) ? '\n' : ' '}`;
  const [start = 0, end = 0] = layout?.said ?? [];
  return {
    body: `${lead}${body}`,
    layout: layout && { ...layout, said: [start + lead.length, end + lead.length] },
  };
}

/** A deleted message stays readable, because the agent may have answered it; unless it must be erased. */
export function deletedForTwilio(body: string, name: string, texts: MessageTexts, erase = false): string {
  const mark = `[${texts.deleted(name)}]`;
  if (erase) return mark;
  return body.startsWith(mark) ? body : truncate(`${mark}\n${body}`, BODY_LIMIT_BYTES, { unit: 'bytes' });
}

/** What an edit can change of a message; an edit that leaves it as it was needs no mark. */
export const versionOf = ({ text, files }: CanonicalMessage): string =>
  [text, ...files.map(({ name }) => name)].join('\n');

const BEFORE_LIMIT = 500;

/** A message's attributes hold 4 KB (https://www.twilio.com/docs/conversations-classic/conversations-limits). */
const MAX_LAYOUT_BYTES = 1500;

/** The body of a message, and what it is made of; null where there is too much of it for the attributes. */
function compose(
  message: CanonicalMessage,
  named: (file: CanonicalFile) => boolean,
  texts: MessageTexts,
  transcript?: string,
): { body: string; layout: MessageLayout | null } {
  const { quoted, text, files, notes, forms } = message;
  const quotation = quoted ? `> ${quoted.author ? `${quoted.author}: ` : ''}${quoted.excerpt}` : '';
  const start = quotation && text ? quotation.length + 1 : quotation.length;
  const layout: MessageLayout = {
    said: [start, start + text.length],
    ...(quoted ? { quoted: [quoted.author, quoted.excerpt] } : {}),
    ...(forms ? { forms } : {}),
  };
  // The first is what is transcribed.
  const voice = files.find(({ voiceSeconds }) => voiceSeconds !== undefined);
  const lines = [
    ...(quotation ? [quotation] : []),
    ...(text ? [text] : []),
    ...files.flatMap((file) => {
      const about = [
        ...(file.spoiler ? [`[${texts.spoiler(file.name)}]`] : []),
        ...(file.description ? [`[${texts.described(file.name, file.description)}]`] : []),
      ];
      if (file.voiceSeconds === undefined) return [...(named(file) ? [nameFile(file, texts)] : []), ...about];
      const duration = readableDuration(file.voiceSeconds);
      const heard = transcript && file === voice ? [`[${texts.voiceWords(duration, transcript)}]`] : [];
      if (named(file)) return [nameFile(file, texts), ...heard, ...about];
      return [...(heard.length > 0 ? heard : [`[${texts.voice(duration)}]`]), ...about];
    }),
    ...notes,
  ];
  const fits = Buffer.byteLength(JSON.stringify(layout)) <= MAX_LAYOUT_BYTES;
  return { body: lines.join('\n'), layout: fits ? layout : null };
}

const essence = (contentType: string) => (contentType.split(';')[0] ?? '').trim().toLowerCase();
