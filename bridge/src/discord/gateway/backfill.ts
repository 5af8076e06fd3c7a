import { setTimeout as sleep } from 'node:timers/promises';
import { DAY_MS } from '@flexcord/shared/time';
import { type APIDMChannel, type REST, Routes } from 'discord.js';
import pTimeout from 'p-timeout';
import type { Logger } from 'pino';
import { changeMemberChannel, findMember, type Member, moveCursor } from '../../members/members.ts';
import { forgottenUpTo } from '../../messages/forgotten-channels.ts';
import { compareSnowflakes, snowflakeAt } from '../../messages/snowflake.ts';
import { storeBegan } from '../../store/began.ts';
import type { Store } from '../../store/open.ts';
import { callDiscord } from '../errors.ts';
import { remembered } from '../remembered.ts';
import { hearBeyond } from './catch-up.ts';
import { createChannelOrder, createPersistence } from './in-order.ts';
import type { Intake } from './intake.ts';
import { createReview, type ReviewedChannel } from './review.ts';
import { inRounds, lookThroughOnceItCan } from './rounds.ts';

/** Members who were silent for longer are not asked about after an outage, and first words that are older not heard, in milliseconds. */
const REMEMBERED_MEMBER_AGE_MS = 30 * DAY_MS;
/** How far the clocks of this machine and of Discord may be apart, in milliseconds. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;
/** Channels read at once. */
const MAX_CONCURRENT_CHANNELS = 8;
/**
 * Direct messages that are opened after one start of a session. Discord blocks bots that open too many too fast, and names no
 * number (https://docs.discord.com/developers/resources/user#create-dm).
 */
const MAX_OPENED = 500;
/** Bots are let open ten in ten seconds: half of them are left to what is to be delivered, which would wait behind these. */
const OPENINGS = { most: 5, withinMs: 10_000 };
/** How long an opening may wait, in milliseconds. */
const MAX_OPENING_WAIT_MS = 200_000;
/** Channels and members of one session that are remembered as looked at. */
const MAX_LOOKED_AT = 50_000;

/** A channel of a member's, which nobody else's words are heard from. */
interface Place {
  channelId: string;
  memberId: string;
}

/**
 * Direct messages in their order, channel by channel. Discord replays nothing into a new gateway session, so what a channel
 * holds beyond its cursor is journalled before anything newer of that channel: the newer one would move the cursor past it.
 * A bot is given no list of its direct messages, so that first words are found when their author gives a sign of life.
 */
export function createDirectMessages(options: {
  store: Store;
  rest: REST;
  intake: Intake;
  logger: Logger;
  /** Whether it is certain that no other process hears the gateway. */
  isHolder(): boolean;
  /** Called before it is looked what became of a member's older words. */
  beforeReview(memberId: string): Promise<void>;
}) {
  const { store, rest, intake, logger } = options;
  const stopping = new AbortController();
  const order = createChannelOrder();
  const persist = createPersistence({
    store,
    logger,
    signal: stopping.signal,
    isHolder: options.isHolder,
  });
  const review = createReview(options);
  let session = newSession();
  /** When the last direct messages were opened, or will be. */
  let openings: number[] = [];
  let began: Promise<number> | undefined;

  function newSession() {
    return {
      /** Aborted when the next session begins, which looks at everything again. */
      over: new AbortController(),
      /** Channels in which nothing of before this session is unheard. */
      caughtUp: remembered<true>(MAX_LOOKED_AT),
      /** Members whose channels were all looked at. */
      lookedAt: remembered<true>(MAX_LOOKED_AT),
    };
  }

  /** What is older was never for this bridge, or its member was erased. */
  async function firstWordsAfter(channelId: string): Promise<string> {
    began ??= storeBegan(store);
    began.catch(() => {
      began = undefined;
    });
    const oldest = Math.max((await began) - CLOCK_TOLERANCE_MS, Date.now() - REMEMBERED_MEMBER_AGE_MS);
    const [first, forgotten] = [snowflakeAt(oldest), await forgottenUpTo(store, channelId)];
    return forgotten && compareSnowflakes(forgotten, first) > 0 ? forgotten : first;
  }

  /** Hears what a channel holds beyond its cursor, oldest first. Returns how many messages that was. */
  async function catchUp({ channelId, memberId }: Place): Promise<number> {
    const current = session;
    if (current.caughtUp.has(channelId)) return 0;
    const member = await findMember(store.db, memberId);
    const cursor = member && cursorIn(member, channelId);
    let heard = 0;
    const { newest = channelId, endedBy } = await hearBeyond({
      rest,
      what: 'read a direct message channel',
      channelId,
      after: cursor ?? (await firstWordsAfter(channelId)),
      waitsFrom: order.waitsFrom,
      hear: async (message) => {
        // In a thread, moderators may have written too.
        if (message.author.id !== memberId) return;
        await persist(channelId, 'hear a message', () => intake.message(message, member?.locale ?? null));
        heard += 1;
      },
    });
    // So that the channel is not read from its beginning with every session.
    if (!cursor) await moveCursor(store, memberId, { channelId, cursor: newest });
    // Between what an earlier session brought and the begin of this one, something may be unheard.
    if (!endedBy || endedBy.session === current) current.caughtUp.set(channelId, true);
    return heard;
  }

  /** As `catchUp`, for what must not overtake it; a channel that cannot be read is left behind. */
  async function catchUpFirst(place: Place): Promise<void> {
    const { caughtUp } = session;
    if (caughtUp.has(place.channelId)) return;
    const isRead = await persist(place.channelId, 'read what came before', async () => {
      await catchUp(place);
    });
    if (!isRead) caughtUp.set(place.channelId, true);
  }

  /** The member's direct message, opened where its id is not known. That tells the member nothing. */
  async function directMessageOf(memberId: string): Promise<string> {
    const member = await findMember(store.db, memberId);
    if (member?.dm_channel_id) return member.dm_channel_id;
    const now = performance.now();
    const at = Math.max(now, (openings.at(-OPENINGS.most) ?? Number.NEGATIVE_INFINITY) + OPENINGS.withinMs);
    if (at - now > MAX_OPENING_WAIT_MS) throw new Error('too many direct messages wait to be opened');
    openings = [...openings, at].slice(-OPENINGS.most);
    await sleep(at - now, undefined, { signal: stopping.signal });
    const { id } = (await callDiscord('open a direct message', () =>
      rest.post(Routes.userChannels(), { body: { recipient_id: memberId } }),
    )) as APIDMChannel;
    await changeMemberChannel(store, memberId, { dm_channel_id: id });
    return id;
  }

  /** `messageId`: of the new message that `work` hears. */
  const inPlace = (place: Place, work: () => Promise<void>, messageId?: string): Promise<void> =>
    order.run(
      place.channelId,
      async () => {
        await catchUpFirst(place);
        await work();
      },
      messageId === undefined ? undefined : { messageId, session },
    );

  /** Looks at what members wrote before this session, those who wrote last first, and then at what became of older words. */
  async function lookThrough(): Promise<void> {
    const { over } = session;
    const rounds = { signal: over.signal, logger };
    const places = {
      ...rounds,
      width: MAX_CONCURRENT_CHANNELS,
      nameOf: ({ channelId }: Pick<Place, 'channelId'>) => channelId,
    };
    let heard = 0;
    // First: one that a delivery opens meanwhile would else be in neither list.
    const unopened = await readUnopened();
    const channels = await readPlaces();
    const hear = async (place: Place) => {
      heard += await order.run(place.channelId, () => catchUp(place));
    };
    await inRounds(channels, hear, { ...places, failure: 'a channel is not caught up' });
    if (channels.length > 0) logger.info({ channels: channels.length, heard }, 'direct messages caught up');
    const lookAgain = (place: ReviewedChannel) =>
      order.run(place.channelId, async () => {
        await options.beforeReview(place.memberId);
        await review.look(place);
      });
    const openAndHear = async (memberId: string) => {
      const channelId = await directMessageOf(memberId);
      await order.run(channelId, () => catchUp({ channelId, memberId }));
    };
    // Nobody's first words need to wait for what became of older ones.
    await Promise.all([
      inRounds(await review.places(), lookAgain, {
        ...places,
        failure: 'a channel is not reviewed for changes',
      }),
      inRounds(unopened, openAndHear, {
        ...rounds,
        width: 1,
        nameOf: String,
        failure: 'a member’s direct message is not read',
      }),
    ]);
  }

  const recentMembers = () =>
    store.db
      .selectFrom('members')
      .where('seen_at', '>', Date.now() - REMEMBERED_MEMBER_AGE_MS)
      .orderBy('seen_at', 'desc');

  async function readPlaces(): Promise<Place[]> {
    const members = await recentMembers().select(['id', 'dm_channel_id', 'thread_id']).execute();
    return members.flatMap(({ id: memberId, dm_channel_id, thread_id }) =>
      [dm_channel_id, thread_id].flatMap((channelId) => (channelId ? [{ channelId, memberId }] : [])),
    );
  }

  /** Members who never wrote, as far as is known; each is opened once, since reading sets a cursor. */
  async function readUnopened(): Promise<string[]> {
    const members = await recentMembers()
      .select('id')
      .where('dm_channel_id', 'is', null)
      // A direct message that nobody asked for, to everybody who ever wrote in public, would be what Discord blocks bots for.
      .where('public_only', '=', 0)
      .limit(MAX_OPENED)
      .execute();
    return members.map(({ id }) => id);
  }

  return {
    /** What the gateway brings of a member's channel: after whatever of that channel came before. `messageId`: if it is a new message. */
    follow: (place: Place, work: () => Promise<void>, messageId?: string): Promise<void> =>
      inPlace(
        place,
        async () => {
          await persist(place.channelId, 'hear an event', work);
        },
        messageId,
      ),

    /** As `follow`, in a channel that may be nobody's: `ownerOf` finds whose it is. */
    followOwner: (
      channelId: string,
      ownerOf: () => Promise<string | undefined>,
      work: (memberId: string) => Promise<void>,
      messageId?: string,
    ): Promise<void> =>
      order.run(
        channelId,
        async () => {
          let memberId: string | undefined;
          await persist(channelId, 'find whose channel it is', async () => {
            memberId = await ownerOf();
          });
          const owner = memberId;
          if (owner === undefined) return;
          await catchUpFirst({ channelId, memberId: owner });
          await persist(channelId, 'hear an event', () => work(owner));
        },
        messageId === undefined ? undefined : { messageId, session },
      ),

    /** As `follow`, for what concerns nothing but a message that is heard already. */
    inOrder: (channelId: string, work: () => Promise<void>): Promise<void> =>
      order.run(channelId, async () => {
        await persist(channelId, 'hear an event', work);
      }),

    /** A sign of life that is no message: hears what its author wrote before, in the channel that is named or in all. */
    async hearBefore(memberId: string, channelId?: string): Promise<void> {
      if (channelId) return inPlace({ channelId, memberId }, async () => {});
      const { lookedAt } = session;
      if (lookedAt.has(memberId)) return;
      const direct = await directMessageOf(memberId);
      const thread = (await findMember(store.db, memberId))?.thread_id;
      for (const place of [direct, thread])
        if (place) await inPlace({ channelId: place, memberId }, async () => {});
      lookedAt.set(memberId, true);
    },

    /** A new gateway session has begun, into which nothing of before is replayed. */
    sessionBegins(): void {
      session.over.abort();
      session = newSession();
      lookThroughOnceItCan(lookThrough, {
        signal: session.over.signal,
        logger,
        failure: 'what members wrote meanwhile was not looked through; their next words bring it',
      });
    },

    /** Gives what is under way `graceMs` to reach the journal. The rest stays beyond the cursor. */
    async stop(graceMs = 5000): Promise<void> {
      session.over.abort();
      await pTimeout(order.settled(), { milliseconds: graceMs, message: false });
      stopping.abort();
    },
  };
}

/** Null where nothing was heard of the channel yet. */
function cursorIn(member: Member, channelId: string): string | null {
  if (channelId === member.thread_id) return member.thread_cursor;
  return channelId === member.dm_channel_id ? member.discord_cursor : null;
}
