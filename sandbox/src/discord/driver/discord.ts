import type { APIMessage } from 'discord-api-types/v10';
import type { Faults } from '../../core/faults.ts';
import { type Exchange, serve, type Trace } from '../../core/serve.ts';
import { chooseVariants, type Variants } from '../../variants.ts';
import { DEFAULT_WAIT_TIMEOUT_MS } from '../../wait-until.ts';
import { serveCdn } from '../cdn.ts';
import type { SocketData } from '../gateway/connection.ts';
import type { GatewayControl } from '../gateway/control.ts';
import { createGateway } from '../gateway/server.ts';
import { type DiscordLimits, defaultLimits } from '../limits.ts';
import { createRateLimiter } from '../ratelimit.ts';
import { routes } from '../rest/routes.ts';
import { createRest } from '../rest/server.ts';
import { createChannel } from '../state/channels.ts';
import { addBot, createGuild } from '../state/guilds.ts';
import { channelMessages, toApiMessage } from '../state/messages.ts';
import { addLinkPreviews } from '../state/previews.ts';
import { type Clock, snowflakeAt } from '../state/snowflake.ts';
import { createDiscordState, type DiscordState, type UserRecord } from '../state/state.ts';
import { getUser } from '../state/users.ts';
import { type DriverEvent, type DriverEvents, onDriverEvent, type SeenMessage } from './events.ts';
import { createGuildHandle, type DiscordGuild, type NewChannel } from './guild.ts';
import { createUserHandle, type DiscordUser } from './user.ts';

export interface DiscordOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  faults?: Faults;
  onExchange?: (exchange: Exchange) => void;
  onTrace?: (trace: Trace) => void;
  botToken?: string;
  applicationId?: string;
  /** Default the application's id; another one for applications older than August 2016. */
  botUserId?: string;
  botUsername?: string;
  /** Merged over Discord's own numbers. */
  limits?: Partial<DiscordLimits>;
  clock?: Clock;
  /** Bit set of privileged intents switched on in the developer portal. Default: none. */
  privilegedIntents?: number;
  /** Called with the empty state before anybody can ask for it: fills it with what another run left. */
  preload?: (state: DiscordState) => void;
  /**
   * Whether messages that are fetched carry their nonce; default false, because Discord does not store it with a message
   * (https://github.com/Rapptz/discord.py/issues/2451).
   */
  historyNonces?: boolean;
  /** What is open about the real Discord; see variants.ts. */
  variants?: Partial<Variants>;
}

/** One REST request. */
export interface RequestLogEntry {
  method: string;
  /** Path with query, without `/api/v10`. */
  path: string;
  /** 0 until it is answered. */
  status: number;
  /** When it came, on the monotonic clock of this process, in milliseconds. */
  at: number;
}

/** A running stand-in for Discord. */
export interface Discord {
  /** `http://127.0.0.1:PORT`; the CDN is served from here too. */
  readonly url: string;
  /** For discord.js: `rest: {api: apiBase, version: '10'}`. */
  readonly apiBase: string;
  readonly botToken: string;
  readonly applicationId: string;
  readonly gateway: GatewayControl;
  /** The last requests, oldest first; bounded by `limits.requestLog`. */
  readonly requests: readonly RequestLogEntry[];
  /** The limits in use; a test may change them at any time. */
  readonly limits: DiscordLimits;
  createGuild(options: NewGuild): DiscordGuild;
  createUser(options: NewUser): DiscordUser;
  /** Calls `listener` after every event; returns a function that removes it. */
  onAny(listener: () => void): () => void;
  /** Everybody's messages of a channel, oldest first, ephemeral ones left out. */
  messages(channelId: string): APIMessage[];
  on<E extends DriverEvent>(event: E, listener: (value: DriverEvents[E]) => void): () => void;
  /** The next message that `predicate` accepts, from anybody. Rejects after `timeoutMs`, default DEFAULT_WAIT_TIMEOUT_MS. */
  waitForMessage(
    predicate: (seen: SeenMessage) => boolean,
    options?: { timeoutMs?: number },
  ): Promise<APIMessage>;
  stop(): Promise<void>;
}

export interface NewGuild {
  name: string;
  channels?: NewChannel[];
  /** Default: a user made for the purpose. */
  owner?: DiscordUser;
  preferredLocale?: string;
  /** Bit set of the bot's own role; default without Administrator. */
  botPermissions?: bigint;
  everyonePermissions?: bigint;
  /** Default 0: without boosts. */
  premiumTier?: 0 | 1 | 2 | 3;
}

export interface NewUser {
  username: string;
  globalName?: string | null;
  /** Default `en-US`. */
  locale?: string;
  avatar?: string | null;
  /** Milliseconds since the Unix epoch; the id then belongs to an account of that age. */
  createdAt?: number;
  bot?: boolean;
  userInstalled?: boolean;
}

/** Starts a stand-in for Discord: REST v10, gateway v10 and CDN on one port, everything in memory. */
export async function startDiscord(options: DiscordOptions = {}): Promise<Discord> {
  const clock = options.clock ?? { now: Date.now };
  const applicationId = options.applicationId ?? '1100000000000000001';
  const variants = chooseVariants(options.variants);
  const limits = {
    ...defaultLimits,
    attachmentMaxBytes: variants.attachmentSizeLimitMib * 1024 * 1024,
    ...options.limits,
  };
  const state = createDiscordState({
    clock,
    limits,
    applicationId,
    botUserId: options.botUserId ?? applicationId,
    botToken: options.botToken ?? `${Buffer.from(applicationId).toString('base64url')}.sandbox.token`,
    botUsername: options.botUsername ?? 'Flexcord',
    privilegedIntents: options.privilegedIntents ?? 0,
    historyNonces: options.historyNonces ?? false,
    variants,
  });
  options.preload?.(state);
  const stopPreviews = addLinkPreviews(state);
  const rest = createRest(state, routes, createRateLimiter(limits, clock));
  const gateway = createGateway(state);
  const requests: RequestLogEntry[] = [];
  const served = serve<SocketData>({
    service: 'discord',
    port: options.port,
    faults: options.faults,
    onExchange: options.onExchange,
    onTrace: options.onTrace,
    upgrade: gateway.upgrade,
    websocket: gateway.websocket,
    async handle(request) {
      const cdn = serveCdn(state, request);
      if (cdn) return cdn;
      const { pathname, search } = new URL(request.url);
      const entry = {
        method: request.method,
        path: pathname.replace(/^\/api(\/v10)?/, '') + search,
        status: 0,
        at: performance.now(),
      };
      requests.push(entry);
      if (requests.length > limits.requestLog) requests.shift();
      const response = await rest(request);
      entry.status = response.status;
      return response;
    },
  });
  state.url = served.url;
  return {
    url: served.url,
    apiBase: `${served.url}/api`,
    botToken: state.botToken,
    applicationId,
    gateway: gateway.control,
    requests,
    limits,
    createGuild: (guild) => newGuild(state, guild),
    createUser: (user) => createUserHandle(state, newUser(state, user)),
    messages: (channelId) => channelMessages(state, channelId).map((m) => toApiMessage(state, m)),
    on: (event, listener) => onDriverEvent(state, event, listener),
    onAny: (listener) => state.subscribe(() => listener()),
    waitForMessage: (predicate, { timeoutMs = DEFAULT_WAIT_TIMEOUT_MS } = {}) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          off();
          reject(new Error(`No such message came within ${timeoutMs} ms.`));
        }, timeoutMs);
        const off = onDriverEvent(state, 'message', (seen) => {
          if (!predicate(seen)) return;
          clearTimeout(timer);
          off();
          resolve(seen.message);
        });
      }),
    async stop() {
      gateway.stop();
      stopPreviews();
      for (const interaction of state.interactions.values()) clearTimeout(interaction.timer);
      await served.stop();
    },
  };
}

function newUser(state: DiscordState, options: NewUser): UserRecord {
  const user: UserRecord = {
    id: options.createdAt === undefined ? state.nextId() : snowflakeAt(options.createdAt, state.users.size),
    username: options.username,
    globalName: options.globalName ?? null,
    avatar: options.avatar ?? null,
    bot: options.bot ?? false,
    locale: options.locale ?? 'en-US',
    dmsClosed: false,
    userInstalled: options.userInstalled ?? false,
  };
  state.users.set(user.id, user);
  return user;
}

function newGuild(state: DiscordState, options: NewGuild): DiscordGuild {
  const owner = options.owner
    ? getUser(state, options.owner.id)
    : newUser(state, { username: 'server_owner' });
  const { botPermissions, ...rest } = options;
  const guild = createGuild(state, { ...rest, owner });
  for (const channel of options.channels ?? [{ name: 'general' }]) createChannel(state, guild, channel);
  addBot(state, guild, botPermissions);
  return createGuildHandle(state, guild);
}
