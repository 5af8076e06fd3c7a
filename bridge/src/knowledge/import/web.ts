import { lookup as resolve } from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import ipaddr from 'ipaddr.js';
import { ImportError } from './records.ts';

export interface WebOptions {
  /** Allows addresses of this machine and of private networks. */
  allowPrivate?: boolean;
  timeoutMs?: number;
}

export interface WebAnswer {
  /** After redirects. */
  url: string;
  status: number;
  contentType: string;
  bytes: Uint8Array;
}

export const USER_AGENT = 'FlexcordBot/1.0 (imports help articles for its own operator; obeys robots.txt)';
const MAX_BYTES = 10 * 1024 * 1024;
const MAX_REDIRECTS = 5;
const TIMEOUT_MS = 20_000;

/**
 * GETs a page. The address that a name stands for is checked when the connection is made, so a name that later stands
 * for another address leads nowhere else; redirects are checked the same way.
 * @throws ImportError for what may not be asked or does not answer
 */
export async function getPage(
  url: string,
  options: WebOptions & { mayFollow?: (url: URL) => string | null } = {},
): Promise<WebAnswer> {
  let at = new URL(url);
  for (let redirects = 0; ; redirects++) {
    const answer = await get(at, options);
    const location = answer.status >= 300 && answer.status < 400 ? answer.location : undefined;
    if (!location) return { ...answer, url: at.href };
    if (redirects === MAX_REDIRECTS) throw new ImportError('redirects too often.');
    const next = URL.parse(location, at);
    if (!next) throw new ImportError('redirects to what is no address.');
    const refusal = options.mayFollow?.(next);
    if (refusal) throw new ImportError(`redirects to ${next.href}, which ${refusal}`);
    at = next;
  }
}

function get(url: URL, { allowPrivate = false, timeoutMs = TIMEOUT_MS }: WebOptions) {
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw new ImportError(`is ${url.protocol} and not a web address.`);
  // A name that is an address already is never looked up.
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivate && ipaddr.isValid(literal) && !isPublic(literal)) throw privateAddress(url.hostname);
  const lookup: LookupFunction = (host, asked, callback) =>
    resolve(host, { ...asked, all: true }, (error, addresses) => {
      const good = (addresses ?? []).filter(({ address }) => allowPrivate || isPublic(address));
      const [first] = good;
      if (error || !first) callback(error ?? privateAddress(host), '', 0);
      else if (asked.all) callback(null, good);
      else callback(null, first.address, first.family);
    });
  const {
    promise,
    resolve: done,
    reject,
  } = Promise.withResolvers<Omit<WebAnswer, 'url'> & { location: string | undefined }>();
  const request = (url.protocol === 'https:' ? https : http).get(
    url,
    {
      lookup,
      signal: AbortSignal.timeout(timeoutMs),
      headers: { 'user-agent': USER_AGENT, 'accept-encoding': 'gzip, br', accept: '*/*' },
    },
    (response) => {
      readAll(response).then((bytes) => {
        const { statusCode = 0, headers } = response;
        done({
          status: statusCode,
          contentType: headers['content-type'] ?? '',
          bytes,
          location: headers.location,
        });
      }, reject);
    },
  );
  request.on('error', reject);
  return promise
    .catch((error: Error) => {
      throw error instanceof ImportError ? error : new ImportError(`does not answer: ${error.message}.`);
    })
    .finally(() => request.destroy());
}

async function readAll(response: IncomingMessage): Promise<Uint8Array> {
  const encoding = response.headers['content-encoding'];
  const body =
    encoding === 'gzip'
      ? response.pipe(createGunzip())
      : encoding === 'br'
        ? response.pipe(createBrotliDecompress())
        : response;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new ImportError(`is larger than ${MAX_BYTES / 1024 / 1024} MB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Whether an address is one of the public internet, also where it is written as IPv6. */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}

const privateAddress = (host: string) =>
  new ImportError(
    `${host} is an address of this machine or of a private network. Use --allow-private if that is meant.`,
  );
