import { createHmac } from 'node:crypto';
import type { World } from './world.ts';

/** Links live for a day; Discord announced that outside its documents, and a reader should trust `ex`. */
let lifeMs = 24 * 3600_000;
const key = crypto.randomUUID();

/** Changes how long attachment links live, in milliseconds; for tests. */
export function setAttachmentLife(ms: number): void {
  lifeMs = ms;
}

/** A signed link (https://docs.discord.com/developers/reference#signed-attachment-cdn-urls). */
export function publicAttachmentUrl(base: string, channelId: string, id: string, name: string): string {
  const path = `/attachments/${channelId}/${id}/${encodeURIComponent(name)}`;
  const is = Math.floor(Date.now() / 1000).toString(16);
  const ex = Math.floor((Date.now() + lifeMs) / 1000).toString(16);
  return `${base}${path}?ex=${ex}&is=${is}&hm=${sign(path, ex, is)}`;
}

/** Answers a request for an attachment's bytes. */
export function serveAttachment(world: World, url: URL): Response {
  const ex = url.searchParams.get('ex') ?? '';
  const is = url.searchParams.get('is') ?? '';
  const good = url.searchParams.get('hm') === sign(url.pathname, ex, is);
  const expired = Number.parseInt(ex, 16) * 1000 <= Date.now();
  const attachment = world.attachments.get(url.pathname.split('/')[3] ?? '');
  if (!good || expired || !attachment) {
    return new Response('This content is no longer available.', { status: 404 });
  }
  return new Response(attachment.bytes as Uint8Array<ArrayBuffer>, {
    headers: { 'content-type': attachment.contentType, 'content-length': String(attachment.bytes.length) },
  });
}

function sign(path: string, ex: string, is: string): string {
  return createHmac('sha256', key).update(`${path}|${ex}|${is}`).digest('hex');
}
