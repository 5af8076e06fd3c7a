import type { Relay } from '../relay/relay.ts';
import { steadyNow } from '../store/clock.ts';
import type { Store, Tx } from '../store/open.ts';
import type { PublicChannel } from '../threads/channels.ts';
import type { PublicThread } from '../threads/threads.ts';
import { forumAdoption } from './entries.ts';
import { type LearnedFrom, learnFrom } from './learning.ts';

/** Archived threads of a forum that are looked at, the newest first: some years of a busy server. */
export const MAX_ADOPTED = 2_000;

/** A message of a thread that was there before, as far as it tells what solved it. */
export interface OldMessage {
  id: string;
  authorId: string;
  authorName: string;
  isBot: boolean;
  text: string;
  isPinned: boolean;
  /** Characters of the reactions to it. */
  reactions: string[];
}

/** Signs by which people mark an answer. */
const MARKS = new Set(['✅', '☑️', '☑', '✔️', '✔']);

/**
 * Which message of an old thread solved it: the one that is marked, else pinned, else the last before its author's thanks. Null
 * where nothing says so; nobody guesses.
 */
export function solutionIn(
  messages: readonly OldMessage[],
  authorId: string,
  isThanks: (text: string) => boolean,
): OldMessage | null {
  const others = messages.filter(
    ({ authorId: by, isBot, text }) => by !== authorId && !isBot && text.trim() !== '',
  );
  const marked = others.findLast(({ reactions }) => reactions.some((sign) => MARKS.has(sign)));
  if (marked) return marked;
  const pinned = others.findLast(({ isPinned }) => isPinned);
  if (pinned) return pinned;
  const thanks = messages.findLastIndex(({ authorId: by, text }) => by === authorId && isThanks(text));
  if (thanks < 0) return null;
  return messages.slice(0, thanks).findLast((message) => others.includes(message)) ?? null;
}

/** What a page of archived threads taught. */
export interface AdoptedPage {
  /** Threads that were solved, with what solved them. */
  learned: {
    thread: Pick<PublicThread, 'id' | 'guild_id' | 'channel_id' | 'author_id' | 'title' | 'question'>;
    solution: LearnedFrom;
    at: number;
  }[];
  looked: number;
  /** Where the next page goes on (RFC 3339); null where there is none. */
  before: string | null;
}

/** Remembers how far the past of forums is learned from. Each page is committed with where the next one goes on. */
export function createAdoption({ store, relay }: { store: Store; relay: Relay }) {
  const find = (channelId: string) =>
    store.db.selectFrom('forum_adoptions').selectAll().where('channel_id', '=', channelId).executeTakeFirst();

  return {
    find,

    /** Begins to learn from what a forum holds, once for each time that it begins to be served. */
    async begin(
      tx: Tx,
      channels: readonly Pick<PublicChannel, 'id' | 'served_since' | 'rule'>[],
    ): Promise<void> {
      for (const { id, served_since: since } of channels)
        await relay.append(tx, forumAdoption({ channelId: id, since }));
    },

    /** Where to go on; null where it is done. */
    async progress(channelId: string): Promise<{ before: string | null } | null> {
      const row = await find(channelId);
      if (row && row.ended_at !== null) return null;
      return { before: row?.before ?? null };
    },

    /** Keeps what a page taught. Returns whether there is more to look at. */
    async keep(channelId: string, { learned, looked, before }: AdoptedPage): Promise<boolean> {
      return store.transact(async (tx) => {
        const now = steadyNow();
        let count = 0;
        for (const { thread, solution, at } of learned) {
          const known = await tx
            .selectFrom('solved_posts')
            .select('thread_id')
            .where('thread_id', '=', thread.id)
            .executeTakeFirst();
          // What was decided here since is worth more, and what was taken back stays so.
          if (!known && (await learnFrom(tx, thread, solution, { how: 'adopted', solvedAt: at }))) count += 1;
        }
        const row = await tx
          .selectFrom('forum_adoptions')
          .selectAll()
          .where('channel_id', '=', channelId)
          .executeTakeFirst();
        const total = (row?.looked_at ?? 0) + looked;
        const isOver = before === null || total >= MAX_ADOPTED;
        const state = {
          ...{ before, looked_at: total, learned: (row?.learned ?? 0) + count },
          ended_at: isOver ? now : null,
        };
        await tx
          .insertInto('forum_adoptions')
          .values({ channel_id: channelId, began_at: now, ...state })
          .onConflict((conflict) => conflict.column('channel_id').doUpdateSet(state))
          .execute();
        return !isOver;
      });
    },
  };
}

export type Adoption = ReturnType<typeof createAdoption>;
