import { codes, TwilioError } from './errors.ts';

/** What Twilio refuses. https://www.twilio.com/docs/conversations-classic/conversations-limits */
export interface Limits {
  /** REST writes to one conversation per second; also creations and deletions of conversations. `Infinity` switches it off. */
  mutationsPerSecond: number;
  /** Requests to one endpoint of the Interactions API per second. https://www.twilio.com/docs/flex/developer/conversations/limits */
  interactionsPerSecond: number;
  /** Milliseconds of the window in which requests are counted. 1000 at Twilio; tests may widen it. */
  rateWindowMs: number;
  /** Seconds in the Retry-After header of a 429. */
  retryAfterSeconds: number;
  scopedWebhooks: number;
  triggersPerWebhook: number;
  bodyBytes: number;
  conversationAttributesBytes: number;
  messageAttributesBytes: number;
  participantAttributesBytes: number;
  nameLength: number;
  participantsPerConversation: number;
  /** Conversations that are not closed, for each chat identity. */
  conversationsPerIdentity: number;
  /** How long a webhook may take to answer. */
  webhookTimeoutMs: number;
  /** How often a webhook is tried. Twilio documents no retries for Conversations. */
  webhookTries: number;
  webhookRetryDelayMs: number;
  /** Seconds for which a media file's temporary link works. */
  mediaLinkSeconds: number;
}

export const defaultLimits: Limits = {
  mutationsPerSecond: 30,
  interactionsPerSecond: 20,
  rateWindowMs: 1000,
  retryAfterSeconds: 1,
  scopedWebhooks: 5,
  triggersPerWebhook: 5,
  bodyBytes: 32 * 1024,
  conversationAttributesBytes: 16 * 1024,
  messageAttributesBytes: 4 * 1024,
  participantAttributesBytes: 4 * 1024,
  nameLength: 256,
  participantsPerConversation: 1000,
  conversationsPerIdentity: 1000,
  webhookTimeoutMs: 5000,
  webhookTries: 1,
  webhookRetryDelayMs: 200,
  mediaLinkSeconds: 300,
};

export interface RateLimiter {
  /** Counts one request; throws 429/20429 where `key` has had `limit` of them within the window. */
  take(key: string, limit: number, retryAfterSeconds: number): void;
}

/** A sliding window in real time, whatever the sandbox's clock says. */
export function createRateLimiter(limits: Limits): RateLimiter {
  const windows = new Map<string, number[]>();
  return {
    take(key, limit, retryAfterSeconds) {
      const now = performance.now();
      const since = now - limits.rateWindowMs;
      if (windows.size > 10_000) {
        for (const [other, times] of windows) if ((times.at(-1) ?? 0) < since) windows.delete(other);
      }
      const times = (windows.get(key) ?? []).filter((time) => time > since);
      if (times.length >= limit) {
        throw new TwilioError(429, codes.tooManyRequests, 'Too Many Requests', {
          'Retry-After': String(retryAfterSeconds),
        });
      }
      times.push(now);
      windows.set(key, times);
    },
  };
}
