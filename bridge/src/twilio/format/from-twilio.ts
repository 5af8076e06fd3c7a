import { truncate } from '@flexcord/shared/messages/truncate';
import { DAY_MS } from '@flexcord/shared/time';
import type { AgentMessage, CanonicalFile } from '../../messages/canonical.ts';

/** A message as Twilio has it: REST, webhooks and entries of earlier versions differ in how they describe media. */
export interface TwilioMessage {
  sid: string;
  index: number;
  author: string;
  body: string | null;
  /** An array of objects, or that in JSON. */
  media?: unknown;
  /** A Date, or that in ISO 8601; webhooks of new messages have none, since it is when they were written. */
  dateUpdated?: unknown;
  /** As `dateUpdated`; of messages that are read by REST. */
  dateCreated?: unknown;
}

/** Twilio takes ten files with a message; whoever says more is not believed further than this. */
const MAX_FILES = 20;
const MAX_FILE_NAME_LENGTH = 255;
/** Longest identity of a chat user (https://www.twilio.com/docs/conversations-classic/conversations-limits). */
const MAX_IDENTITY_LENGTH = 256;
/** ISO 8601 takes 24 characters; it becomes a part of a key. */
const MAX_TIME_LENGTH = 40;
/** How far ahead of ours a clock may be, in milliseconds; a time beyond that would outlast every later change. */
const MAX_CLOCK_LEAD_MS = DAY_MS;

/** An agent's message as it comes out of Twilio Conversations; the author's identity stands for their name. */
export function fromTwilio(given: TwilioMessage): AgentMessage {
  const { sid, index, author, body, media, dateUpdated, dateCreated } = given;
  // It goes into addresses, and PostgreSQL has no character for zero.
  const identity = truncate(author.replace(/\p{Cc}/gu, ''), MAX_IDENTITY_LENGTH);
  const [changedAt, writtenAt] = [readTime(dateUpdated), readTime(dateCreated)];
  const isEdited = writtenAt !== null && changedAt !== null && changedAt > writtenAt;
  return {
    id: sid,
    index,
    author: { id: identity, name: identity },
    text: body ?? '',
    files: readFiles(media),
    notes: [],
    ...(changedAt === null ? {} : { changedAt }),
    ...(isEdited ? { writtenAt } : {}),
  };
}

/** A time as Twilio writes it, in milliseconds since the epoch; null where it is none. */
export function readTime(value: unknown): number | null {
  const text = typeof value === 'string' && value.length <= MAX_TIME_LENGTH ? value : '';
  const time = value instanceof Date ? value.getTime() : Date.parse(text);
  return time > 0 && time < Date.now() + MAX_CLOCK_LEAD_MS ? time : null;
}

/** A message out of the journal; earlier versions kept it as Twilio has it. */
export const readKept = (kept: AgentMessage | TwilioMessage): AgentMessage =>
  'sid' in kept ? fromTwilio(kept) : kept;

/** The files of a message. What cannot be read is a file without a source: it is named to the member, and not fetched. */
export function readFiles(media: unknown): CanonicalFile[] {
  if (media === null || media === undefined || media === '') return [];
  const list = listOf(media) ?? [null];
  return list.slice(0, MAX_FILES).map((item) => toFile(isObject(item) ? item : {}));
}

/** Members are in PascalCase in webhooks, as github.com/weni-ai/mailroom services/tickets/twilioflex2 recorded them. */
function toFile(item: Record<string, unknown>): CanonicalFile {
  const type = String(item.content_type ?? item.ContentType ?? item.contentType ?? '');
  const contentType = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/.test(type) ? type : 'application/octet-stream';
  const filename = item.filename ?? item.Filename;
  const size = Number(item.size ?? item.Size ?? 0);
  const mediaSid = String(item.sid ?? item.Sid ?? '');
  const name = typeof filename === 'string' ? truncate(filename, MAX_FILE_NAME_LENGTH) : '';
  return {
    name: name || `file.${EXTENSIONS.get(contentType) ?? 'bin'}`,
    contentType,
    size: Number.isSafeInteger(size) && size > 0 ? size : 0,
    url: null,
    ...(/^ME\w{1,62}$/.test(mediaSid) ? { source: { at: 'twilio', mediaSid } } : {}),
  };
}

/** Null where it is no list. An object without anything in it is how some versions write "none". */
function listOf(media: unknown): unknown[] | null {
  try {
    const list: unknown = typeof media === 'string' ? JSON.parse(media) : media;
    if (list === null || (isObject(list) && Object.keys(list).length === 0)) return [];
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** For media without a name: Discord shows a picture only when its name ends as one. */
const EXTENSIONS = new Map(
  Object.entries({
    'image/jpeg': 'jpg',
    'image/png': 'png',
    'image/gif': 'gif',
    'image/webp': 'webp',
    'image/heic': 'heic',
    'audio/mpeg': 'mp3',
    'audio/ogg': 'ogg',
    'video/mp4': 'mp4',
    'application/pdf': 'pdf',
    'text/plain': 'txt',
  }),
);

/** Message attributes by which the bridge knows its own messages, also when it reads them back; see own-messages.ts. */
export interface OwnAttributes {
  /** Journal key of the entry that wrote it, which part of it, and what proves it; earlier versions wrote no proof. */
  flexcord: { key: string; part: number; code?: string };
  [more: string]: unknown;
}

/** The mark in a message, whoever wrote it, or null. */
export function ownMark(attributes: string): OwnAttributes['flexcord'] | null {
  try {
    const mark = (JSON.parse(attributes) as Partial<OwnAttributes> | null)?.flexcord;
    return typeof mark?.key === 'string' && typeof mark.part === 'number' ? mark : null;
  } catch {
    return null;
  }
}
