import { RateLimiterMemory } from 'rate-limiter-flexible';
// The client alone: the package's own door also loads TwiML and the makers of tokens, which nothing here uses.
import TwilioClient from 'twilio/lib/rest/Twilio.js';
import { Refused, Transient } from '../relay/errors.ts';
import { createPace } from '../store/pace.ts';
import type { Store } from '../store/store.ts';
import { countWait } from '../telemetry/cloud-request.ts';
import { createHttpClient, type Exchange } from './http-client.ts';

export type Twilio = TwilioClient;

export interface TwilioOptions {
  accountSid: string;
  authToken: string;
  /** What requests are made with instead of the auth token. */
  apiKey?: { sid: string; secret: string };
  /** Such as `ie1`; us1 when empty (https://www.twilio.com/docs/global-infrastructure/regional-product-and-feature-availability). */
  region?: string;
  /** Such as `dublin`; Twilio chooses when empty. */
  edge?: string;
  /** `http://host:port` to send everything to instead of `https://<product>.twilio.com`; empty for the real one. */
  apiUrl: string;
  /** Told every request that was answered. */
  onExchange?: (exchange: Exchange) => void;
}

/** The twilio SDK, pointed at `apiUrl` where one is given. */
export function createTwilio(options: TwilioOptions): Twilio {
  const { username, password } = basicOf(options);
  return new TwilioClient(username, password, {
    accountSid: options.accountSid,
    region: options.region || undefined,
    edge: options.edge || undefined,
    httpClient: createHttpClient(options.apiUrl, options.onExchange),
  });
}

/** What requests authenticate with: the API key where there is one. */
export const basicOf = ({ accountSid, authToken, apiKey }: TwilioOptions) => ({
  username: apiKey?.sid ?? accountSid,
  password: apiKey?.secret ?? authToken,
});

/**
 * Twilio allows 30 mutations a second for one conversation, which one process at a time writes to
 * (https://www.twilio.com/docs/conversations-classic/conversations-limits). We stay below instead of meeting 429s.
 */
const conversationPace = new RateLimiterMemory({ points: 28, duration: 1 });

export async function paceConversation(conversationSid: string): Promise<void> {
  const began = performance.now();
  for (let waits = 0; ; waits += 1) {
    try {
      await conversationPace.consume(conversationSid);
      if (waits > 0) countWait('twilio', performance.now() - began);
      return;
    } catch (refusal) {
      if (refusal instanceof Error) throw refusal;
      // It is counted by the clock of the machine, which may have been set.
      const { msBeforeNext } = refusal as { msBeforeNext: number };
      await Bun.sleep(Math.min(Math.max(1, msBeforeNext), 1000));
    }
  }
}

/** Of the 20 Interactions requests a second that an account may make, 18 (https://www.twilio.com/docs/flex/developer/conversations/limits). */
const INTERACTIONS_PER_SECOND = 18;

/** Resolves when the next Interactions request may be made, by whichever process of the store. Rejects with Transient. */
export function createInteractionPace(store: Pick<Store, 'places'>): () => Promise<void> {
  const pace = createPace({
    store,
    cloud: 'twilio',
    limit: 'twilio interactions',
    perSecond: INTERACTIONS_PER_SECOND,
  });
  return async () => {
    await pace().catch((cause) => {
      throw new Transient('interaction: no place under the limit', { ambiguous: false, cause });
    });
  };
}

/**
 * Refusals that are final: what they name is not there, or will never be accepted. Twilio's directory does not say with which
 * code a closed conversation refuses a message, so whoever is refused looks at the conversation
 * (https://www.twilio.com/docs/api/errors).
 */
const GONE = new Set([20404, 50432]);
const UNACCEPTABLE = new Set([20001, 50361, 50362]);

/** True where Twilio says, with its own code, that the resource is not there. A bare 404 may come from anywhere on the way. */
export function isNotFound(error: unknown): boolean {
  const { status, code } = (error ?? {}) as { status?: unknown; code?: unknown };
  return status === 404 && GONE.has(Number(code));
}

/** Runs a request and turns every failure into Transient or Refused. */
export async function callTwilio<T>(what: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw translate(what, error);
  }
}

function translate(what: string, error: unknown): Error {
  if (error instanceof Transient || error instanceof Refused) return error;
  const { status, code, message } = error as { status?: number; code?: number | string; message?: string };
  const text =
    `${what}: ${status ? `HTTP ${status}, ` : ''}${code ?? ''} ${status ? '' : (message ?? '')}`.trim();
  // A status is an answer; without one the request may or may not have arrived.
  if (typeof status !== 'number') return new Transient(text, { ambiguous: true, cause: error });
  if (status === 429) return new Transient(text, { ambiguous: false, cause: error, retryAfterMs: 1000 });
  if (status >= 500) return new Transient(text, { ambiguous: true, cause: error });
  // 412: somebody else changed the resource meanwhile. 401: a token being rotated must not cost messages.
  if (status === 412 || status === 401 || status === 408)
    return new Transient(text, { ambiguous: false, cause: error });
  if (GONE.has(Number(code))) return new Refused('gone', text, { cause: error });
  if (UNACCEPTABLE.has(Number(code))) return new Refused('unacceptable', text, { cause: error });
  const suspects = status === 404 ? 'gone' : status === 403 ? 'forbidden' : 'unacceptable';
  return new Transient(text, { ambiguous: false, suspects, cause: error });
}
