import { signature } from './state/attachments.ts';
import type { DiscordState } from './state/state.ts';

/** Serves stored attachments under their signed URLs; undefined for paths that are not the CDN's. */
export function serveCdn(state: DiscordState, request: Request): Response | undefined {
  const url = new URL(request.url);
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  const match = /^\/(?:ephemeral-)?attachments\/(\d+)\/(\d+)\/[^/]+$/.exec(url.pathname);
  if (!match) return avatar(url.pathname);
  const gone = () => new Response('This content is no longer available.', { status: 404 });
  const record = state.attachments.get(match[2] ?? '');
  const expires = url.searchParams.get('ex') ?? '';
  const issued = url.searchParams.get('is') ?? '';
  if (!record || record.channelId !== match[1]) return gone();
  if (url.searchParams.get('hm') !== signature(state, url.pathname, issued, expires)) return gone();
  if (Number.parseInt(expires, 16) * 1000 <= state.clock.now()) return gone();
  return new Response(record.data, {
    headers: { 'content-type': record.contentType, 'cache-control': 'private, max-age=31536000' },
  });
}

/** A plain coloured disc for every default or user avatar, so that pages have an image to show. */
function avatar(path: string): Response | undefined {
  const match = /^\/(?:embed\/avatars\/(\d+)|avatars\/(\d+)\/\w+)\.(?:png|webp|svg)$/.exec(path);
  if (!match) return undefined;
  const hue = Number(BigInt(match[1] ?? match[2] ?? 0) % 360n) * (match[1] ? 60 : 1);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><circle cx="1" cy="1" r="1" fill="hsl(${hue} 60% 55%)"/></svg>`;
  return new Response(svg, { headers: { 'content-type': 'image/svg+xml' } });
}
