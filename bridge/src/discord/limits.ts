import { DefaultRestOptions, type RESTOptions } from 'discord.js';
import { Transient } from '../relay/errors.ts';
import { createPace, type Pace } from '../store/pace.ts';
import type { Heartbeat, Store } from '../store/store.ts';
import { streamingRequest } from './conversation/upload.ts';

/**
 * How much of the limit is used. A bot may make 50 requests a second
 * (https://docs.discord.com/developers/topics/rate-limits#global-rate-limit), which discord.js knows; the rest is room for
 * requests that are longer on their way than the next ones.
 */
const USED = 0.96;
/**
 * 10,000 answers of 401, 403 or 429 in ten minutes get an address banned for a while
 * (https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans); this allows 9,600.
 */
const INVALID_PER_SECOND = 16;
const INVALID = new Set([401, 403, 429]);
/** How long a request or an answer may wait for a limit, in milliseconds. */
const MAX_WAIT_MS = 10_000;

/** When who found no place asks again, in milliseconds. It says nothing of Discord, which may well take requests. */
const NO_PLACE_WAIT_MS = 500;

/** Answers to interactions do not count as requests of the bot. */
const IS_EXEMPT = /\/(?:interactions|webhooks)\/\d+\//;

export interface LimitedRequests {
  makeRequest: RESTOptions['makeRequest'];
  /** How long all of one request may take, in milliseconds. */
  timeout: number;
}

/**
 * Makes requests to Discord within the limits that hold for all processes of a store together. Where there can be but one, the
 * limit of requests is left to discord.js. Answers that count as invalid are handed on only as fast as Discord bears them, which
 * slows down whoever goes on asking.
 */
export function createLimitedRequests(
  store: Pick<Store, 'places' | 'isShared'>,
  heartbeat: Pick<Heartbeat, 'alive'>,
  requestTimeoutMs: number,
): LimitedRequests {
  const limited = (limit: string, perSecond: number) =>
    createPace({ store, cloud: 'discord', limit, perSecond, maxWaitMs: MAX_WAIT_MS });
  const perSecond = Math.floor(DefaultRestOptions.globalRequestsPerSecond * USED);
  const pace = store.isShared && Number.isFinite(perSecond) ? limited('discord requests', perSecond) : null;
  const paceInvalid = limited('discord invalid requests', INVALID_PER_SECOND);

  async function takePlace(next: Pace): Promise<void> {
    await next().catch((cause) => {
      throw new Transient('no place under the limit of requests', {
        ambiguous: false,
        retryAfterMs: NO_PLACE_WAIT_MS,
        cause,
      });
    });
    // It may have waited long since its owner looked.
    if (!heartbeat.alive())
      throw new Transient('another process may have taken over; not sent', { ambiguous: false });
  }

  return {
    timeout: requestTimeoutMs + 2 * MAX_WAIT_MS,
    async makeRequest(url, init) {
      const isPaced = pace && !IS_EXEMPT.test(new URL(url).pathname);
      if (isPaced) await takePlace(pace);
      const given = [init.signal, AbortSignal.timeout(requestTimeoutMs)].filter(
        (each) => each instanceof AbortSignal,
      );
      const answer = await streamingRequest(url, { ...init, signal: AbortSignal.any(given) });
      const isShared = answer.headers.get('x-ratelimit-scope') === 'shared';
      if (INVALID.has(answer.status) && !isShared) await paceInvalid().catch(() => {});
      return answer;
    },
  };
}
