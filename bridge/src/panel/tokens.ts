import type { FlexUser } from '@flexcord/shared/flex-user';
import { DAY_MS } from '@flexcord/shared/time';
import { LRUCache } from 'lru-cache';
import { createFairQueue } from './fair-queue.ts';
import { Problem } from './problem.ts';

export interface TokenCheckOptions {
  /** Asks Twilio; null for an invalid token. Throws when Twilio gives no verdict. */
  validate(token: string): Promise<FlexUser | null>;
  /** How long a good verdict is kept, in milliseconds. Default and most 60,000. */
  keepMs?: number;
  /** Verdicts kept. Default 5000. */
  maxCached?: number;
  /** Checks under way at once, of which one address has a quarter; more wait. Default 64. */
  maxChecks?: number;
  /** Checks that wait; more are refused with 429, and an address that has none waiting never is. Default 1000. */
  maxWaiting?: number;
}

const MAX_KEEP_MS = 60_000;
const DEFAULT_MAX_CACHED = 5000;
const DEFAULT_MAX_CHECKS = 64;
const DEFAULT_MAX_WAITING = 1000;
/** How long a token that was good has a place of its own among those to be checked; no token lives longer. */
const KNOWN_MS = DAY_MS;
/** Flex tokens are JWEs of about 700 characters. */
const TOKEN = /^[\w.~+/=-]{16,8192}$/;

/**
 * Whose token it is; null for one that is not good. Good verdicts are kept for a while, never past the token's own end;
 * the same token is asked about once at a time. Addresses wait in turn, and a token that was good before does not wait
 * behind others of its address, so whoever tries out tokens locks nobody out. Throws Problem when no verdict can be had.
 */
export function createTokenCheck(
  options: TokenCheckOptions,
): (token: string, address?: string) => Promise<FlexUser | null> {
  const keepMs = Math.min(options.keepMs ?? MAX_KEEP_MS, MAX_KEEP_MS);
  const maxChecks = options.maxChecks ?? DEFAULT_MAX_CHECKS;
  const good = new LRUCache<string, FlexUser>({ max: options.maxCached ?? DEFAULT_MAX_CACHED });
  const onceGood = new LRUCache<string, true>({
    max: options.maxCached ?? DEFAULT_MAX_CACHED,
    ttl: KNOWN_MS,
  });
  const queue = createFairQueue({
    slots: maxChecks,
    slotsEach: Math.max(1, Math.floor(maxChecks / 4)),
    maxWaiting: options.maxWaiting ?? DEFAULT_MAX_WAITING,
    maxWaitingEach: Math.ceil((options.maxWaiting ?? DEFAULT_MAX_WAITING) / 4),
  });
  const underWay = new Map<string, Promise<FlexUser | null>>();

  async function ask(key: string, token: string): Promise<FlexUser | null> {
    try {
      const holder = await options.validate(token);
      const ttl = holder ? Math.floor(Math.min(keepMs, holder.expiresAt - Date.now())) : 0;
      if (!holder || holder.expiresAt <= Date.now()) return null;
      onceGood.set(key, true);
      // A ttl of 0 means for ever to the cache.
      if (ttl > 0) good.set(key, holder, { ttl });
      return holder;
    } catch {
      throw new Problem(
        'unavailable',
        'Twilio cannot be asked about your login just now. Try again in a moment.',
      );
    } finally {
      underWay.delete(key);
    }
  }

  return async (token, address = '') => {
    if (!TOKEN.test(token)) return null;
    // The token itself is not kept in memory.
    const key = new Bun.CryptoHasher('sha256').update(token).digest('base64');
    const known = good.get(key);
    if (known) return known.expiresAt > Date.now() ? known : null;
    const asked = underWay.get(key);
    if (asked) return asked;
    const party = onceGood.has(key) ? `token ${key}` : `address ${address}`;
    const asking = queue.run(party, () => ask(key, token));
    if (!asking)
      throw new Problem('too-many-requests', 'Too many logins are being checked. Try again in a moment.');
    underWay.set(key, asking);
    return asking;
  };
}
