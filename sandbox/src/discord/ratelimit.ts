/** How often a bucket may be used. */
export interface Rate {
  limit: number;
  windowMs: number;
}

export interface RateLimits {
  /** All requests of the bot together. */
  global: Rate;
  /** Creating messages in one channel. */
  messages: Rate;
  /** Everything else, for each route and major parameter. */
  others: Rate;
}

/** What Discord does is not published and may change any day; these are near to what bots see. */
export const DEFAULT_LIMITS: RateLimits = {
  global: { limit: 50, windowMs: 1000 },
  messages: { limit: 5, windowMs: 5000 },
  others: { limit: 50, windowMs: 1000 },
};

interface Window {
  used: number;
  endsAt: number;
}

/**
 * Buckets by route and major parameter, with the headers and the 429 answers of
 * https://docs.discord.com/developers/topics/rate-limits. Interaction answers are not bound to the global limit.
 */
export function createRateLimiter(limits: RateLimits) {
  const windows = new Map<string, Window>();

  function use(key: string, rate: Rate): Window {
    const now = Date.now();
    let window = windows.get(key);
    if (!window || window.endsAt <= now) {
      window = { used: 0, endsAt: now + rate.windowMs };
      windows.set(key, window);
      if (windows.size > 10_000)
        for (const [name, old] of windows) if (old.endsAt <= now) windows.delete(name);
    }
    window.used += 1;
    return window;
  }

  return async (request: Request, path: string, answer: () => Promise<Response>): Promise<Response> => {
    const interaction = /^\/(interactions|webhooks)\//.test(path);
    if (!interaction) {
      const all = use('global', limits.global);
      if (all.used > limits.global.limit) return refuse(all, 'global', {});
    }
    const bucket = bucketOf(request.method, path);
    const rate = bucket.startsWith('POST /channels/:major/messages:') ? limits.messages : limits.others;
    const window = use(bucket, rate);
    const headers = {
      'x-ratelimit-limit': String(rate.limit),
      'x-ratelimit-remaining': String(Math.max(0, rate.limit - window.used)),
      'x-ratelimit-reset': (window.endsAt / 1000).toFixed(3),
      'x-ratelimit-reset-after': Math.max(0, (window.endsAt - Date.now()) / 1000).toFixed(3),
      'x-ratelimit-bucket': new Bun.CryptoHasher('md5')
        .update(bucket.split(':').slice(0, -1).join(':'))
        .digest('hex'),
    };
    if (window.used > rate.limit) return refuse(window, 'user', headers);
    const response = await answer();
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    return response;
  };
}

function refuse(window: Window, scope: 'global' | 'user', headers: Record<string, string>): Response {
  const seconds = Math.max(0.001, (window.endsAt - Date.now()) / 1000);
  return Response.json(
    { message: 'You are being rate limited.', retry_after: seconds, global: scope === 'global' },
    {
      status: 429,
      headers: {
        ...headers,
        'retry-after': String(Math.ceil(seconds)),
        'x-ratelimit-scope': scope,
        ...(scope === 'global' ? { 'x-ratelimit-global': 'true' } : {}),
      },
    },
  );
}

/** Method, route and major parameter: channel, guild, or webhook with its token. */
function bucketOf(method: string, path: string): string {
  const [, top = '', major = '', ...rest] = path.split('/');
  const hasMajor = ['channels', 'guilds', 'webhooks', 'interactions'].includes(top);
  const route = [top, hasMajor ? ':major' : major, ...rest]
    .map((piece) => piece.replace(/^\d{16,}$/, ':id'))
    .join('/');
  return `${method} /${route}:${hasMajor ? major : ''}`;
}
