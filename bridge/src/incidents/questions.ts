import { DAY_MS, MINUTE_MS } from '@flexcord/shared/time';
import { ERASED_MEMBER_ID } from '../members/erased.ts';
import { TEAM_MEMBER_ID } from '../members/team.ts';
import { madeAt } from '../messages/snowflake.ts';
import type { Store } from '../store/open.ts';
import type { ReportSource } from '../store/schema.ts';
import { termsOf } from './likeness.ts';
import { type Asked, MAX_ASKED } from './radar.ts';

/** A question, and where it was asked. */
export interface Question extends Asked {
  source: ReportSource;
  ref: string;
  /** The words of it. */
  text: string;
}

/** Of before that are known when a process begins to listen; what is older says little of what is usual. */
const MAX_AGE_MS = 14 * DAY_MS;
/** Of each kind that one look reads. */
const MAX_ROWS = 2_000;
/** How far back each look goes: what was opened may say only later what it is about. */
const OVERLAP_MS = 10 * MINUTE_MS;
/** Numbers that another process may commit after a higher one. */
const OVERLAP_ROWS = 50;
/** Cases of nobody in particular. */
const NOBODY = [ERASED_MEMBER_ID, TEAM_MEMBER_ID];

/**
 * Reads what members asked: in private, in public, and as bugs. All of it is kept by those who answer it, so a question costs
 * nothing when it is asked; each look reads what came since the last one, by indexes.
 */
export function createQuestions(store: Store, newAccountMs: number) {
  let cursors: { turn: number; bug: number; since: number } | undefined;

  const question = (
    id: string,
    source: ReportSource,
    ref: string,
    { memberId, at, text }: { memberId: string; at: number; text: string },
  ): Question => ({
    ...{ id, source, ref, memberId, at, text, terms: termsOf(text) },
    isNewAccount: at - (madeAt(memberId) ?? at) < newAccountMs,
  });

  /** What the virtual agent was asked, newest first. */
  async function turns(after: number, since: number): Promise<{ last: number; found: Question[] }> {
    const rows = await store.db
      .selectFrom('bot_turns')
      .innerJoin('conversations', 'conversations.id', 'bot_turns.conversation_id')
      .select(['bot_turns.id', 'bot_turns.question', 'bot_turns.at', 'conversation_id', 'member_id'])
      .where('bot_turns.id', '>', after)
      .orderBy('bot_turns.id', 'desc')
      .limit(MAX_ROWS)
      .execute();
    return {
      last: Number(rows[0]?.id ?? after),
      found: rows
        .filter(({ at }) => Number(at) > since)
        .map(({ id, question: text, at, conversation_id, member_id: memberId }) =>
          question(`turn:${id}`, 'conversation', conversation_id, { memberId, at: Number(at), text }),
        ),
    };
  }

  /** What was asked in private of a person at once. */
  async function conversations(since: number): Promise<Question[]> {
    const rows = await store.db
      .selectFrom('conversations')
      .select(['id', 'member_id', 'topic', 'opened_at'])
      .where('opened_at', '>', since)
      .where('thread_id', 'is', null)
      .where('topic', 'is not', null)
      .orderBy('opened_at', 'desc')
      .limit(MAX_ROWS)
      .execute();
    return rows.map(({ id, member_id: memberId, topic, opened_at: at }) =>
      question(`conversation:${id}`, 'conversation', id, { memberId, at: Number(at), text: topic ?? '' }),
    );
  }

  async function posts(since: number): Promise<Question[]> {
    const rows = await store.db
      .selectFrom('public_threads')
      .select(['id', 'author_id', 'title', 'question', 'opened_at'])
      .where('opened_at', '>', since)
      .where('adopted', '=', 0)
      .where('access', '<>', 'deleted')
      .where('author_id', 'is not', null)
      .orderBy('opened_at', 'desc')
      .limit(MAX_ROWS)
      .execute();
    return rows.map(({ id, author_id, title, question: words, opened_at: at }) =>
      question(`post:${id}`, 'post', id, {
        ...{ memberId: author_id ?? '', at: Number(at) },
        text: `${title}\n${words}`,
      }),
    );
  }

  async function bugs(after: number, since: number): Promise<{ last: number; found: Question[] }> {
    const rows = await store.db
      .selectFrom('cases')
      .select(['number', 'member_id', 'title', 'description', 'type', 'created_at'])
      .where('number', '>', after)
      .where('deleted_at', 'is', null)
      .orderBy('number', 'desc')
      .limit(MAX_ROWS)
      .execute();
    return {
      last: rows[0]?.number ?? after,
      found: rows
        .filter(
          ({ type, member_id, created_at }) =>
            type === 'bug' && !NOBODY.includes(member_id) && created_at > since,
        )
        .map(({ number, member_id: memberId, title, description, created_at: at }) =>
          question(`case:${number}`, 'case', String(number), {
            memberId,
            at,
            text: `${title}\n${description}`,
          }),
        ),
    };
  }

  return {
    /** What was asked since the last call, oldest first, and once more what may say something else by now; at first, what was asked before. */
    async next(now: number): Promise<Question[]> {
      const from = cursors ?? { turn: 0, bug: 0, since: now - MAX_AGE_MS };
      const since = cursors ? from.since - OVERLAP_MS : from.since;
      const [turned, conversed, posted, reported] = await Promise.all([
        turns(Math.max(0, from.turn - OVERLAP_ROWS), cursors ? 0 : since),
        conversations(since),
        posts(since),
        bugs(Math.max(0, from.bug - OVERLAP_ROWS), cursors ? 0 : since),
      ]);
      cursors = { turn: turned.last, bug: reported.last, since: now };
      return [...turned.found, ...conversed, ...posted, ...reported.found]
        .sort((one, other) => one.at - other.at)
        .slice(-MAX_ASKED);
    },
  };
}

export type Questions = ReturnType<typeof createQuestions>;
