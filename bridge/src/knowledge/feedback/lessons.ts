import { truncate } from '@flexcord/shared/messages/truncate';
import type { Selectable } from 'kysely';
import type { Store, Tx } from '../../store/open.ts';
import { toPage } from '../../store/paging.ts';
import type { KnowledgeLessonsTable } from '../../store/schema.ts';
import { nextRevision } from '../revision.ts';
import { keyOf } from './knowledge-gaps.ts';

type Db = Store['db'] | Tx;

/** Something learned: a question and how much it speaks for an article, or against it. */
export interface Lesson {
  id: number;
  /**
   * `thumb`: an agent's judgement; `solved`: the member's *That solved it*; `sent`: an agent sent the article, which teaches
   * nothing by itself.
   */
  source: 'thumb' | 'solved' | 'sent';
  articleId: string;
  question: string;
  /** Above 0: the article answers the question. Below: it does not. Never 0. */
  weight: number;
  /** Milliseconds since the epoch. */
  createdAt: number;
  /** Flex identity of the agent that it was learned from. */
  actorIdentity: string | null;
  undone: { at: number; by: string } | null;
  /** When it last changed, in the order of all changes of the knowledge. */
  revision: number;
}

export interface NewLesson {
  source: Lesson['source'];
  articleId: string;
  question: string;
  /** Finite and not 0. */
  weight: number;
  conversationId?: string | null;
  actorIdentity?: string | null;
}

const MAX_QUESTION_LENGTH = 1_000;
const PAGE_SIZE = 50;

/** Keeps a lesson; null for one without a question. */
export async function recordLesson(tx: Tx, lesson: NewLesson): Promise<number | null> {
  const question = truncate(lesson.question.trim(), MAX_QUESTION_LENGTH);
  if (question === '' || !Number.isFinite(lesson.weight) || lesson.weight === 0) return null;
  const { id } = await tx
    .insertInto('knowledge_lessons')
    .values({
      source: lesson.source,
      article_id: lesson.articleId,
      question,
      weight: lesson.weight,
      conversation_id: lesson.conversationId ?? null,
      actor_identity: lesson.actorIdentity ?? null,
      revision: await nextRevision(tx),
      created_at: Date.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/**
 * The lessons that hold, oldest first. With `changedAfter`, all that were learned, undone or redone after that
 * revision, those that were undone included: what a process that knew the rest has to take in.
 */
export async function lessons(
  db: Db,
  { articleId, changedAfter }: { articleId?: string; changedAfter?: number } = {},
): Promise<Lesson[]> {
  let query = db.selectFrom('knowledge_lessons').selectAll().orderBy('id');
  if (articleId !== undefined) query = query.where('article_id', '=', articleId);
  query =
    changedAfter === undefined
      ? query.where('undone_at', 'is', null)
      : query.where('revision', '>', changedAfter);
  return (await query.execute()).map(fromRow);
}

/**
 * The lessons of an article that are learned from, oldest first: what an agent judged; what one sent and the member then
 * confirmed; and what two members, or a member and an agent, say of much the same question. A slip, or somebody who means
 * ill, teaches nothing.
 */
export async function confirmedLessons(db: Db, articleId: string): Promise<Lesson[]> {
  const rows = await db
    .selectFrom('knowledge_lessons')
    .leftJoin('conversations', 'conversations.id', 'knowledge_lessons.conversation_id')
    .selectAll('knowledge_lessons')
    .select('conversations.member_id')
    .where('knowledge_lessons.article_id', '=', articleId)
    .where('knowledge_lessons.undone_at', 'is', null)
    .orderBy('knowledge_lessons.id')
    .execute();
  const keyed = rows.map((row) => ({ row, terms: new Set(keyOf(row.question).split(' ')) }));
  return keyed
    .filter(({ row, terms }) => {
      if (row.source !== 'solved') return row.source === 'thumb';
      return keyed.some((other) => {
        if (other.row.source === 'sent') return other.row.conversation_id === row.conversation_id;
        const others = other.row.source === 'thumb' || other.row.member_id !== row.member_id;
        return others && other.row.weight > 0 && alike(terms, other.terms);
      });
    })
    .map(({ row }) => fromRow(row));
}

/** Share of telling words that two wordings of one question have in common. */
const MIN_SIMILARITY = 0.5;

function alike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const both = [...one].filter((term) => other.has(term)).length;
  return both / (one.size + other.size - both) >= MIN_SIMILARITY;
}

/** Lessons for review, newest first, a page at a time; `before` is the last id of the page before. */
export async function reviewLessons(
  db: Db,
  { articleId, undone, before }: { articleId?: string; undone?: boolean; before?: number },
): Promise<{ lessons: Lesson[]; nextCursor: string | null }> {
  let query = db
    .selectFrom('knowledge_lessons')
    .selectAll()
    // Of one whose question was taken back nothing is left to judge.
    .where('question', '<>', '')
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1);
  if (articleId !== undefined) query = query.where('article_id', '=', articleId);
  if (undone !== undefined) query = query.where('undone_at', undone ? 'is not' : 'is', null);
  if (before !== undefined) query = query.where('id', '<', before);
  const { rows, nextCursor } = toPage(await query.execute(), PAGE_SIZE, ({ id }) => String(id));
  return { lessons: rows.map(fromRow), nextCursor };
}

/** Takes a lesson back; undefined for one that does not exist. Doing it again changes nothing. */
export async function undoLesson(tx: Tx, id: number, by: string): Promise<Lesson | undefined> {
  return mark(tx, id, { undone_at: Date.now(), undone_by: by });
}

/** Lets a lesson hold again; undefined for one that does not exist. */
export async function redoLesson(tx: Tx, id: number): Promise<Lesson | undefined> {
  return mark(tx, id, { undone_at: null, undone_by: null });
}

async function mark(
  tx: Tx,
  id: number,
  undone: { undone_at: number | null; undone_by: string | null },
): Promise<Lesson | undefined> {
  const row = await tx.selectFrom('knowledge_lessons').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || (row.undone_at === null) === (undone.undone_at === null)) return row && fromRow(row);
  const changed = await tx
    .updateTable('knowledge_lessons')
    .set({ ...undone, revision: await nextRevision(tx) })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return fromRow(changed);
}

function fromRow(row: Selectable<KnowledgeLessonsTable>): Lesson {
  return {
    id: row.id,
    source: row.source,
    articleId: row.article_id,
    question: row.question,
    weight: row.weight,
    createdAt: row.created_at,
    actorIdentity: row.actor_identity,
    undone: row.undone_at === null ? null : { at: row.undone_at, by: row.undone_by ?? '' },
    revision: row.revision,
  };
}
