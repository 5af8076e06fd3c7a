import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { type RefusalReason, Refused, Transient } from '../relay/errors.ts';

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const DMS_CLOSED = 50007;
const NO_MUTUAL_GUILDS = 50278;
/** Unknown channel, guild, member, message, user, webhook, interaction; 50027: an interaction's token has expired. */
const GONE = new Set([10003, 10004, 10007, 10008, 10013, 10015, 10062, 50027]);
/** No access, a permission that is missing, a thread that is archived or locked by those who manage threads. */
const FORBIDDEN = new Set([50001, 50013, 50083, 160005]);
/** Too large, empty, not for this kind of channel, an invalid form. */
const UNACCEPTABLE = new Set([40005, 50003, 50006, 50008, 50024, 50033, 50035]);

/** The longest wait before discord.js is asked whether a limit is over, in milliseconds. */
const MAX_RATE_LIMIT_WAIT_MS = 10_000;

/** Runs a request and turns every failure into Transient or Refused. */
export async function callDiscord<T>(what: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw translate(what, error);
  }
}

function translate(what: string, error: unknown): Error {
  if (error instanceof Transient || error instanceof Refused) return error;
  if (error instanceof RateLimitError) {
    return new Transient(`${what}: rate limited`, {
      ambiguous: false,
      // By the clock of the machine, which may have been set; asking again too soon costs no request.
      retryAfterMs: Math.min(error.retryAfter, MAX_RATE_LIMIT_WAIT_MS),
      cause: error,
    });
  }
  if (error instanceof DiscordAPIError) {
    const code = Number(error.code);
    const text = `${what}: Discord ${error.code} (HTTP ${error.status})`;
    if (code === DMS_CLOSED) return new Refused('unreachable', text, { cause: error });
    if (code === NO_MUTUAL_GUILDS) return new Refused('left', text, { cause: error });
    if (GONE.has(code)) return new Refused('gone', text, { cause: error });
    if (FORBIDDEN.has(code)) return new Refused('forbidden', text, { cause: error });
    if (UNACCEPTABLE.has(code)) return new Refused('unacceptable', text, { cause: error });
    // 40003: direct messages are opened too fast. 401: a token being rotated must not cost messages.
    if (code === 40003 || error.status === 401)
      return new Transient(text, { ambiguous: false, retryAfterMs: 30_000, cause: error });
    if (error.status >= 500) return new Transient(text, { ambiguous: true, cause: error });
    return new Transient(text, { ambiguous: false, suspects: suspicionOf(error.status), cause: error });
  }
  if (error instanceof HTTPError && error.status < 500)
    return new Transient(`${what}: HTTP ${error.status}`, {
      ambiguous: false,
      suspects: suspicionOf(error.status),
      cause: error,
    });
  const status = error instanceof HTTPError ? ` HTTP ${error.status}` : '';
  const reason = error instanceof Error ? error.message : String(error);
  return new Transient(`${what}:${status} ${reason}`, { ambiguous: true, cause: error });
}

/** True where we gave up waiting for an answer: the request may still take effect later. */
export function hasTimedOut(error: unknown): boolean {
  const cause = error instanceof Transient ? error.cause : error;
  return cause instanceof Error && (cause.name === 'AbortError' || cause.name === 'TimeoutError');
}

function suspicionOf(status: number): RefusalReason {
  if (status === 404) return 'gone';
  return status === 403 ? 'forbidden' : 'unacceptable';
}
