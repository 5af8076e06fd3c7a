import { namedLink } from '../formats/markdown/escape.ts';
import type { Texts } from '../texts/index.ts';

/** The words about messages, in the language of whoever reads them. */
export type MessageTexts = Texts['message'];

/** A message between the two sides. Plain data, because it is kept in the journal. */
export interface CanonicalMessage {
  /** Discord message id or Twilio message SID, depending on where it comes from. */
  id: string;
  /** The Discord channel that it was written in; absent for messages of agents and for pressed buttons. */
  channelId?: string;
  author: { id: string; name: string };
  /** Markdown, with mentions turned into names. */
  text: string;
  /** Where words of `text` stand for something that Discord shows in a form of its own, in order; none where absent. */
  forms?: Form[];
  quoted?: { author: string; excerpt: string };
  files: CanonicalFile[];
  /** What the other side cannot take in its own form, each a line in words. */
  notes: string[];
  /** When its words were last changed, as Discord says it. */
  editedAt?: string;
}

/** Words in the place of a mention, a custom emoji, a timestamp or a mark: where they begin, their length, what was written. */
export type Form = [start: number, length: number, written: string];

/** What an agent wrote; its author's name is looked up later, until then the identity stands for it. */
export interface AgentMessage extends CanonicalMessage {
  /** Its place in the Twilio conversation, from 0. */
  index: number;
  /**
   * When it was last changed, in milliseconds since the epoch: exact out of webhooks, to the second out of Twilio's REST
   * resources, absent where nothing says it.
   */
  changedAt?: number;
  /** When it was written, where it was changed later and Twilio says so; in milliseconds since the epoch. */
  writtenAt?: number;
}

export interface CanonicalFile {
  name: string;
  contentType: string;
  /** Bytes. */
  size: number;
  /** Null where only the other side's API can fetch it. */
  url: string | null;
  /** Where its bytes are fetched; absent where they cannot be. */
  source?: FileSource;
  /** Length of a voice message in seconds. */
  voiceSeconds?: number;
  /** Its sender hid it: nobody should see it who does not ask for it. */
  spoiler?: boolean;
  /** What its sender says it shows, for those who cannot see it. */
  description?: string;
}

export type FileSource =
  | { at: 'discord'; channelId: string; messageId: string; attachmentId: string }
  | { at: 'twilio'; mediaSid: string };

/** The bytes of a file on their way; never held whole. */
export interface OpenedFile {
  name: string;
  contentType: string;
  /** Bytes; null when the sender did not say. */
  size: number | null;
  body: ReadableStream<Uint8Array>;
}

/** Opens a file where it is kept. Throws Transient, or Refused when it is gone, too large or kept somewhere else. */
export type OpenFile = (file: CanonicalFile) => Promise<OpenedFile>;

/** `1.4 MB`: for people, so in powers of ten. */
export function readableSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)));
  const value = bytes / 1000 ** step;
  return `${step === 0 ? value : value.toFixed(1)} ${units[step]}`;
}

/** `1:05` */
export function readableDuration(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.round(seconds)) : 0;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A file in words, its name or length a link where there is one. */
export function nameFile({ name, size, url, voiceSeconds }: CanonicalFile, texts: MessageTexts): string {
  const bytes = readableSize(size);
  const linked = (words: string) => (url ? namedLink(words, url) : words);
  return voiceSeconds === undefined
    ? `[${texts.file(linked(name), bytes)}]`
    : `[${texts.voice(linked(readableDuration(voiceSeconds)))}, ${bytes}]`;
}
