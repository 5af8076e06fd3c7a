import { ForbiddenAddress } from '../../net/addresses.ts';
import { guardedGet, RedirectRefused, ResponseTooLarge } from '../../net/guarded-fetch.ts';
import { ImportError } from './records.ts';

export interface WebOptions {
  /** Allows addresses of this machine and of private networks. */
  allowPrivate?: boolean;
  timeoutMs?: number;
  /** Hosts, with their port where it is not the usual one: no others are asked, whatever a page or a redirect says. */
  allowedHosts?: ReadonlySet<string>;
  /** Of the `authorization` header of every request; only with one allowed host. */
  authorization?: string;
  /** Waited for before each request. */
  pace?(): Promise<void>;
}

/** What a server wants to hear when a page is asked for again (https://www.rfc-editor.org/rfc/rfc9110#name-conditional-requests). */
export interface Validators {
  etag: string | null;
  lastModified: string | null;
}

export interface WebAnswer {
  /** After redirects. */
  url: string;
  status: number;
  contentType: string;
  bytes: Uint8Array;
  validators: Validators;
}

export const USER_AGENT = 'FlexcordBot/1.0 (imports help articles for its own operator; obeys robots.txt)';
const MAX_BYTES = 10 * 1024 * 1024;
const MAX_REDIRECTS = 5;
const TIMEOUT_MS = 20_000;

/**
 * GETs a page; redirects are followed where `mayFollow` gives no reason against it.
 * @throws ImportError for what may not be asked or does not answer
 */
export async function getPage(
  from: string,
  {
    allowPrivate = false,
    timeoutMs = TIMEOUT_MS,
    allowedHosts,
    authorization,
    pace,
    known,
    mayFollow,
  }: WebOptions & {
    /** Of the last answer: the next one may have the status 304. */
    known?: Validators | undefined;
    mayFollow?: (url: URL) => string | null;
  } = {},
): Promise<WebAnswer> {
  const target = new URL(from);
  if (target.protocol !== 'http:' && target.protocol !== 'https:')
    throw new ImportError(`is ${target.protocol} and not a web address.`);
  const foreign = ({ host }: URL) =>
    allowedHosts && !allowedHosts.has(host) ? 'is on a host that was not named for this source.' : null;
  const refusal = foreign(target);
  if (refusal) throw new ImportError(refusal);
  await pace?.();
  try {
    const { url, response } = await guardedGet(target, {
      allowPrivate,
      timeoutMs,
      maxBytes: MAX_BYTES,
      maxRedirects: MAX_REDIRECTS,
      // This machine only where whoever named the hosts has named it.
      allowLoopback: allowedHosts !== undefined,
      refuseRedirect: (to) => foreign(to) ?? mayFollow?.(to) ?? null,
      headers: {
        'user-agent': USER_AGENT,
        accept: '*/*',
        ...(authorization ? { authorization } : {}),
        ...(known?.etag ? { 'if-none-match': known.etag } : {}),
        ...(known?.lastModified ? { 'if-modified-since': known.lastModified } : {}),
      },
    });
    return {
      url: url.href,
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      bytes: new Uint8Array(await response.arrayBuffer()),
      validators: {
        etag: response.headers.get('etag'),
        lastModified: response.headers.get('last-modified'),
      },
    };
  } catch (error) {
    throw new ImportError(whyNot(error));
  }
}

/** Least and greatest status of answers that say that a page is not there, or does not work. */
const [MIN_FAULT, MAX_FAULT] = [400, 599];
/** It is there, and not for everybody, or not at once. */
const NOT_FOR_US = new Set([401, 403, 405, 407, 429]);

/** Why an address leads nowhere, as the rest of a sentence; null where it leads somewhere. What it has is not read. */
export async function deadEndOf(
  address: string,
  { allowPrivate = false, allowedHosts, pace, timeoutMs = TIMEOUT_MS }: WebOptions,
): Promise<string | null> {
  await pace?.();
  try {
    const { response } = await guardedGet(new URL(address), {
      ...{ allowPrivate, timeoutMs, allowLoopback: allowedHosts !== undefined },
      ...{ maxBytes: MAX_BYTES, maxRedirects: MAX_REDIRECTS },
      // Where it leads away, it leads somewhere.
      refuseRedirect: ({ host }) => (allowedHosts?.has(host) === false ? LEADS_AWAY : null),
      headers: { 'user-agent': USER_AGENT, accept: '*/*' },
    });
    await response.body?.cancel();
    const { status } = response;
    const isFault = status >= MIN_FAULT && status <= MAX_FAULT && !NOT_FOR_US.has(status);
    return isFault ? `answers with status ${status}.` : null;
  } catch (error) {
    const isAway = error instanceof RedirectRefused && error.message.endsWith(LEADS_AWAY);
    return isAway ? null : whyNot(error);
  }
}

const LEADS_AWAY = 'leads away';

function whyNot(error: unknown): string {
  const { message } = error as Error;
  if (error instanceof ForbiddenAddress) return `${message}. Use --allow-private if that is meant.`;
  if (error instanceof ResponseTooLarge) return `${message}.`;
  // What a caller says of a redirect is a whole sentence.
  if (error instanceof RedirectRefused) return message.endsWith('.') ? message : `${message}.`;
  return `does not answer: ${message}.`;
}
