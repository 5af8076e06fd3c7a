import type { AgentMessage, CanonicalFile } from '../../messages/canonical.ts';

/** A message as Twilio has it: REST, webhooks and entries of earlier versions differ in how they describe media. */
export interface TwilioMessage {
  sid: string;
  index: number;
  author: string;
  body: string | null;
  /** An array of objects, or that in JSON. */
  media?: unknown;
}

/** An agent's message as it comes out of Twilio Conversations; the author's identity stands for their name. */
export function fromTwilio({ sid, index, author, body, media }: TwilioMessage): AgentMessage {
  return {
    id: sid,
    index,
    author: { id: author, name: author },
    text: body ?? '',
    files: listOf(media).map(toFile),
    notes: [],
  };
}

/** A message out of the journal; earlier versions kept it as Twilio has it. */
export const readKept = (kept: AgentMessage | TwilioMessage): AgentMessage =>
  'sid' in kept ? fromTwilio(kept) : kept;

/** Members are in PascalCase in webhooks; observed, not documented. */
function toFile(item: Record<string, unknown>): CanonicalFile {
  const contentType = String(
    item.content_type ?? item.ContentType ?? item.contentType ?? 'application/octet-stream',
  );
  const filename = item.filename ?? item.Filename;
  return {
    name: String(filename || `file.${EXTENSIONS[contentType] ?? 'bin'}`),
    contentType,
    size: Number(item.size ?? item.Size ?? 0),
    url: null,
    source: { at: 'twilio', mediaSid: String(item.sid ?? item.Sid ?? '') },
  };
}

function listOf(media: unknown): Record<string, unknown>[] {
  try {
    const list: unknown = typeof media === 'string' ? JSON.parse(media) : media;
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

/** For media without a name: Discord shows a picture only when its name ends as one. */
const EXTENSIONS: Record<string, string> = {
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
};

/** Message attributes by which the bridge knows its own messages, also when it reads them back. */
export interface OwnAttributes {
  /** Journal key of the entry that wrote it, and which part of it. */
  flexcord: { key: string; part: number };
  [more: string]: unknown;
}

/** The bridge's own mark in a message, or null. */
export function ownMark(attributes: string): OwnAttributes['flexcord'] | null {
  try {
    const mark = (JSON.parse(attributes) as Partial<OwnAttributes> | null)?.flexcord;
    return typeof mark?.key === 'string' && typeof mark.part === 'number' ? mark : null;
  } catch {
    return null;
  }
}

/** True for messages that the bridge itself wrote, for a member or for the virtual agent, by their attributes. */
export const isOurs = (attributes: string): boolean => ownMark(attributes) !== null;
