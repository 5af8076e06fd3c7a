import { LRUCache } from 'lru-cache';
import { Problem } from './problem.ts';

/** The holder of a good Flex token. */
export interface TokenHolder {
  identity: string;
  roles: string[];
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

export interface TokenCheckOptions {
  /** Asks Twilio; null for a token that is not good. Throws when there is no verdict. */
  validate(token: string): Promise<TokenHolder | null>;
  /** How long a good verdict is kept, in milliseconds. Default and most 60,000. */
  keepMs?: number;
  /** Verdicts kept. Default 5000. */
  most?: number;
  /** Checks under way at once; more are refused with 429. Default 64. */
  mostAtOnce?: number;
}

const MAX_KEEP_MS = 60_000;
/** Flex tokens are JWEs of about 700 characters. */
const TOKEN = /^[\w.~+/=-]{16,8192}$/;

/**
 * Whose token it is; null for one that is not good. Good verdicts are kept for a while, never past the token's own end;
 * the same token is asked about once at a time. Throws Problem when no verdict can be had.
 */
export function createTokenCheck(options: TokenCheckOptions): (token: string) => Promise<TokenHolder | null> {
  const keepMs = Math.min(options.keepMs ?? MAX_KEEP_MS, MAX_KEEP_MS);
  const mostAtOnce = options.mostAtOnce ?? 64;
  const good = new LRUCache<string, TokenHolder>({ max: options.most ?? 5000 });
  const underWay = new Map<string, Promise<TokenHolder | null>>();

  async function ask(key: string, token: string): Promise<TokenHolder | null> {
    try {
      const holder = await options.validate(token);
      const ttl = holder ? Math.floor(Math.min(keepMs, holder.expiresAt - Date.now())) : 0;
      if (!holder || holder.expiresAt <= Date.now()) return null;
      // To the cache, a time to live of 0 means for ever.
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

  return async (token) => {
    if (!TOKEN.test(token)) return null;
    // The token itself is kept nowhere.
    const key = new Bun.CryptoHasher('sha256').update(token).digest('base64');
    const known = good.get(key);
    if (known) return known.expiresAt > Date.now() ? known : null;
    const asked = underWay.get(key);
    if (asked) return asked;
    if (underWay.size >= mostAtOnce) {
      throw new Problem('too-many-requests', 'Too many logins are being checked. Try again in a moment.');
    }
    const asking = ask(key, token);
    underWay.set(key, asking);
    return asking;
  };
}
