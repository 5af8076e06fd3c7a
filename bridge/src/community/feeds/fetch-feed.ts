import { limitStream } from '../../messages/limit-stream.ts';

/** What a feed's server said the last time, and wants to hear again. */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

export type Fetched = { is: 'unchanged' } | ({ is: 'changed'; text: string } & Validators);

/** How long one answer may take, in milliseconds. */
const FETCH_MS = 15_000;
/** Bytes. */
const SIZE_LIMIT = 4 * 1024 * 1024;
const MAX_REDIRECTS = 3;

/**
 * Fetches a feed unless it is as it was. Throws with a sentence where it cannot be had. Only hosts in `hosts` (with their
 * port where it is not the usual one) are asked, whatever a redirect says.
 */
export async function fetchFeed(
  url: string,
  known: Validators,
  hosts: ReadonlySet<string>,
  stopped: AbortSignal,
): Promise<Fetched> {
  let target = url;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const { host } = new URL(target);
    if (!hosts.has(host)) throw new Error(`it leads to ${host}, which no address in FEEDS names`);
    const response = await fetch(target, {
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(FETCH_MS), stopped]),
      headers: {
        accept:
          'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
        'user-agent': 'Flexcord',
        // https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests
        ...(known.etag ? { 'if-none-match': known.etag } : {}),
        ...(known.lastModified ? { 'if-modified-since': known.lastModified } : {}),
      },
    });
    if (response.ok && response.body) {
      return {
        is: 'changed',
        text: await new Response(limitStream(response.body, SIZE_LIMIT)).text(),
        etag: response.headers.get('etag'),
        lastModified: response.headers.get('last-modified'),
      };
    }
    await response.body?.cancel();
    if (response.status === 304) return { is: 'unchanged' };
    const next = response.headers.get('location');
    const isRedirect = response.status >= 300 && response.status < 400 && next;
    const to = isRedirect ? URL.parse(next, target) : null;
    if (!to) throw new Error(`its server answered with HTTP ${response.status}`);
    target = to.href;
  }
  throw new Error(`it leads on more than ${MAX_REDIRECTS} times`);
}
