import { route } from './router.ts';

const url = (base: string) => `${base.replace(/^http/, 'ws')}/gateway`;

/** https://docs.discord.com/developers/events/gateway#get-gateway */
export const gatewayRoutes = [
  route('GET', '/gateway', ({ state }) => ({ url: url(state.url) }), false),
  route('GET', '/gateway/bot', ({ state }) => ({
    url: url(state.url),
    shards: 1,
    session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 },
  })),
];
