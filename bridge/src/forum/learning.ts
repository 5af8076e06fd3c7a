import { truncate } from '@flexcord/shared/messages/truncate';
import type { Selectable } from 'kysely';
import { nextRevision } from '../knowledge/revision.ts';
import { languageOf } from '../knowledge/text/terms.ts';
import { goneWordsOf, usable } from '../messages/usable-words.ts';
import { steadyNow } from '../store/clock.ts';
import type { Store, Tx } from '../store/open.ts';
import type { SolvedPostsTable } from '../store/schema.ts';
import { textsFor } from '../texts/index.ts';
import { type PublicThread, threadLink } from '../threads/threads.ts';
import { withoutSecrets } from './secrets.ts';

/** A post that was solved, for whoever makes articles. */
export type SolvedPost = Omit<Selectable<SolvedPostsTable>, 'revision'> & { url: string };

const MAX_TITLE_LENGTH = 200;
const MAX_QUESTION_LENGTH = 4_000;
const MAX_ANSWER_LENGTH = 4_000;
const MAX_PAGE_SIZE = 100;

/** Whether nothing may be learned from what somebody writes. */
export async function isNotLearned(db: Tx | Store['db'], memberId: string | null): Promise<boolean> {
  if (memberId === null) return false;
  const row = await db
    .selectFrom('members')
    .select('not_learned_since')
    .where('id', '=', memberId)
    .executeTakeFirst();
  return row?.not_learned_since != null;
}

/** What solved a thread. */
export interface LearnedFrom {
  messageId: string;
  /** Null for an agent. */
  authorId: string | null;
  authorName: string;
  text: string;
}

/**
 * Keeps a solved post as a candidate, without personal details and without what was taken back. Returns whether it was:
 * nothing is kept of who does not want it, or where nothing is left.
 */
export async function learnFrom(
  tx: Tx,
  thread: Pick<PublicThread, 'id' | 'guild_id' | 'channel_id' | 'author_id' | 'title' | 'question'>,
  { messageId, authorId, authorName, text }: LearnedFrom,
  { how, solvedAt }: { how: SolvedPostsTable['how']; solvedAt: number },
): Promise<boolean> {
  if ((await isNotLearned(tx, thread.author_id)) || (await isNotLearned(tx, authorId))) return false;
  const language = languageOf(`${thread.title}\n${thread.question}`);
  const { masked } = textsFor(language).forum;
  const clean = async (words: string, memberId: string | null, length: number) => {
    const left = memberId === null ? words : usable(words, await goneWordsOf(tx, memberId));
    return truncate(withoutSecrets(left, masked).trim(), length).toWellFormed();
  };
  const row = {
    title: await clean(thread.title, thread.author_id, MAX_TITLE_LENGTH),
    question: await clean(thread.question, thread.author_id, MAX_QUESTION_LENGTH),
    answer: await clean(text, authorId, MAX_ANSWER_LENGTH),
    ...{ author_id: thread.author_id, solver_id: authorId, answer_id: messageId, language, how },
    solver_name: authorName.toWellFormed(),
    status: 'new' as const,
    solved_at: solvedAt,
    changed_at: steadyNow(),
    revision: await nextRevision(tx),
  };
  if (row.title === '' || row.answer === '') return false;
  await tx
    .insertInto('solved_posts')
    .values({
      thread_id: thread.id,
      guild_id: thread.guild_id,
      channel_id: thread.channel_id,
      article_id: null,
      ...row,
    })
    .onConflict((conflict) => conflict.column('thread_id').doUpdateSet(row))
    .execute();
  return true;
}

const GONE = {
  title: '',
  question: '',
  answer: '',
  solver_name: '',
  author_id: null,
  solver_id: null,
} as const;

/** Takes candidates away, with all words in them. That there were some stays until everybody has forgotten them. */
async function forget(tx: Tx, threadIds: readonly string[]): Promise<number> {
  if (threadIds.length === 0) return 0;
  await tx
    .updateTable('solved_posts')
    .set({
      ...GONE,
      answer_id: null,
      status: 'gone',
      changed_at: steadyNow(),
      revision: await nextRevision(tx),
    })
    .where('thread_id', 'in', threadIds)
    .where('status', '<>', 'gone')
    .execute();
  return threadIds.length;
}

/** A thread is not solved any longer, or gone. */
export const forgetThread = (tx: Tx, threadId: string): Promise<number> => forget(tx, [threadId]);

/** A message is gone: nothing is answered with it. */
export async function forgetAnswer(store: Store, messageId: string): Promise<void> {
  const row = await store.db
    .selectFrom('solved_posts')
    .select('thread_id')
    .where('answer_id', '=', messageId)
    .executeTakeFirst();
  if (row) await store.transact((tx) => forget(tx, [row.thread_id]));
}

/** Everything of what somebody asked or answered is forgotten. Returns how much that was. */
export async function forgetMember(tx: Tx, memberId: string): Promise<number> {
  const rows = await tx
    .selectFrom('solved_posts')
    .select('thread_id')
    .where((eb) => eb.or([eb('author_id', '=', memberId), eb('solver_id', '=', memberId)]))
    .execute();
  return forget(
    tx,
    rows.map(({ thread_id }) => thread_id),
  );
}

/** How long it stays that a solved post is gone, so that every process has heard of it, in milliseconds. */
const GONE_KEPT_MS = 24 * 3600_000;

/** Solved posts that did not change since `before`, in milliseconds since the epoch, are forgotten. */
export async function forgetOld(tx: Tx, before: number, limit: number): Promise<void> {
  await tx
    .deleteFrom('solved_posts')
    .where('status', '=', 'gone')
    .where('changed_at', '<', steadyNow() - GONE_KEPT_MS)
    .execute();
  const rows = await tx
    .selectFrom('solved_posts')
    .select('thread_id')
    .where('changed_at', '<', before)
    .where('status', '<>', 'gone')
    .limit(limit)
    .execute();
  await forget(
    tx,
    rows.map(({ thread_id }) => thread_id),
  );
}

/** Somebody does not want, or wants again, that others are helped with what they write. The member must be known. */
export async function setLearning(tx: Tx, memberId: string, allowed: boolean): Promise<void> {
  await tx
    .updateTable('members')
    .set({ not_learned_since: allowed ? null : steadyNow() })
    .where('id', '=', memberId)
    .execute();
  if (!allowed) await forgetMember(tx, memberId);
}

/** The answer of a solved post has other words now. */
export async function changeAnswer(tx: Tx, threadId: string, text: string): Promise<void> {
  const row = await tx
    .selectFrom('solved_posts')
    .select('language')
    .where('thread_id', '=', threadId)
    .where('status', '<>', 'gone')
    .executeTakeFirst();
  if (!row) return;
  const answer = truncate(
    withoutSecrets(text, textsFor(row.language).forum.masked).trim(),
    MAX_ANSWER_LENGTH,
  );
  if (answer === '') {
    await forget(tx, [threadId]);
    return;
  }
  await tx
    .updateTable('solved_posts')
    .set({ answer: answer.toWellFormed(), changed_at: steadyNow(), revision: await nextRevision(tx) })
    .where('thread_id', '=', threadId)
    .execute();
}

/** For views of agents: what was solved and may become an article. */
export function solvedPosts(store: Store) {
  const settle = (threadId: string, status: 'new' | 'taken' | 'dismissed', articleId: string | null) =>
    store.transact(async (tx) => {
      const { numUpdatedRows } = await tx
        .updateTable('solved_posts')
        .set({ status, article_id: articleId, changed_at: steadyNow(), revision: await nextRevision(tx) })
        .where('thread_id', '=', threadId)
        .where('status', '<>', 'gone')
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    });
  return {
    /** Newest first; those solved before `before`, in milliseconds since the epoch. At most 100. */
    async list({
      status = 'new',
      channelId,
      before,
      limit = 50,
    }: {
      status?: 'new' | 'taken' | 'dismissed';
      channelId?: string;
      before?: number;
      limit?: number;
    } = {}): Promise<SolvedPost[]> {
      const rows = await store.db
        .selectFrom('solved_posts')
        .selectAll()
        .where('status', '=', status)
        .$if(channelId !== undefined, (query) => query.where('channel_id', '=', channelId ?? ''))
        .$if(before !== undefined, (query) => query.where('solved_at', '<', before ?? 0))
        .orderBy('solved_at', 'desc')
        .limit(Math.min(limit, MAX_PAGE_SIZE))
        .execute();
      return rows.map(({ revision: _, ...row }) => ({
        ...row,
        url: threadLink({ guild_id: row.guild_id, id: row.thread_id }),
      }));
    },
    /** An article was made of it. False where it is gone. */
    taken: (threadId: string, articleId: string) => settle(threadId, 'taken', articleId),
    /** Nobody wants an article of it; it answers nothing any longer, either. */
    dismiss: (threadId: string) => settle(threadId, 'dismissed', null),
    /** It is a candidate again. */
    restore: (threadId: string) => settle(threadId, 'new', null),
  };
}
