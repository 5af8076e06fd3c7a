import {
  type APIMessage,
  Client,
  Events,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  GatewayIntentBits,
  type Interaction,
  MessageType,
  Options,
  Partials,
  type REST,
  type RESTOptions,
} from 'discord.js';
import pTimeout from 'p-timeout';
import type { Logger } from 'pino';
import type { Store } from '../../store/open.ts';
import type { PublicChannels } from '../../threads/channels.ts';
import type { Sent } from '../conversation/own-echoes.ts';
import { streamingRequest } from '../conversation/upload.ts';
import type { LimitedRequests } from '../limits.ts';
import { LastingRest } from '../rest.ts';
import type { GuildLookup } from '../servers/guild-lookup.ts';
import { createDirectMessages } from './backfill.ts';
import type { Intake } from './intake.ts';
import { readsMessages } from './message-content.ts';
import type { PublicIntake } from './public-intake.ts';
import { createPublicThreads } from './public-threads.ts';
import { threadState } from './review.ts';

/** Only what is in use. Direct messages need no privileged intent. */
const DIRECT_INTENTS = [
  GatewayIntentBits.Guilds,
  // Bans.
  GatewayIntentBits.GuildModeration,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.DirectMessageReactions,
  GatewayIntentBits.DirectMessageTyping,
];

/**
 * For threads, private and public, beside direct messages. Reading there needs Message Content, which must be switched on in the
 * developer portal (https://docs.discord.com/developers/events/gateway#message-content-intent).
 */
const THREAD_INTENTS = [
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.GuildMessageTyping,
];

/** How long a request may wait for Discord's rate limit by itself, in milliseconds. */
const MAX_WAIT_MS = 30_000;

export interface ConnectionOptions {
  apiUrl: string;
  token: string;
  /** Whether members are also heard in threads of servers. */
  threads: boolean;
  /** For a bridge. Without it requests are made under the limits of this process alone. */
  limited?: LimitedRequests;
}

/** How long one request may take, in milliseconds. */
export const REQUEST_TIMEOUT_MS = 15_000;

const restOptions = ({ apiUrl, limited }: ConnectionOptions): Partial<RESTOptions> => ({
  api: apiUrl,
  version: '10',
  timeout: REQUEST_TIMEOUT_MS,
  retries: 0,
  // Longer waits are the journal's: a request that sleeps in memory holds a place that others could use.
  rejectOnRateLimit: ({ retryAfter }) => retryAfter > MAX_WAIT_MS,
  makeRequest: streamingRequest,
  ...limited,
});

/** For everything that is sent. Not a client's: a client that is closed forgets the token of its own. */
export const createRest = (options: ConnectionOptions): REST =>
  new LastingRest(restOptions(options)).setToken(options.token);

/** A client for one term of the gateway: one that was closed never becomes ready again. Its caches hold nothing that grows with members. */
function createClient(options: ConnectionOptions, hasContent: boolean): Client {
  return new Client({
    intents: [
      ...DIRECT_INTENTS,
      ...(options.threads ? THREAD_INTENTS : []),
      ...(options.threads && hasContent ? [GatewayIntentBits.MessageContent] : []),
    ],
    partials: [Partials.Channel, Partials.Message, Partials.User],
    rest: restOptions(options),
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      UserManager: { maxSize: 100, keepOverLimit: (user) => user.id === user.client.user.id },
      GuildMemberManager: { maxSize: 10, keepOverLimit: (member) => member.id === member.client.user.id },
      PresenceManager: 0,
      ReactionManager: 0,
      ReactionUserManager: 0,
      VoiceStateManager: 0,
      ThreadManager: 0,
      ThreadMemberManager: 0,
      DMMessageManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
      GuildInviteManager: 0,
      GuildScheduledEventManager: 0,
      AutoModerationRuleManager: 0,
      ApplicationCommandManager: 0,
      BaseGuildEmojiManager: 0,
      EntitlementManager: 0,
      StageInstanceManager: 0,
      GuildBanManager: 0,
      ApplicationEmojiManager: 0,
      GuildMessageManager: 0,
      GuildForumThreadManager: 0,
      GuildTextThreadManager: 0,
    }),
  });
}

export interface GatewaySession {
  stop(): Promise<void>;
  connected(): boolean;
  /** Whether it hears what is written in servers; a session that does not never will. */
  hearsThreads: boolean;
  /** Another channel is served in public, or by another rule. */
  servedChanged(): void;
}

/**
 * How long an interaction waits for what its member wrote before, in milliseconds; it must be answered within three seconds
 * (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback).
 */
const MAX_WAIT_BEFORE_INTERACTION_MS = 1_200;

/** How long Discord may take from the log-in to READY, in milliseconds. */
const READY_TIMEOUT_MS = 30_000;

/**
 * Opens the gateway and hands on what members do, until it is stopped. Resolves once Discord has accepted the token and
 * what was missed is fetched, or will be. Rejects, with nothing left open, where Discord does not let us in.
 */
export async function openGateway(options: {
  connection: ConnectionOptions;
  store: Store;
  rest: REST;
  logger: Logger;
  guildLookup: GuildLookup;
  intake: Intake;
  publicIntake: PublicIntake;
  publicChannels: PublicChannels;
  onInteraction: (interaction: Interaction) => Promise<void>;
  /** A message of the bot's own is there, under this nonce. */
  onOwnMessage?: (nonce: string, sent: Sent) => void;
  /** Hears every event, before anything is done about it. */
  onPacket?: (packet: GatewayDispatchPayload) => void;
  /** Messages in a server are gone, whoever wrote them. */
  onServerMessagesDeleted?: (ids: readonly string[]) => void;
  onChannelDeleted?: (channelId: string) => Promise<void>;
  onMemberBanned?: (memberId: string) => void;
  /** The bot has come into a server, or was taken out of it. */
  onMembership?: (guildId: string, isMember: boolean) => void;
  /** Best effort, never journalled; Discord repeats it every few seconds while somebody types. */
  onMemberTyping?: (memberId: string) => void;
  /** Whether it is certain that no other process hears the gateway. */
  isHolder(): boolean;
  /** Called before it is looked what became of a member's older words. */
  beforeReview(memberId: string): Promise<void>;
}): Promise<GatewaySession> {
  const { logger, intake, guildLookup } = options;
  const hasContent = !options.connection.threads || (await readsMessages(options.rest, logger));
  const client = createClient(options.connection, hasContent);
  const directMessages = createDirectMessages(options);
  const publicThreads = createPublicThreads({
    ...options,
    channels: options.publicChannels,
    intake: options.publicIntake,
    hasContent,
  });
  const underWay = new Set<Promise<unknown>>();

  function follow(work: Promise<unknown>): void {
    const settled = work
      .catch((err) =>
        logger.warn({ err }, 'stopped with an event outside the journal; the next start looks for it'),
      )
      .finally(() => underWay.delete(settled));
    underWay.add(settled);
  }

  // The raw packet is what the journal keeps; discord.js structures would have to be turned back into it.
  client.on(
    'raw' as never,
    ((packet: GatewayDispatchPayload) => {
      const work = hear(packet);
      if (work) follow(work);
    }) as never,
  );
  const isOwn = (id: string | undefined) => id === client.user?.id;

  /** In a server, only private threads count, and only what their member does there. */
  const inChannel = (
    channelId: string,
    guildId: string | undefined,
    memberId: string,
    work: () => Promise<void>,
    messageId?: string,
  ): Promise<void> =>
    guildId
      ? inThread(
          channelId,
          async (owner) => {
            if (owner === memberId) await work();
          },
          messageId,
        )
      : directMessages.follow({ channelId, memberId }, work, messageId);

  const inThread = (
    channelId: string,
    work: (ownerId: string) => Promise<void>,
    messageId?: string,
  ): Promise<void> =>
    directMessages.followOwner(channelId, () => intake.ownerOfThread(channelId), work, messageId);

  /** Somebody was taken out of a thread, or left it. */
  async function tookOut(message: APIMessage, owner: string): Promise<void> {
    if (message.author.id === owner) await intake.message(message, null);
    else if (message.mentions.some(({ id }) => id === owner))
      await intake.moderated(owner, { is: 'removed' }, message.id);
  }

  /** What concerns more than the place in which it happened. */
  function notice(packet: GatewayDispatchPayload): void {
    options.onPacket?.(packet);
    if (packet.t === GatewayDispatchEvents.MessageCreate) {
      const { id, author, nonce, channel_id: channelId } = packet.d;
      if (isOwn(author?.id) && nonce !== undefined) options.onOwnMessage?.(String(nonce), { channelId, id });
    }
    if (packet.t === GatewayDispatchEvents.MessageDelete && packet.d.guild_id)
      options.onServerMessagesDeleted?.([packet.d.id]);
    if (packet.t === GatewayDispatchEvents.MessageDeleteBulk && packet.d.guild_id)
      options.onServerMessagesDeleted?.(packet.d.ids);
  }

  function hear(packet: GatewayDispatchPayload): Promise<void> | undefined {
    notice(packet);
    return publicThreads.hear(packet, () => hearPrivate(packet));
  }

  function hearPrivate(packet: GatewayDispatchPayload): Promise<void> | undefined {
    switch (packet.t) {
      case GatewayDispatchEvents.MessageCreate:
      case GatewayDispatchEvents.MessageUpdate: {
        const message = packet.d;
        const { author } = message;
        if (message.type === MessageType.RecipientRemove && message.guild_id)
          return inThread(message.channel_id, (owner) => tookOut(message, owner), message.id);
        if (!author || author.bot || isOwn(author.id)) return undefined;
        const isNew = packet.t === GatewayDispatchEvents.MessageCreate;
        const work = () => (isNew ? intake.message(message, null) : intake.edited(message));
        const messageId = isNew ? message.id : undefined;
        return inChannel(message.channel_id, message.guild_id, author.id, work, messageId);
      }
      case GatewayDispatchEvents.MessageDelete: {
        const { id, channel_id, guild_id } = packet.d;
        return directMessages.inOrder(channel_id, () => intake.deleted(id, guild_id !== undefined));
      }
      case GatewayDispatchEvents.MessageDeleteBulk: {
        const { ids, channel_id, guild_id } = packet.d;
        return directMessages.inOrder(channel_id, async () => {
          for (const id of ids) await intake.deleted(id, guild_id !== undefined);
        });
      }
      case GatewayDispatchEvents.ThreadUpdate: {
        const { id, thread_metadata } = packet.d;
        return directMessages.inOrder(id, () => intake.threadIs(id, threadState(thread_metadata)));
      }
      case GatewayDispatchEvents.ThreadDelete: {
        const { id } = packet.d;
        return directMessages.inOrder(id, () => intake.threadIs(id, 'deleted'));
      }
      case GatewayDispatchEvents.ChannelDelete: {
        // Of the threads in it Discord says nothing more.
        const { id } = packet.d;
        return directMessages.inOrder(id, async () => options.onChannelDeleted?.(id));
      }
      case GatewayDispatchEvents.GuildBanAdd: {
        const { guild_id, user } = packet.d;
        options.onMemberBanned?.(user.id);
        const server = client.guilds.cache.get(guild_id)?.name ?? '';
        // The event has no id of its own, and a resumed session may bring it again.
        const minute = Math.floor(Date.now() / 60_000);
        return intake.moderated(user.id, { is: 'banned', server }, `ban:${guild_id}:${user.id}:${minute}`);
      }
      case GatewayDispatchEvents.MessageReactionAdd:
      case GatewayDispatchEvents.MessageReactionRemove: {
        const { user_id, message_id, channel_id, emoji, guild_id } = packet.d;
        if (isOwn(user_id)) return undefined;
        const added = packet.t === GatewayDispatchEvents.MessageReactionAdd;
        const byOthers = !added && guild_id !== undefined;
        const work = () => intake.reacted(user_id, message_id, emoji, added, byOthers);
        return inChannel(channel_id, guild_id, user_id, work);
      }
      case GatewayDispatchEvents.MessageReactionRemoveAll:
      case GatewayDispatchEvents.MessageReactionRemoveEmoji: {
        // Only whoever manages messages can do that, and only in a server.
        const { channel_id, message_id } = packet.d;
        const emoji =
          packet.t === GatewayDispatchEvents.MessageReactionRemoveEmoji ? packet.d.emoji : undefined;
        return inThread(channel_id, (owner) => intake.reactionsCleared(owner, message_id, emoji));
      }
      case GatewayDispatchEvents.TypingStart: {
        const { channel_id, guild_id, user_id } = packet.d;
        if (isOwn(user_id)) return undefined;
        // Who types is shown at once, where it is certain that it is a member in their own channel.
        if (!guild_id) options.onMemberTyping?.(user_id);
        return inChannel(channel_id, guild_id, user_id, async () => {
          if (guild_id) options.onMemberTyping?.(user_id);
          await intake.gaveSignOfLife(user_id);
        });
      }
      case GatewayDispatchEvents.Ready:
        // Here and not at discord.js's ShardReady, which waits for guilds while messages come already.
        logger.info('gateway session begins');
        directMessages.sessionBegins();
        publicThreads.sessionBegins();
        return undefined;
      default:
        return undefined;
    }
  }

  /** What its member wrote before comes first, unless that takes so long that Discord would give the interaction up. */
  async function onInteraction(interaction: Interaction): Promise<void> {
    if (!interaction.isAutocomplete()) {
      const channelId = interaction.guildId ? undefined : (interaction.channelId ?? undefined);
      const before = directMessages
        .hearBefore(interaction.user.id, channelId)
        .then(() => intake.gaveSignOfLife(interaction.user.id))
        .catch((err) =>
          logger.warn({ err, interaction: interaction.id }, 'what came before it is not heard yet'),
        );
      await pTimeout(before, { milliseconds: MAX_WAIT_BEFORE_INTERACTION_MS, message: false });
    } else follow(intake.gaveSignOfLife(interaction.user.id));
    await options.onInteraction(interaction);
  }
  client.on(Events.GuildCreate, ({ id }) => options.onMembership?.(id, true));
  client.on(Events.GuildDelete, ({ id }) => options.onMembership?.(id, false));
  client.on(Events.InteractionCreate, (interaction) => follow(onInteraction(interaction)));
  client.on(Events.ShardResume, (_, replayed) => logger.info({ replayed }, 'gateway session resumed'));
  let isStopping = false;
  client.on(Events.ShardReconnecting, () => {
    // discord.js says so of a connection that is closed, too.
    if (!isStopping) logger.warn('gateway connection lost; reconnecting');
  });
  client.on(Events.ShardError, (error) => logger.warn({ err: error }, 'gateway connection failed'));
  client.on(Events.Error, (error) => logger.error({ err: error }, 'Discord client error'));
  client.on(Events.Warn, (text) => logger.warn({ text }, 'Discord client warning'));

  async function stop(): Promise<void> {
    isStopping = true;
    guildLookup.attach(null);
    await client.destroy();
    await Promise.all([directMessages.stop(), publicThreads.stop()]);
  }

  try {
    const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
    await publicThreads.prepare(client);
    await client.login(options.connection.token);
    await pTimeout(ready, {
      milliseconds: READY_TIMEOUT_MS,
      message: 'Discord did not say that the session is ready',
    });
    guildLookup.attach(client);
    await Promise.allSettled([...underWay]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    stop,
    connected: () => client.isReady(),
    hearsThreads: options.connection.threads,
    servedChanged: publicThreads.servedChanged,
  };
}
