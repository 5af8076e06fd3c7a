import { DAY_MS } from '@flexcord/shared/time';
import type { Logger } from 'pino';
import type { Cards } from '../cases/public/cards.ts';
import { forgetOld } from '../forum/learning.ts';
import { changeLesson } from '../knowledge/feedback/words.ts';
import { ERASED_MEMBER_ID } from '../members/erased.ts';
import { TEAM_MEMBER_ID } from '../members/team.ts';
import { steadyNow } from '../store/clock.ts';
import type { Store, Tx } from '../store/open.ts';
import type { MemberEraser } from '../twilio/conversations/erase-member.ts';
import { deleteConversations } from './delete-conversations.ts';
import { emptyCase } from './erase-cases.ts';

/** How long things are kept, in days; 0 for ever. */
export interface RetentionDays {
  conversations: number;
  cases: number;
  notes: number;
  lessons: number;
  journal: number;
  members: number;
}

export interface RetentionOptions {
  store: Store;
  days: RetentionDays;
  /** Deletes a conversation at Twilio too; null where it stays there. */
  twilio: Pick<MemberEraser, 'eraseConversation'> | null;
  cards: Pick<Cards, 'touch'>;
  /** Title of a case whose text is gone, and what stands where a member's name was. */
  words: { case: string; member: string };
  logger: Pick<Logger, 'info' | 'error'>;
  /** Rows of one transaction. Default 200. */
  batchSize?: number;
}

/** Between two transactions, so that messages are not held up, in milliseconds. */
const PAUSE_MS = 50;

/**
 * Deletes what is older than the operator wants it kept, a bounded number of rows in a transaction. What fails is logged and
 * tried again with the next round; a round that was broken off goes on with the next.
 */
export function createRetention(options: RetentionOptions) {
  const { store, days, twilio, cards, words, logger, batchSize = 200 } = options;

  /** Deletes up to a batch of what is older than `before`; returns how many were looked at. */
  type Step = (before: number) => Promise<number>;

  async function conversations(before: number): Promise<number> {
    const rows = await store.db
      .selectFrom('conversations')
      .select(['id', 'twilio_sid'])
      .where('phase', '=', 'closed')
      .where('closed_at', '<', before)
      .orderBy('closed_at')
      .limit(batchSize)
      .execute();
    // What is not gone at Twilio stays known here, or nobody would find it again.
    if (twilio)
      for (const { twilio_sid } of rows)
        if (twilio_sid) await twilio.eraseConversation(twilio_sid, words.member);
    if (rows.length > 0) await store.transact((tx) => deleteConversations(tx, rows));
    return rows.length + (await threads(before));
  }

  /** What is known of public threads; their words stay on Discord. */
  const threads = (before: number): Promise<number> =>
    store.transact(async (tx) => {
      const rows = await tx
        .selectFrom('public_threads')
        .select('id')
        .where('changed_at', '<', before)
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('conversations')
                .select('conversations.id')
                .whereRef('conversations.thread_id', '=', 'public_threads.id'),
            ),
          ),
        )
        .limit(batchSize)
        .execute();
      const ids = rows.map(({ id }) => id);
      if (ids.length === 0) return 0;
      await tx.deleteFrom('forum_posts').where('thread_id', 'in', ids).execute();
      await tx.deleteFrom('public_threads').where('id', 'in', ids).execute();
      return ids.length;
    });

  async function cases(before: number): Promise<number> {
    const rows = await store.db
      .selectFrom('cases')
      .select('number')
      .where('changed_at', '<', before)
      .where((eb) => eb.or([eb('status', 'in', ['resolved', 'closed']), eb('deleted_at', 'is not', null)]))
      .where((eb) => eb.or([eb('title', '<>', words.case), eb('description', '<>', '')]))
      .limit(batchSize)
      .execute();
    for (const { number } of rows)
      await store.transact(async (tx) => {
        await emptyCase(store, tx, number, { title: words.case });
        for (const table of ['case_messages', 'webhook_deliveries'] as const)
          await tx.deleteFrom(table).where('case_number', '=', number).execute();
        // Of an incident, that there was one stays, and how many asked when it was noticed.
        await tx.deleteFrom('incident_reports').where('incident', '=', number).execute();
        await tx
          .updateTable('incidents')
          .set({ words_of: null, notice: null, over: null, answers: 0, signature: '{}' })
          .where('case_number', '=', number)
          .execute();
        await cards.touch(tx, number);
      });
    return rows.length;
  }

  const notes: Step = (before) =>
    inBatch(
      (tx) => tx.selectFrom('member_notes').select('id').where('created_at', '<', before).limit(batchSize),
      (tx, ids) => tx.deleteFrom('member_notes').where('id', 'in', ids).execute(),
    );

  async function lessons(before: number): Promise<number> {
    await store.transact((tx) => forgetOld(tx, before, batchSize));
    await inBatch(
      (tx) => tx.selectFrom('knowledge_feedback').select('id').where('at', '<', before).limit(batchSize),
      (tx, ids) => tx.deleteFrom('knowledge_feedback').where('id', 'in', ids).execute(),
    );
    return inBatch(
      (tx) =>
        tx
          .selectFrom('knowledge_lessons')
          .select('id')
          .where('created_at', '<', before)
          .where('question', '<>', '')
          .limit(batchSize),
      async (tx, ids) => {
        for (const id of ids) await changeLesson(tx, id, '');
      },
    );
  }

  const journal: Step = (before) =>
    inBatch(
      (tx) =>
        tx
          .selectFrom('journal')
          .select('id')
          .where('status', '=', 'done')
          .where('finished_at', '<', before)
          .where('payload', '<>', 'null')
          .limit(batchSize),
      // Its key stays, so that the same event that comes again is known.
      (tx, ids) => tx.updateTable('journal').set({ payload: 'null' }).where('id', 'in', ids).execute(),
    );

  async function members(before: number): Promise<number> {
    return store.transact(async (tx) => {
      const rows = await tx
        .selectFrom('members')
        .select('id')
        .where('seen_at', '<', before)
        .where('id', 'not in', [ERASED_MEMBER_ID, TEAM_MEMBER_ID])
        // Who is blocked stays so.
        .where('blocked_at', 'is', null)
        .where((eb) =>
          eb.and(
            (['conversations', 'cases', 'case_votes', 'case_followers', 'member_notes'] as const).map(
              (table) =>
                eb.not(
                  eb.exists(
                    eb
                      .selectFrom(table)
                      .select(`${table}.member_id`)
                      .whereRef(`${table}.member_id`, '=', 'members.id'),
                  ),
                ),
            ),
          ),
        )
        .limit(batchSize)
        .execute();
      const ids = ['', ...rows.map(({ id }) => id)];
      for (const table of ['messages', 'reactions'] as const)
        await tx.deleteFrom(table).where('member_id', 'in', ids).execute();
      await tx
        .updateTable('incident_reports')
        .set({ member_id: null })
        .where('member_id', 'in', ids)
        .execute();
      await tx.deleteFrom('members').where('id', 'in', ids).execute();
      return rows.length;
    });
  }

  function inBatch(
    find: (tx: Tx) => { execute(): Promise<{ id: number }[]> },
    remove: (tx: Tx, ids: number[]) => Promise<unknown>,
  ): Promise<number> {
    return store.transact(async (tx) => {
      const ids = (await find(tx).execute()).map(({ id }) => id);
      if (ids.length > 0) await remove(tx, ids);
      return ids.length;
    });
  }

  // Profiles last: nothing may refer to them any more.
  const steps: [keyof RetentionDays, Step][] = [
    ['conversations', conversations],
    ['cases', cases],
    ['notes', notes],
    ['lessons', lessons],
    ['journal', journal],
    ['members', members],
  ];

  return {
    /** One round. Ends early when `signal` is aborted. Returns how many of each were deleted. */
    async run(signal: AbortSignal): Promise<Partial<Record<keyof RetentionDays, number>>> {
      const deleted: Partial<Record<keyof RetentionDays, number>> = {};
      for (const [what, step] of steps) {
        if (days[what] === 0) continue;
        const before = steadyNow() - days[what] * DAY_MS;
        try {
          for (let found = batchSize; found >= batchSize && !signal.aborted; ) {
            found = await step(before);
            if (found > 0) deleted[what] = (deleted[what] ?? 0) + found;
            if (found >= batchSize) await Bun.sleep(PAUSE_MS);
          }
        } catch (err) {
          logger.error({ err, what }, 'what is too old could not be deleted; it is tried again in an hour');
        }
      }
      if (Object.keys(deleted).length > 0) logger.info({ deleted }, 'what was too old is deleted');
      return deleted;
    },
  };
}
