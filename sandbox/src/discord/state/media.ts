import type { APIEmbed } from 'discord-api-types/v10';
import { signedUrl } from './attachments.ts';
import type { AttachmentRecord, DiscordState } from './state.ts';

const scheme = 'attachment://';

/** Embeds with `attachment://` pictures replaced by URLs that are signed now. */
export function withSignedPictures(
  state: DiscordState,
  embeds: readonly APIEmbed[],
  files: readonly AttachmentRecord[],
): APIEmbed[] {
  return embeds.map((embed) => {
    const out = { ...embed };
    for (const key of ['image', 'thumbnail'] as const) {
      const url = embed[key]?.url;
      const file = url?.startsWith(scheme)
        ? files.find((f) => f.filename === url.slice(scheme.length))
        : undefined;
      if (!file) continue;
      const signed = signedUrl(state, file);
      out[key] = {
        url: signed,
        proxy_url: signed,
        ...(file.width && { width: file.width, height: file.height }),
      };
    }
    return out;
  });
}

/** Components with the URLs of their uploaded media signed anew. */
export function withSignedMedia<T>(state: DiscordState, value: T): T {
  if (Array.isArray(value)) return value.map((each) => withSignedMedia(state, each)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([k, v]) => [k, withSignedMedia(state, v)]));
  const file = state.attachments.get(String(copy.attachment_id));
  if (file) copy.url = copy.proxy_url = signedUrl(state, file);
  return copy as T;
}
