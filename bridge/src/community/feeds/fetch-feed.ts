import { guardedGet } from '../../net/guarded-fetch.ts';
import type { FeedDocument } from './read-feed.ts';

/** Cache validators of a feed's last answer (https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests). */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

export type Fetched = { is: 'unchanged' } | ({ is: 'changed'; document: FeedDocument } & Validators);

const FETCH_TIMEOUT_MS = 15_000;
const MAX_BYTES = 4 * 1024 * 1024;
const MAX_REDIRECTS = 3;

export interface FetchFeedOptions {
  /** With their port where it is not the usual one; no others are asked, whatever a redirect says. */
  hosts: ReadonlySet<string>;
  /** Whether names may lead into a private network. */
  allowPrivate: boolean;
  /** Ends the request. */
  signal: AbortSignal;
}

/** Fetches a feed unless it is unchanged. Throws with a sentence where that fails. */
export async function fetchFeed(
  from: string,
  known: Validators,
  { hosts, allowPrivate, signal }: FetchFeedOptions,
): Promise<Fetched> {
  const { url, response } = await guardedGet(new URL(from), {
    allowPrivate,
    allowLoopback: true,
    timeoutMs: FETCH_TIMEOUT_MS,
    maxBytes: MAX_BYTES,
    maxRedirects: MAX_REDIRECTS,
    refuseRedirect: ({ host }) => (hosts.has(host) ? null : 'is on a host that no address in FEEDS names'),
    signal,
    headers: {
      accept:
        'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5',
      'user-agent': 'Flexcord',
      ...(known.etag ? { 'if-none-match': known.etag } : {}),
      ...(known.lastModified ? { 'if-modified-since': known.lastModified } : {}),
    },
  });
  if (response.ok && response.body) {
    return {
      is: 'changed',
      document: {
        bytes: await response.bytes(),
        contentType: response.headers.get('content-type'),
        url: url.href,
      },
      etag: response.headers.get('etag'),
      lastModified: response.headers.get('last-modified'),
    };
  }
  await response.body?.cancel();
  if (response.status === 304) return { is: 'unchanged' };
  throw new Error(`its server answered with HTTP ${response.status}`);
}
