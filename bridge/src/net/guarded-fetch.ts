import { type Lookup, permittedAddresses, type Reach } from './addresses.ts';
import { limitStream } from './limit-stream.ts';

export interface GuardedRequest extends Reach {
  /** Default GET. */
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** For everything from the lookup of the name to the last byte of the body, in milliseconds. */
  timeoutMs: number;
  /** Ends the request sooner. */
  signal?: AbortSignal;
  /** How names are resolved; as the system does without it. */
  lookup?: Lookup;
  /** PEM of certificates that are trusted instead of the system's. */
  ca?: string;
}

/** Errors of a connection that did not come about, so that nothing was sent on it. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'FailedToOpenSocket']);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Makes one request and connects to no other address than one that was checked: the name is resolved once, the IP
 * addresses that it stands for are checked, and the request goes to one of these under the name's own `Host` and
 * certificate. A redirect is an answer like any other, and its body is not limited.
 * @throws ForbiddenAddress when nothing was sent because of where the address leads; whatever `fetch` throws otherwise
 */
export async function guardedFetch(url: URL, request: GuardedRequest): Promise<Response> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new TypeError(`${url.protocol} is not the protocol of a web address`);
  const { allowPrivate, allowLoopback, lookup, ca, timeoutMs, signal, ...init } = request;
  const timeout = AbortSignal.timeout(timeoutMs);
  const ended = signal ? AbortSignal.any([timeout, signal]) : timeout;
  const addresses = await untilAborted(
    ended,
    permittedAddresses(url, { allowPrivate, allowLoopback }, lookup),
  );
  for (const [index, address] of addresses.entries()) {
    const pinned = new URL(url);
    pinned.hostname = address.includes(':') ? `[${address}]` : address;
    try {
      return await fetch(pinned, {
        ...init,
        headers: { ...init.headers, host: url.host },
        redirect: 'manual',
        signal: ended,
        // The certificate must be the name's, not the address's. An address by itself is no name for TLS.
        tls: {
          ...(pinned.hostname === url.hostname ? {} : { serverName: url.hostname }),
          ...(ca ? { ca } : {}),
        },
      });
    } catch (error) {
      const { code } = error as { code?: string };
      if (index === addresses.length - 1 || !NOT_CONNECTED.has(code ?? '')) throw error;
    }
  }
  throw new Error('unreachable: there is at least one address');
}

export interface GuardedGet extends Omit<GuardedRequest, 'method' | 'body'> {
  /** Bytes of the body after decompression; one more breaks it off with ResponseTooLarge. */
  maxBytes: number;
  /** A redirect more than these throws RedirectRefused. */
  maxRedirects: number;
  /** Why a redirect is not followed, as the end of a sentence that begins with its address; null where it may be. */
  refuseRedirect?(to: URL): string | null;
}

/** A redirect that is not followed; the message is the rest of a sentence that begins with the address asked. */
export class RedirectRefused extends Error {
  override name = 'RedirectRefused';
}

/** A body with more bytes than asked for; the message is the rest of a sentence that begins with the address asked. */
export class ResponseTooLarge extends Error {
  override name = 'ResponseTooLarge';
}

/** GETs what an address leads to; every redirect is checked as the first address was. `url` is the last one asked. */
export async function guardedGet(
  from: URL,
  { maxBytes, maxRedirects, refuseRedirect, ...request }: GuardedGet,
): Promise<{ url: URL; response: Response }> {
  let url = from;
  for (let redirects = 0; ; redirects += 1) {
    const response = await guardedFetch(url, request);
    const location = response.headers.get('location');
    if (!REDIRECTS.has(response.status) || location === null)
      return { url, response: limited(response, maxBytes) };
    await response.body?.cancel();
    if (redirects === maxRedirects) throw new RedirectRefused('redirects too often');
    const next = URL.parse(location, url);
    if (!next) throw new RedirectRefused('redirects to what is no address');
    const refusal = refuseRedirect?.(next);
    if (refusal) throw new RedirectRefused(`redirects to ${next.href}, which ${refusal}`);
    url = next;
  }
}

function limited(response: Response, maxBytes: number): Response {
  if (!response.body) return response;
  const body = limitStream(
    response.body,
    maxBytes,
    () => new ResponseTooLarge(`is larger than ${(maxBytes / 1024 / 1024).toLocaleString('en')} MB`),
  );
  return new Response(body, response);
}

/** A lookup takes no signal and may last longer than anybody waits for it. */
function untilAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  work.catch(() => {});
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
