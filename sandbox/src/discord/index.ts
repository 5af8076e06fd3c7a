import type { APIMessage } from 'discord-api-types/v10';
import { GatewayIntentBits } from 'discord-api-types/v10';
import type { Faults } from '../core/faults.ts';
import { type Exchange, serve } from '../core/serve.ts';
import { serveAttachment } from './cdn.ts';
import { createDriver } from './driver.ts';
import { createGateway, type Gateway, type SocketData } from './gateway.ts';
import { snowflake } from './ids.ts';
import { INTERACTION_LIMITS, type InteractionLimits, Interactions } from './interactions.ts';
import { createRateLimiter, DEFAULT_LIMITS, type RateLimits } from './ratelimit.ts';
import { createRest } from './rest.ts';
import { World } from './world.ts';

export { setAttachmentLife } from './cdn.ts';
export type { Guild, InteractionView, Member } from './driver.ts';
export type { Upload } from './messages.ts';

export interface DiscordOptions {
  /** 0 or absent takes a free port. */
  port?: number;
  faults?: Faults;
  onExchange?: (exchange: Exchange) => void;
  limits?: Partial<RateLimits>;
  interactionLimits?: Partial<InteractionLimits>;
  heartbeatMs?: number;
  /** Privileged intents that the application was granted; none by default. */
  grantedIntents?: number;
}

export interface RequestLine {
  method: string;
  path: string;
  /** 0 until it is answered. */
  status: number;
}

const PRIVILEGED =
  GatewayIntentBits.MessageContent | GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences;
const KEPT_REQUESTS = 10_000;

/** Starts a Discord of its own on this machine: REST v10, gateway v10, attachments, and a driver for its members. */
export async function startDiscord(options: DiscordOptions = {}) {
  const applicationId = snowflake();
  const botToken = `${Buffer.from(applicationId).toString('base64url')}.sandbox.${crypto.randomUUID().replaceAll('-', '')}`;
  const world = new World(applicationId);
  const interactions = new Interactions(world, { ...INTERACTION_LIMITS, ...options.interactionLimits });
  const limited = createRateLimiter({ ...DEFAULT_LIMITS, ...options.limits });
  const requests: RequestLine[] = [];

  let base = '';
  const gatewayUrl = () => `${base.replace(/^http/, 'ws')}/gateway`;
  const gateway: Gateway = createGateway({
    world,
    token: botToken,
    deniedIntents: PRIVILEGED & ~(options.grantedIntents ?? 0),
    heartbeatMs: options.heartbeatMs ?? 41_250,
    url: gatewayUrl,
    baseUrl: () => base,
  });
  const rest = createRest({ world, interactions, token: botToken, gatewayUrl, baseUrl: () => base });

  const served = serve<SocketData>({
    service: 'discord',
    port: options.port,
    faults: options.faults,
    onExchange: options.onExchange,
    upgrade(request, server) {
      const url = new URL(request.url);
      if (!/^\/gateway\/?$/.test(url.pathname)) return false;
      return server.upgrade(request, {
        data: { compress: url.searchParams.get('compress') === 'zlib-stream' },
      });
    },
    websocket: gateway.websocket,
    async handle(request) {
      const url = new URL(request.url);
      if (url.pathname.startsWith('/attachments/')) return serveAttachment(world, url);
      const path = url.pathname.replace(/^\/api\/v10/, '');
      const line: RequestLine = { method: request.method, path, status: 0 };
      requests.push(line);
      if (requests.length > KEPT_REQUESTS) requests.shift();
      const response = await limited(request, path, () => Promise.resolve(rest.handle(request)));
      line.status = response.status;
      return response;
    },
  });
  base = served.url;

  /** Every message of every channel as it is written or edited. */
  function onMessage(listen: (message: APIMessage) => void): () => void {
    const hear = (event: { type: string; data: Record<string, unknown> }) => {
      if (event.type === 'MESSAGE_CREATE' || event.type === 'MESSAGE_UPDATE')
        listen(event.data as unknown as APIMessage);
    };
    world.on('event', hear);
    return () => world.off('event', hear);
  }

  return {
    url: served.url,
    apiBase: `${served.url}/api`,
    botToken,
    applicationId,
    gateway,
    /** The latest requests, oldest first; bounded. */
    requests,
    ...createDriver(world, interactions),

    /** Calls `listen` whenever anything changed that somebody could see. */
    onChange(listen: () => void): () => void {
      world.on('event', listen);
      interactions.on('change', listen);
      return () => {
        world.off('event', listen);
        interactions.off('change', listen);
      };
    },

    /** The next message that fits; those written before the call do not count. */
    waitForMessage(fits: (message: APIMessage) => boolean, { timeoutMs = 10_000 } = {}): Promise<APIMessage> {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`no such message within ${timeoutMs} ms`));
        }, timeoutMs);
        const stop = onMessage((message) => {
          if (!fits(message)) return;
          clearTimeout(timer);
          stop();
          resolve(message);
        });
      });
    },

    async stop(): Promise<void> {
      gateway.close();
      await served.stop();
    },
  };
}

export type DiscordStandIn = Awaited<ReturnType<typeof startDiscord>>;
