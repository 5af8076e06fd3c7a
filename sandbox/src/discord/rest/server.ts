import { DiscordError } from '../errors.ts';
import type { createRateLimiter } from '../ratelimit.ts';
import type { DiscordState } from '../state/state.ts';
import { readBody } from './body.ts';
import { createRouter, Reply, type Route } from './router.ts';

/** The whole REST side: authentication, rate limits, routing, and every refusal in Discord's shape. */
export function createRest(
  state: DiscordState,
  routes: readonly Route[],
  limit: ReturnType<typeof createRateLimiter>,
) {
  const match = createRouter(routes);

  return async (request: Request): Promise<Response> => {
    const { pathname, searchParams } = new URL(request.url);
    const path = /^\/api(?:\/v10)?(\/.*)$/.exec(pathname)?.[1];
    if (!path) return json(404, new DiscordError(0).toJSON());
    const matched = match(request.method, path);
    const needsAuth = matched?.route.auth !== false;
    if (needsAuth && request.headers.get('authorization') !== `Bot ${state.botToken}`) {
      return json(401, { message: '401: Unauthorized', code: 0 });
    }
    if (!matched) return json(404, new DiscordError(0).toJSON());
    const { route, params } = matched;
    const major =
      params.channel ?? params.guild ?? (params.webhook ? `${params.webhook}/${params.token}` : '');
    const isInteraction = params.token !== undefined;
    const verdict = limit(
      route.method,
      route.path,
      isInteraction ? `${major}${params.token}` : major,
      !isInteraction,
    );
    if (verdict.refused) {
      const { retryAfter, global } = verdict.refused;
      return json(
        429,
        { message: 'You are being rate limited.', retry_after: retryAfter, global, code: 0 },
        { ...verdict.headers, 'Retry-After': String(Math.max(1, Math.ceil(retryAfter))) },
      );
    }
    try {
      const { body, uploads } = await readBody(request);
      const result = await route.handler({ state, params, query: searchParams, body, uploads });
      if (result === undefined) return new Response(null, { status: 204, headers: verdict.headers });
      if (result instanceof Reply) return json(result.status, result.body, verdict.headers);
      return json(200, result, verdict.headers);
    } catch (error) {
      if (error instanceof DiscordError) return json(error.status, error.toJSON(), verdict.headers);
      throw error;
    }
  };
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers });
}
