import {
  type APIChannel,
  type APIMessage,
  type APIThreadChannel,
  type Client,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  type REST,
  type RESTGetAPIGuildThreadsResult,
  Routes,
} from 'discord.js';
import pTimeout from 'p-timeout';
import type { Logger } from 'pino';
import { compareSnowflakes } from '../../messages/snowflake.ts';
import { Refused } from '../../relay/errors.ts';
import type { Store } from '../../store/open.ts';
import type { PublicChannel, PublicChannels } from '../../threads/channels.ts';
import { findThread, type PublicThread, threadsWithTeam } from '../../threads/threads.ts';
import { callDiscord } from '../errors.ts';
import { remembered } from '../remembered.ts';
import { hearBeyond } from './catch-up.ts';
import { createChannelOrder, createPersistence } from './in-order.ts';
import { moderates } from './moderates.ts';
import { createChannelAccess, watchRights } from './public-channels.ts';
import { isPublicThread, type PublicIntake, threadFacts } from './public-intake.ts';
import { createThreadReview } from './public-review.ts';
import { inRounds, lookThroughOnceItCan } from './rounds.ts';
import { createServedChannels } from './served-channels.ts';

/** Threads read at once after an outage. */
const MAX_CONCURRENT_THREADS = 8;
/** Channels of which is remembered whether they are threads of a served channel. */
const MAX_REMEMBERED = 50_000;

export interface PublicThreadsOptions {
  store: Store;
  rest: REST;
  channels: PublicChannels;
  intake: PublicIntake;
  logger: Logger;
  /** Whether it is certain that no other process hears the gateway. */
  isHolder(): boolean;
  /** Whether Discord lets the bot read messages that do not mention it. */
  hasContent: boolean;
}

/**
 * Public threads of the channels that are served, thread by thread in their order. Discord replays nothing into a new gateway
 * session, so what a thread holds beyond its cursor is journalled before anything newer of it; one request for each server
 * tells which threads have something. Archived threads are asked for only where the team has them open.
 */
export function createPublicThreads(options: PublicThreadsOptions) {
  const { store, rest, intake, logger, hasContent } = options;
  const stopping = new AbortController();
  const order = createChannelOrder();
  const persist = createPersistence({ store, logger, signal: stopping.signal, isHolder: options.isHolder });
  const served = createServedChannels({
    ...options,
    persist,
    changed() {
      // A channel that is served now may have threads that were none of ours a moment ago.
      session.known.clear();
      if (isUnderWay) lookThroughAgain();
    },
  });
  const review = createThreadReview(options);
  const accessIs = createChannelAccess({ ...options, persist, noted: served.forget });
  let session = newSession();
  let client: Client | null = null;
  /** Whether a session has begun, which looks at everything that is served. */
  let isUnderWay = false;

  function newSession() {
    return {
      over: new AbortController(),
      /** Whether a channel is a thread of a served channel, as far as it was looked at. */
      known: remembered<boolean>(MAX_REMEMBERED),
      /** Threads in which nothing of before this session is unheard. */
      caughtUp: remembered<true>(MAX_REMEMBERED),
    };
  }

  /** Hears what a thread holds beyond its cursor, oldest first. Returns how many messages that was. */
  async function catchUp(threadId: string): Promise<number> {
    const current = session;
    if (current.caughtUp.has(threadId)) return 0;
    const thread = await findThread(store.db, threadId);
    let heard = 0;
    const { endedBy } = thread
      ? await hearBeyond({
          rest,
          what: 'read a thread',
          channelId: threadId,
          after: thread.cursor,
          waitsFrom: order.waitsFrom,
          hear: async (message) => {
            await persist(threadId, 'hear a message', () => intake.message(threadId, message, hasContent));
            heard += 1;
          },
        })
      : {};
    // Between what an earlier session brought and the begin of this one, something may be unheard.
    if (!endedBy || endedBy.session === current) current.caughtUp.set(threadId, true);
    return heard;
  }

  async function catchUpFirst(threadId: string): Promise<void> {
    const { caughtUp } = session;
    if (caughtUp.has(threadId)) return;
    const isRead = await persist(threadId, 'read what came before', async () => {
      await catchUp(threadId);
    });
    if (!isRead) caughtUp.set(threadId, true);
  }

  /** Whether a channel is a thread of a served channel; such a one is written down. Asks Discord at most once in a session. */
  async function isServed(channelId: string): Promise<boolean> {
    const all = await served.refresh();
    const known = session.known.get(channelId);
    if (known !== undefined) return known;
    const thread = await findThread(store.db, channelId);
    const is = thread ? all.has(thread.channel_id) : await lookUp(channelId, all);
    session.known.set(channelId, is);
    return is;
  }

  async function lookUp(channelId: string, all: ReadonlyMap<string, PublicChannel>): Promise<boolean> {
    const cached = client?.channels.cache.get(channelId);
    if (cached && !cached.isThread()) return false;
    if (cached?.parentId && !all.has(cached.parentId)) return false;
    let channel: APIChannel;
    try {
      channel = (await callDiscord('look at a thread', () =>
        rest.get(Routes.channel(channelId)),
      )) as APIChannel;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
    if (!isPublicThread(channel)) return false;
    const thread = channel as APIThreadChannel;
    const parent = all.get(thread.parent_id ?? '');
    if (!parent || !thread.guild_id) return false;
    await intake.appeared(threadFacts(thread, thread.guild_id), parent);
    return true;
  }

  /** In the order of its thread; `otherwise` where the channel is none of ours. `messageId`: of the new message that `work` hears. */
  const inThread = (
    channelId: string,
    work: () => Promise<void>,
    otherwise?: () => Promise<void> | undefined,
    messageId?: string,
  ): Promise<void> | undefined => {
    if (served.current().size === 0 || session.known.get(channelId) === false) return otherwise?.();
    return order.run(
      channelId,
      async () => {
        let is = false;
        await persist(channelId, 'find whether it is a served thread', async () => {
          is = await isServed(channelId);
        });
        if (!is) return otherwise?.();
        await catchUpFirst(channelId);
        await persist(channelId, 'hear an event', work);
      },
      messageId === undefined ? undefined : { messageId, session },
    );
  };

  /** A thread was made, or the bot sees it now. */
  const threadIs = (thread: APIThreadChannel, guildId: string, isNew: boolean) =>
    order.run(thread.id, async () => {
      await persist(thread.id, 'hear of a thread', async () => {
        const parent = (await served.refresh()).get(thread.parent_id ?? '');
        if (!parent || !isPublicThread(thread)) return;
        const facts = threadFacts(thread, guildId);
        await intake.appeared(facts, parent);
        session.known.set(thread.id, true);
        // Its first message is still to come, and the gateway brings it.
        if (isNew) session.caughtUp.set(thread.id, true);
        else await intake.changed(facts);
      });
    });

  function hear(
    packet: GatewayDispatchPayload,
    otherwise: () => Promise<void> | undefined,
  ): Promise<void> | undefined {
    switch (packet.t) {
      case GatewayDispatchEvents.MessageCreate: {
        if (!packet.d.guild_id) return otherwise();
        const message = { ...packet.d, moderates: moderates(client, packet.d) };
        const { channel_id, id } = message;
        return inThread(channel_id, () => intake.message(channel_id, message, hasContent), otherwise, id);
      }
      case GatewayDispatchEvents.MessageUpdate: {
        const { channel_id, guild_id } = packet.d;
        if (!guild_id) return otherwise();
        return inThread(channel_id, () => intake.edited(channel_id, packet.d as APIMessage), otherwise);
      }
      case GatewayDispatchEvents.MessageDelete: {
        const { id, channel_id, guild_id } = packet.d;
        if (!guild_id) return otherwise();
        return inThread(channel_id, () => intake.deleted(channel_id, id), otherwise);
      }
      case GatewayDispatchEvents.MessageDeleteBulk: {
        const { ids, channel_id, guild_id } = packet.d;
        if (!guild_id) return otherwise();
        const work = async () => {
          for (const id of ids) await intake.deleted(channel_id, id);
        };
        return inThread(channel_id, work, otherwise);
      }
      case GatewayDispatchEvents.MessageReactionAdd:
      case GatewayDispatchEvents.MessageReactionRemove: {
        const { user_id, message_id, channel_id, emoji, guild_id } = packet.d;
        if (!guild_id) return otherwise();
        const added = packet.t === GatewayDispatchEvents.MessageReactionAdd;
        const user =
          packet.t === GatewayDispatchEvents.MessageReactionAdd ? packet.d.member?.user : undefined;
        if (user?.bot || user_id === client?.user?.id) return undefined;
        const who = { id: user_id, name: user?.global_name || user?.username };
        const work = () => intake.reacted(channel_id, who, message_id, emoji, added);
        return inThread(channel_id, work, otherwise);
      }
      case GatewayDispatchEvents.MessageReactionRemoveAll:
      case GatewayDispatchEvents.MessageReactionRemoveEmoji: {
        const { channel_id, message_id } = packet.d;
        const emoji =
          packet.t === GatewayDispatchEvents.MessageReactionRemoveEmoji ? packet.d.emoji : undefined;
        const work = () => intake.reactionsCleared(channel_id, message_id, emoji);
        return inThread(channel_id, work, otherwise);
      }
      case GatewayDispatchEvents.ThreadCreate: {
        const { parent_id, guild_id, newly_created } = packet.d;
        if (!served.current().has(parent_id ?? '') || !guild_id) return undefined;
        return threadIs(packet.d, guild_id, newly_created === true);
      }
      case GatewayDispatchEvents.ThreadUpdate: {
        const { parent_id, guild_id } = packet.d;
        if (!served.current().has(parent_id ?? '') || !guild_id || !isPublicThread(packet.d))
          return otherwise();
        return threadIs(packet.d, guild_id, false);
      }
      case GatewayDispatchEvents.ThreadDelete: {
        const { id, parent_id } = packet.d;
        if (!served.current().has(parent_id ?? '')) return otherwise();
        return order.run(id, async () => {
          await persist(id, 'hear that a thread is gone', () => intake.removed(id));
        });
      }
      case GatewayDispatchEvents.ChannelDelete: {
        const { id } = packet.d;
        const gone = served.current().has(id) ? accessIs(id, 'deleted') : undefined;
        return Promise.all([gone, otherwise()]).then(() => {});
      }
      case GatewayDispatchEvents.ChannelUpdate:
        if (served.current().has(packet.d.id) && 'guild_id' in packet.d && packet.d.guild_id)
          return served.noteFacts(packet.d as APIChannel, packet.d.guild_id);
        return undefined;
      case GatewayDispatchEvents.GuildCreate: {
        const { id } = packet.d;
        const own = packet.d.channels.filter((channel) => served.current().has(channel.id));
        if (own.length === 0) return undefined;
        return Promise.all(own.map((channel) => served.noteFacts(channel, id))).then(() => {});
      }
      case GatewayDispatchEvents.ThreadListSync:
        // The bot sees a channel, or sees it again.
        return lookThroughServer(packet.d.guild_id).catch((err) =>
          logger.warn({ err }, 'a server’s threads were not looked through'),
        );
      default:
        return otherwise();
    }
  }

  /** One request for a server's threads; those that have something new are read. */
  async function lookThroughServer(guildId: string): Promise<void> {
    const { over, caughtUp } = session;
    const all = await served.refresh();
    const { threads } = (await callDiscord('list threads', () =>
      rest.get(Routes.guildActiveThreads(guildId)),
    )) as RESTGetAPIGuildThreadsResult;
    const active = (threads as APIThreadChannel[]).filter(
      (thread) => all.has(thread.parent_id ?? '') && isPublicThread(thread),
    );
    const seen = new Set(active.map(({ id }) => id));
    const withTeam = new Set(await threadsWithTeam(store));
    let heard = 0;
    const look = async (thread: APIThreadChannel) => {
      const parent = all.get(thread.parent_id ?? '');
      if (!parent) return;
      const facts = threadFacts(thread, guildId);
      await order.run(thread.id, async () => {
        await intake.appeared(facts, parent);
        session.known.set(thread.id, true);
        await intake.changed(facts);
        const known = await findThread(store.db, thread.id);
        if (known && hasMore(known, facts.lastMessageId)) heard += await catchUp(thread.id);
        else caughtUp.set(thread.id, true);
        if (withTeam.has(thread.id)) await review(thread.id);
      });
    };
    const rounds = { width: MAX_CONCURRENT_THREADS, signal: over.signal, logger };
    await inRounds(active, look, { ...rounds, nameOf: ({ id }) => id, failure: 'a thread is not caught up' });
    // What is not active is archived or gone; that matters where somebody is at work on it.
    const left = [...withTeam].filter((id) => !seen.has(id));
    const lookAtArchived = async (id: string) => {
      const known = await findThread(store.db, id);
      if (known?.guild_id !== guildId || known.access === 'deleted') return;
      try {
        const thread = await callDiscord('look at a thread', () => rest.get(Routes.channel(id)));
        await look(thread as APIThreadChannel);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.reason === 'gone') await order.run(id, () => intake.removed(id));
      }
    };
    const failure = 'an archived thread is not looked at';
    await inRounds(left, lookAtArchived, { ...rounds, nameOf: String, failure });
    if (active.length > 0)
      logger.info({ guildId, threads: active.length, heard }, 'public threads caught up');
  }

  async function lookThrough(): Promise<void> {
    const { over } = session;
    const all = await served.refresh(0);
    const servers = new Set<string>();
    const rounds = { width: MAX_CONCURRENT_THREADS, signal: over.signal, logger };
    const noteServer = async (channel: PublicChannel) => {
      const guildId = await served.serverOf(channel);
      if (guildId) servers.add(guildId);
    };
    await inRounds([...all.values()], noteServer, {
      ...rounds,
      nameOf: ({ id }) => id,
      failure: 'a served channel is not looked at',
    });
    await inRounds([...servers], lookThroughServer, {
      ...rounds,
      nameOf: String,
      failure: 'a server’s threads are not looked through',
    });
  }

  function lookThroughAgain(): void {
    lookThroughOnceItCan(lookThrough, {
      signal: session.over.signal,
      logger,
      failure: 'what was written in public meanwhile was not looked through',
    });
  }

  return {
    hear(
      packet: GatewayDispatchPayload,
      otherwise: () => Promise<void> | undefined,
    ): Promise<void> | undefined {
      // Another process may have begun to serve a channel.
      served.look();
      return hear(packet, otherwise);
    },

    /** A channel is served since a moment ago, or by another rule. */
    servedChanged: () => served.look(0),

    /** Must be called before the log-in: what is served decides what is heard. */
    async prepare(next: Client): Promise<void> {
      client = next;
      await served.refresh(0);
      watchRights(next, {
        served: async () => (await served.refresh()).values(),
        accessIs,
        lookThroughServer,
        failed: (err) => logger.warn({ err }, 'the bot’s rights were not looked at'),
      });
    },

    /** A new gateway session has begun, into which nothing of before is replayed. */
    sessionBegins(): void {
      session.over.abort();
      session = newSession();
      isUnderWay = true;
      lookThroughAgain();
    },

    /** Gives what is under way `graceMs` to reach the journal. The rest stays beyond the cursors. */
    async stop(graceMs = 5000): Promise<void> {
      session.over.abort();
      client = null;
      await pTimeout(order.settled(), { milliseconds: graceMs, message: false });
      stopping.abort();
    },
  };
}

/** Whether a thread's latest message is not heard yet; one that Discord does not name is looked for. */
const hasMore = ({ cursor }: PublicThread, lastMessageId: string | null): boolean =>
  lastMessageId === null || compareSnowflakes(lastMessageId, cursor) > 0;
