import { DAY_MS, MINUTE_MS } from '@flexcord/shared/time';
import { ERASED_MEMBER_ID } from '../members/erased.ts';
import { TEAM_MEMBER_ID } from '../members/team.ts';
import { madeAt } from '../messages/snowflake.ts';
import type { Store } from '../store/open.ts';
import type { ReportSource } from '../store/schema.ts';
import { type Asked, MAX_ASKED } from './radar.ts';

/** A question, and where it was asked. */
export interface Question extends Omit<Asked, 'terms'> {
  source: ReportSource;
  ref: string;
  /** The words of it. */
  text: string;
}

/** What one kind of places has, and from when on that is all of it. */
interface Part {
  found: Question[];
  from: number;
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

  /** `rows`: newest first. Where there may be more than were read, what is older than the last is not all. */
  function partOf<Row>(
    rows: readonly Row[],
    since: number,
    read: (row: Row) => Pick<Question, 'id' | 'source' | 'ref' | 'memberId' | 'at' | 'text'> | null,
  ): Part {
    const found = rows.flatMap((row) => {
      const one = read(row);
      if (!one || one.at <= since || NOBODY.includes(one.memberId)) return [];
      return [{ ...one, isNewAccount: one.at - (madeAt(one.memberId) ?? one.at) < newAccountMs }];
    });
    return { found, from: rows.length < MAX_ROWS ? since : (found.at(-1)?.at ?? since) };
  }

  /** What the virtual agent was asked. */
  async function turns(after: number, since: number) {
    const rows = await store.db
      .selectFrom('bot_turns')
      .innerJoin('conversations', 'conversations.id', 'bot_turns.conversation_id')
      .select(['bot_turns.id', 'bot_turns.question', 'bot_turns.at', 'conversation_id', 'member_id'])
      .where('bot_turns.id', '>', after)
      .orderBy('bot_turns.id', 'desc')
      .limit(MAX_ROWS)
      .execute();
    const part = partOf(rows, since, (row) => ({
      ...{ id: `turn:${row.id}`, source: 'conversation', ref: row.conversation_id, memberId: row.member_id },
      ...{ at: Number(row.at), text: row.question },
    }));
    return { ...part, last: Number(rows[0]?.id ?? after) };
  }

  /** What was asked in private of a person at once. */
  async function conversations(since: number) {
    const rows = await store.db
      .selectFrom('conversations')
      .select(['id', 'member_id', 'topic', 'opened_at'])
      .where('opened_at', '>', since)
      .where('thread_id', 'is', null)
      .where('topic', 'is not', null)
      .orderBy('opened_at', 'desc')
      .limit(MAX_ROWS)
      .execute();
    return partOf(rows, since, (row) => ({
      ...{ id: `conversation:${row.id}`, source: 'conversation', ref: row.id, memberId: row.member_id },
      ...{ at: Number(row.opened_at), text: row.topic ?? '' },
    }));
  }

  async function posts(since: number) {
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
    return partOf(rows, since, (row) => ({
      ...{ id: `post:${row.id}`, source: 'post', ref: row.id, memberId: row.author_id ?? '' },
      ...{ at: Number(row.opened_at), text: `${row.title}\n${row.question}` },
    }));
  }

  async function bugs(after: number, since: number) {
    const rows = await store.db
      .selectFrom('cases')
      .select(['number', 'member_id', 'title', 'description', 'type', 'created_at'])
      .where('number', '>', after)
      .where('deleted_at', 'is', null)
      .orderBy('number', 'desc')
      .limit(MAX_ROWS)
      .execute();
    const part = partOf(rows, since, (row) =>
      row.type === 'bug'
        ? {
            ...{ id: `case:${row.number}`, source: 'case', ref: String(row.number), memberId: row.member_id },
            ...{ at: row.created_at, text: `${row.title}\n${row.description}` },
          }
        : null,
    );
    return { ...part, last: rows[0]?.number ?? after };
  }

  return {
    /**
     * What was asked since the last call, oldest first, and what was asked shortly before that once more, as it may say something
     * else by now; at first, what was asked before.
     */
    async next(now: number): Promise<Question[]> {
      const from = cursors ?? { turn: 0, bug: 0, since: now - MAX_AGE_MS };
      const since = cursors ? from.since - OVERLAP_MS : from.since;
      const [turned, conversed, posted, reported] = await Promise.all([
        turns(Math.max(0, from.turn - OVERLAP_ROWS), cursors ? 0 : since),
        conversations(since),
        posts(since),
        bugs(Math.max(0, from.bug - OVERLAP_ROWS), cursors ? 0 : since),
      ]);
      const parts: Part[] = [turned, conversed, posted, reported];
      // Of all kinds from the same time on, or what is usual of one would be less than it is.
      const whole = cursors ? 0 : Math.max(...parts.map((part) => part.from));
      cursors = { turn: turned.last, bug: reported.last, since: now };
      return parts
        .flatMap(({ found }) => found)
        .filter(({ at }) => at >= whole)
        .sort((one, other) => one.at - other.at)
        .slice(-MAX_ASKED);
    },
  };
}

export type Questions = ReturnType<typeof createQuestions>;
