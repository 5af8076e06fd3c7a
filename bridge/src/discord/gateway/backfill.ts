import { type APIMessage, type REST, Routes } from 'discord.js';
import pRetry from 'p-retry';
import pTimeout from 'p-timeout';
import type { Logger } from 'pino';
import { Refused, Transient } from '../../relay/errors.ts';
import type { Store } from '../../store/open.ts';
import { callDiscord } from '../errors.ts';
import type { Intake } from './intake.ts';
import { createReview } from './review.ts';

/** Members who were silent for longer are not asked about after an outage, in milliseconds. */
const REMEMBERED_MEMBER_AGE_MS = 30 * 24 * 3600_000;
/** Channels read at once. */
const MAX_CONCURRENT_CHANNELS = 8;
/** https://docs.discord.com/developers/resources/message#get-channel-messages */
const MAX_PAGE_SIZE = 100;

interface Gap {
  /** The conversation that is under way, so that changes to what was written matter. */
  conversationId: string | undefined;
  /** Id of the last message that is in the journal. */
  cursor: string;
  memberId: string;
  locale: string | null;
}

/**
 * Direct messages in their order, channel by channel. Discord replays nothing into a new gateway session, so after one
 * begins, the stretch beyond each channel's cursor is journalled before anything newer of that channel: the newer one
 * would move the cursor past the gap.
 */
export function createDirectMessages(options: { store: Store; rest: REST; intake: Intake; logger: Logger }) {
  const { store, rest, intake, logger } = options;
  const chains = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  /** Channels whose gap is still open, with where it begins. */
  let gaps: Promise<Map<string, Gap>> = Promise.resolve(new Map());

  /** One channel's work in order; each piece is tried until it succeeds, because what follows must not overtake it. */
  function inOrder(channelId: string, work: () => Promise<void>): Promise<void> {
    const persistent = () =>
      pRetry(work, {
        retries: Number.POSITIVE_INFINITY,
        minTimeout: 250,
        maxTimeout: 15_000,
        signal: stopping.signal,
        onFailedAttempt: ({ error, attemptNumber }) =>
          logger.warn(
            { channelId, attemptNumber, err: error },
            'a direct message is not journalled yet; trying again',
          ),
      });
    const chain = (chains.get(channelId) ?? Promise.resolve()).then(persistent).catch((error) => {
      logger.warn(
        { channelId, err: error },
        'stopped with a direct message outside the journal; the next start fetches it',
      );
    });
    chains.set(channelId, chain);
    void chain.then(() => {
      if (chains.get(channelId) === chain) chains.delete(channelId);
    });
    return chain;
  }

  async function closeGap(channelId: string): Promise<number> {
    const open = await gaps;
    const gap = open.get(channelId);
    if (!gap) return 0;
    let fetched = 0;
    try {
      fetched = await fetchBeyond(channelId, gap);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      logger.warn({ channelId, err: error }, 'a channel can no longer be read');
    }
    open.delete(channelId);
    return fetched;
  }

  async function fetchBeyond(channelId: string, { cursor, memberId, locale }: Gap): Promise<number> {
    let after = cursor;
    let fetched = 0;
    for (;;) {
      const query = new URLSearchParams({ after, limit: String(MAX_PAGE_SIZE) });
      const page = (await callDiscord('read a direct message channel', () =>
        rest.get(Routes.channelMessages(channelId), { query }),
      )) as APIMessage[];
      const oldestFirst = page.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
      for (const message of oldestFirst) {
        after = message.id;
        // In a thread, moderators may have written too.
        if (message.author.id !== memberId) continue;
        await intake.message(message, locale);
        fetched += 1;
      }
      if (page.length < MAX_PAGE_SIZE) return fetched;
    }
  }

  /** Looks for changes in channels whose gap is closed; what arrives in one meanwhile comes after. */
  async function reviewAll(known: [channelId: string, gap: Gap][]): Promise<void> {
    const review = createReview(options);
    const waiting = known.values();
    const worker = async () => {
      for (const [channelId, { memberId, conversationId }] of waiting) {
        if (stopping.signal.aborted) return;
        if (!conversationId) continue;
        await inOrder(channelId, async () => {
          try {
            await review({ channelId, memberId, conversationId });
          } catch (error) {
            if (error instanceof Transient) throw error;
            logger.warn({ channelId, err: error }, 'a channel was not looked through for changes');
          }
        });
      }
    };
    await Promise.all(Array.from({ length: MAX_CONCURRENT_CHANNELS }, worker));
  }

  async function readCursors() {
    const members = await store.db
      .selectFrom('members')
      .select(['id', 'dm_channel_id', 'discord_cursor', 'thread_id', 'thread_cursor', 'locale'])
      .where((eb) => eb.or([eb('discord_cursor', 'is not', null), eb('thread_cursor', 'is not', null)]))
      .where('seen_at', '>', Date.now() - REMEMBERED_MEMBER_AGE_MS)
      .orderBy('seen_at', 'desc')
      .execute();
    const underWay = await store.db
      .selectFrom('conversations')
      .select(['id', 'member_id'])
      .where('phase', '!=', 'closed')
      .execute();
    const conversationOf = new Map(underWay.map(({ id, member_id }) => [member_id, id]));
    return new Map(
      members.flatMap(({ id: memberId, locale, ...member }) =>
        (
          [
            [member.dm_channel_id, member.discord_cursor],
            [member.thread_id, member.thread_cursor],
          ] as const
        ).flatMap(([channelId, cursor]) =>
          channelId && cursor
            ? [
                [
                  channelId,
                  { cursor, memberId, locale, conversationId: conversationOf.get(memberId) },
                ] as const,
              ]
            : [],
        ),
      ),
    );
  }

  return {
    /** What the gateway brings of a channel: after whatever of that channel came before. */
    follow: (channelId: string, work: () => Promise<void>) =>
      inOrder(channelId, async () => {
        await closeGap(channelId);
        await work();
      }),

    /**
     * A new gateway session has begun: fetches what every known channel missed. The cursors are asked for at once, so
     * that a live message that follows waits for its channel's gap.
     */
    async fillGaps(): Promise<void> {
      gaps = pRetry(readCursors, {
        retries: Number.POSITIVE_INFINITY,
        maxTimeout: 15_000,
        signal: stopping.signal,
      });
      const known = [...(await gaps)];
      const channels = known.map(([channelId]) => channelId);
      let fetched = 0;
      const waiting = channels.values();
      const worker = async () => {
        for (const channelId of waiting) {
          await inOrder(channelId, async () => {
            fetched += await closeGap(channelId);
          });
        }
      };
      await Promise.all(Array.from({ length: MAX_CONCURRENT_CHANNELS }, worker));
      if (channels.length > 0)
        logger.info({ channels: channels.length, fetched }, 'direct messages caught up');
      // Nobody's first words need to wait for what became of older ones.
      void reviewAll(known);
    },

    /** Gives what is under way `graceMs` to reach the journal. The rest stays beyond the cursor. */
    async stop(graceMs = 5000): Promise<void> {
      await pTimeout(Promise.all(chains.values()), { milliseconds: graceMs, message: false });
      stopping.abort();
    },
  };
}
