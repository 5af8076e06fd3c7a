import type { Selectable } from 'kysely';
import { steadyNow } from '../store/clock.ts';
import type { Store, Tx } from '../store/open.ts';
import type { ForumPostsTable } from '../store/schema.ts';
import type { ForumCard } from './cards.ts';

type Row = Selectable<ForumPostsTable>;

/** How far the desk is with a post. */
export type ForumPost = Omit<Row, 'offers'> & {
  /** What was shown: `article:<id>` and `post:<thread id>`, in order. */
  offers: string[];
};

export type PostChange = Partial<Omit<Row, 'thread_id' | 'offers'> & { offers: string[] }>;

const read = ({ offers, ...rest }: Row): ForumPost => ({ ...rest, offers: JSON.parse(offers) as string[] });

/** What is known of a post; written down where it is the first time. */
export async function postOf(tx: Tx, threadId: string): Promise<ForumPost> {
  await tx
    .insertInto('forum_posts')
    .values({
      ...{ thread_id: threadId, spoke_at: steadyNow(), said: null, answer_message_id: null },
      ...{ latest_answer_id: null, shown_at: null, reminded_at: null, warned_at: null, escalated_at: null },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return read(
    await tx
      .selectFrom('forum_posts')
      .selectAll()
      .where('thread_id', '=', threadId)
      .executeTakeFirstOrThrow(),
  );
}

export async function findPost(db: Store['db'] | Tx, threadId: string): Promise<ForumPost | undefined> {
  const row = await db
    .selectFrom('forum_posts')
    .selectAll()
    .where('thread_id', '=', threadId)
    .executeTakeFirst();
  return row && read(row);
}

export async function changePost(tx: Tx, threadId: string, { offers, ...rest }: PostChange): Promise<void> {
  const change = { ...rest, ...(offers === undefined ? {} : { offers: JSON.stringify(offers) }) };
  if (Object.keys(change).length === 0) return;
  await tx.updateTable('forum_posts').set(change).where('thread_id', '=', threadId).execute();
}

/**
 * How many posts of an author were shown an answer, or brought to the team, within the last milliseconds; `except` is left out.
 * None of an author who was erased.
 */
export async function countPosts(
  tx: Tx,
  authorId: string | null,
  what: 'shown_at' | 'escalated_at',
  withinMs: number,
  except = '',
): Promise<number> {
  if (authorId === null) return 0;
  const { posts } = await tx
    .selectFrom('forum_posts')
    .innerJoin('public_threads', 'public_threads.id', 'forum_posts.thread_id')
    .select((eb) => eb.fn.countAll<number>().as('posts'))
    .where('public_threads.author_id', '=', authorId)
    .where('public_threads.id', '<>', except)
    .where(`forum_posts.${what}`, '>', steadyNow() - withinMs)
    .executeTakeFirstOrThrow();
  return Number(posts);
}

/** A card is in its thread; called in the transaction that settles its delivery. */
export async function noteCardSent(
  tx: Tx,
  threadId: string,
  card: ForumCard,
  messageId: string,
): Promise<void> {
  if (card.is !== 'answer') return;
  await changePost(tx, threadId, { answer_message_id: messageId });
  await tx
    .updateTable('public_threads')
    .set({ answer_id: messageId })
    .where('id', '=', threadId)
    .where('answered_by', '=', 'virtual-agent')
    .where('answer_id', 'is', null)
    .execute();
}
