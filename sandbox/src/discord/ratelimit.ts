import type { DiscordLimits, RouteLimit } from './limits.ts';
import type { Clock } from './state/snowflake.ts';

/** Discord publishes no bucket sizes; these are what bots commonly observe in `X-RateLimit-*` headers. */
const observed: Record<string, RouteLimit> = {
  'POST /channels/:channel/messages': { limit: 5, windowMs: 5_000 },
  'PATCH /channels/:channel/messages/:message': { limit: 5, windowMs: 5_000 },
  'DELETE /channels/:channel/messages/:message': { limit: 5, windowMs: 1_000 },
  'GET /channels/:channel/messages': { limit: 5, windowMs: 5_000 },
  'POST /channels/:channel/typing': { limit: 5, windowMs: 5_000 },
  'PUT /channels/:channel/messages/:message/reactions/:emoji/@me': { limit: 1, windowMs: 250 },
  'POST /users/@me/channels': { limit: 10, windowMs: 10_000 },
  'POST /webhooks/:webhook/:token': { limit: 5, windowMs: 2_000 },
  'PATCH /webhooks/:webhook/:token/messages/:message': { limit: 5, windowMs: 2_000 },
};
const DEFAULT_LIMIT: RouteLimit = { limit: 50, windowMs: 1_000 };
/** Buckets kept at most; the least recently used are removed first. */
const MAX_BUCKETS = 5_000;

export interface Verdict {
  headers: Record<string, string>;
  /** Set where the request is refused. */
  refused?: { retryAfter: number; global: boolean };
}

/** Counts requests per route and major parameter, and over all. https://docs.discord.com/developers/topics/rate-limits */
export function createRateLimiter(limits: DiscordLimits, clock: Clock) {
  const buckets = new Map<string, { used: number; resetAt: number }>();
  const global = { used: 0, resetAt: 0 };

  return (method: string, path: string, major: string, countsGlobally: boolean): Verdict => {
    if (limits.rateWindowFactor === 0) return { headers: {} };
    const now = clock.now();
    const name = `${method} ${path}`;
    const { limit, windowMs } = limits.routes[name] ?? observed[name] ?? DEFAULT_LIMIT;
    if (countsGlobally) {
      if (now >= global.resetAt)
        Object.assign(global, { used: 0, resetAt: now + 1_000 * limits.rateWindowFactor });
      global.used += 1;
      if (global.used > limits.globalPerSecond) {
        const retryAfter = (global.resetAt - now) / 1_000;
        return {
          headers: { 'X-RateLimit-Global': 'true', 'X-RateLimit-Scope': 'global' },
          refused: { retryAfter, global: true },
        };
      }
    }
    const key = `${name} ${major}`;
    let bucket = buckets.get(key);
    if (!bucket || now >= bucket.resetAt)
      bucket = { used: 0, resetAt: now + windowMs * limits.rateWindowFactor };
    buckets.delete(key);
    buckets.set(key, bucket);
    if (buckets.size > MAX_BUCKETS) {
      for (const oldest of buckets.keys()) {
        buckets.delete(oldest);
        break;
      }
    }
    const refused = bucket.used >= limit;
    if (!refused) bucket.used += 1;
    const resetAfter = (bucket.resetAt - now) / 1_000;
    return {
      headers: {
        'X-RateLimit-Limit': String(limit),
        'X-RateLimit-Remaining': String(limit - bucket.used),
        'X-RateLimit-Reset': (bucket.resetAt / 1_000).toFixed(3),
        'X-RateLimit-Reset-After': resetAfter.toFixed(3),
        'X-RateLimit-Bucket': Bun.hash(name).toString(16).padStart(16, '0'),
        ...(refused && { 'X-RateLimit-Scope': 'user' }),
      },
      ...(refused && { refused: { retryAfter: resetAfter, global: false } }),
    };
  };
}
