import { type APIAttachment, AttachmentFlags } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { imageSize } from './image-size.ts';
import type { AttachmentRecord, DiscordState } from './state.ts';

export interface Upload {
  name: string;
  data: Uint8Array<ArrayBuffer>;
  /** Default: by the name's ending, else `application/octet-stream`. */
  contentType?: string;
  description?: string;
  /** Voice messages: length in seconds, and the waveform as base64. */
  durationSecs?: number;
  waveform?: string;
  /** Hidden until somebody presses it. */
  spoiler?: boolean;
}

/** By the boosts of the channel's server (https://support.discord.com/hc/en-us/articles/360028038352). */
const TIMES_BY_TIER = [1, 1, 5, 10] as const;

/** The largest file that a channel takes, in bytes. */
export function attachmentLimit(state: DiscordState, channelId: string): number {
  const guild = state.guilds.get(state.channels.get(channelId)?.guildId ?? '');
  return state.limits.attachmentMaxBytes * TIMES_BY_TIER[guild?.premiumTier ?? 0];
}

/** Keeps a file for one channel. 40005 where it is over the size limit. */
export function storeAttachment(
  state: DiscordState,
  channelId: string,
  upload: Upload,
  ephemeral = false,
): AttachmentRecord {
  if (upload.data.byteLength > attachmentLimit(state, channelId)) throw new DiscordError(40005);
  const filename = plainName(upload.name, state.variants.fileNames);
  const stem = upload.name.replace(/\.[^.]*$/, '');
  const contentType = upload.contentType || Bun.file(filename).type;
  const record: AttachmentRecord = {
    id: state.nextId(),
    channelId,
    filename,
    ...(filename === upload.name ? {} : { title: stem }),
    contentType,
    data: upload.data,
    description: upload.description,
    durationSecs: upload.durationSecs,
    waveform: upload.waveform,
    spoiler: upload.spoiler,
    ephemeral,
    ...(contentType.startsWith('image/') && imageSize(upload.data)),
  };
  state.attachments.set(record.id, record);
  let total = 0;
  for (const each of state.attachments.values()) total += each.data.byteLength;
  for (const [id, each] of state.attachments) {
    if (total <= state.limits.attachmentStoreBytes || id === record.id) break;
    total -= each.data.byteLength;
    state.attachments.delete(id);
  }
  return record;
}

/** Discord makes names plain; what the file was called is its title. */
function plainName(name: string, letters: DiscordState['variants']['fileNames']): string {
  const [, stem = name, ending = ''] = /^(.*?)(\.\w{1,8})?$/s.exec(name) ?? [];
  const forbidden = letters === 'ascii' ? /[^A-Za-z0-9._-]+/g : /[^\p{L}\p{N}._-]+/gu;
  const plain = stem.replace(/\s+/g, '_').replace(forbidden, '');
  return (/[^._-]/.test(plain) ? plain : 'unknown') + ending;
}

/** The signature of an attachment URL: HMAC over path and times. Discord's own algorithm is not public. */
export function signature(state: DiscordState, path: string, issued: string, expires: string): string {
  return new Bun.CryptoHasher('sha256', state.botToken).update(`${path}:${issued}:${expires}`).digest('hex');
}

/** A fresh signed URL (`ex`, `is`, `hm`). https://docs.discord.com/developers/reference#signed-attachment-cdn-urls */
export function signedUrl(state: DiscordState, record: AttachmentRecord): string {
  const folder = record.ephemeral ? 'ephemeral-attachments' : 'attachments';
  const path = `/${folder}/${record.channelId}/${record.id}/${encodeURIComponent(record.filename)}`;
  const now = state.clock.now();
  const issued = Math.floor(now / 1000).toString(16);
  const expires = Math.ceil((now + state.limits.attachmentLifeMs) / 1000).toString(16);
  return `${state.url}${path}?ex=${expires}&is=${issued}&hm=${signature(state, path, issued, expires)}&`;
}

export function toApiAttachment(state: DiscordState, record: AttachmentRecord): APIAttachment {
  const url = signedUrl(state, record);
  const known: APIAttachment & Record<string, unknown> = {
    id: record.id,
    filename: record.filename,
    size: record.data.byteLength,
    url,
    proxy_url: url,
    content_type: record.contentType,
    original_content_type: record.contentType,
    content_scan_version: 0,
    ...(record.title !== undefined && { title: record.title }),
    ...(record.description && { description: record.description }),
    ...(record.width && {
      width: record.width,
      height: record.height,
      placeholder: 'AAAAAAAAAAAAAAAAAAA=',
      placeholder_version: 1,
    }),
    ...(record.durationSecs !== undefined && { duration_secs: record.durationSecs }),
    ...(record.waveform !== undefined && { waveform: record.waveform }),
    ...(record.spoiler && { flags: AttachmentFlags.IsSpoiler }),
    ...(record.ephemeral && { ephemeral: true }),
  };
  return known;
}
