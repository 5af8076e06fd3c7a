import { ForbiddenAddress } from '../../net/addresses.ts';
import { guardedGet, RedirectRefused, ResponseTooLarge } from '../../net/guarded-fetch.ts';
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
 * GETs a page; redirects are followed where `mayFollow` gives no reason against it.
 * @throws ImportError for what may not be asked or does not answer
 */
export async function getPage(
  from: string,
  {
    allowPrivate = false,
    timeoutMs = TIMEOUT_MS,
    mayFollow,
  }: WebOptions & { mayFollow?: (url: URL) => string | null } = {},
): Promise<WebAnswer> {
  const target = new URL(from);
  if (target.protocol !== 'http:' && target.protocol !== 'https:')
    throw new ImportError(`is ${target.protocol} and not a web address.`);
  try {
    const { url, response } = await guardedGet(target, {
      allowPrivate,
      timeoutMs,
      maxBytes: MAX_BYTES,
      maxRedirects: MAX_REDIRECTS,
      refuseRedirect: mayFollow,
      headers: { 'user-agent': USER_AGENT, accept: '*/*' },
    });
    return {
      url: url.href,
      status: response.status,
      contentType: response.headers.get('content-type') ?? '',
      bytes: new Uint8Array(await response.arrayBuffer()),
    };
  } catch (error) {
    throw new ImportError(whyNot(error));
  }
}

function whyNot(error: unknown): string {
  const { message } = error as Error;
  if (error instanceof ForbiddenAddress) return `${message}. Use --allow-private if that is meant.`;
  if (error instanceof ResponseTooLarge) return `${message}.`;
  // What a caller says of a redirect is a whole sentence.
  if (error instanceof RedirectRefused) return message.endsWith('.') ? message : `${message}.`;
  return `does not answer: ${message}.`;
}
