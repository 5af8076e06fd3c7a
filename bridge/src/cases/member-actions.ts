import { CASE_LIMITS } from '@flexcord/shared/panel/case';
import { isUnfinished } from '@flexcord/shared/panel/case-status';
import type { Result } from '@flexcord/shared/result';
import type { Tx } from '../store/open.ts';
import {
  type Actor,
  type CaseRefusal,
  type CaseResult,
  type Decision,
  illegal,
  write,
} from './case-change.ts';
import type { CaseWriter } from './case-writer.ts';
import { type Checked, checkText, invalid, valid } from './rules.ts';
import { finishedAt, mayMove } from './transitions.ts';
import type { CaseRow } from './view.ts';

/** The member who acts on a case. */
export interface CaseMember {
  id: string;
  name: string;
}

const actorOf = ({ id, name }: CaseMember): Actor => ({ identity: null, name, memberId: id });

/** What members can do with cases. Another member's case is `missing` to them. */
export function createMemberActions(writer: CaseWriter) {
  const { change } = writer;
  /** Locks the case; for a duplicate, the one that it was merged into. */
  async function lockMeant(tx: Tx, number: number): Promise<CaseRow | undefined> {
    const row = await writer.lock(tx, number);
    return row?.merged_into == null ? row : writer.lock(tx, row.merged_into);
  }

  /** What a member does with a case of their own. */
  const byMember = (
    tx: Tx,
    member: CaseMember,
    number: number,
    decide: (row: CaseRow) => Decision,
  ): Promise<CaseResult> =>
    change(tx, number, null, actorOf(member), (row) =>
      row.member_id === member.id ? decide(row) : { is: 'missing' },
    );

  const move = (
    tx: Tx,
    number: number,
    member: CaseMember,
    to: 'open' | 'resolved' | 'closed',
    text: string,
  ) =>
    byMember(tx, member, number, (row) =>
      mayMove(row.status, to)
        ? write({
            kind: 'status',
            text,
            fields: { status: to, resolved_at: finishedAt(row, to), unanswered_since: null },
          })
        : illegal(row),
    );

  return {
    /** Illegal for a case that is finished already. */
    solvedByMember: (tx: Tx, member: CaseMember, number: number): Promise<CaseResult> =>
      move(tx, number, member, 'resolved', 'The member says that it is solved'),

    /** The answer to a check-in: reopens a case that waits for the member. Illegal for a finished one. */
    unsolvedByMember: (tx: Tx, member: CaseMember, number: number): Promise<CaseResult> =>
      byMember(tx, member, number, (row) =>
        isUnfinished(row.status)
          ? write({
              kind: 'status',
              text: 'The member says that it is not solved',
              fields: { status: row.status === 'waiting' ? 'open' : row.status, ...waitsNow(row) },
            })
          : illegal(row),
      ),

    /** Illegal for a case that is not finished. */
    reopenedByMember: (tx: Tx, member: CaseMember, number: number): Promise<CaseResult> =>
      byMember(tx, member, number, (row) =>
        isUnfinished(row.status)
          ? illegal(row)
          : write({
              kind: 'status',
              text: 'The member opened it again',
              fields: { status: 'open', resolved_at: null, ...waitsNow(row) },
            }),
      ),

    /** Illegal for a case that is closed already. */
    closedByMember: (tx: Tx, member: CaseMember, number: number): Promise<CaseResult> =>
      move(tx, number, member, 'closed', 'The member closed it'),

    /** The member does not wait for a person any longer. The matter goes on: the team can still answer it. */
    leftByMember: (tx: Tx, member: CaseMember, number: number): Promise<CaseResult> =>
      byMember(tx, member, number, () => write({ kind: 'note', text: 'The member left the queue' })),

    /** The member took the matter back while waiting. Illegal for a case that is finished, or that somebody works on. */
    withdrawnByMember: (tx: Tx, member: CaseMember, number: number): Promise<CaseResult> =>
      byMember(tx, member, number, (row) =>
        row.status === 'open' && row.first_response_at === null
          ? write({
              kind: 'status',
              text: 'The member does not need it any longer',
              fields: { status: 'closed', resolved_at: finishedAt(row, 'closed') },
            })
          : illegal(row),
      ),

    /** Adds a public comment, and reopens a case that waits for the member. */
    commentedByMember: (tx: Tx, member: CaseMember, number: number, text: string): Promise<CaseResult> =>
      byMember(tx, member, number, (row) => {
        const checked = checkText('comment', text, CASE_LIMITS.comment, true);
        if (checked.is !== 'done') return checked;
        return write({
          kind: 'comment',
          text: checked.value,
          fields: { ...(row.status === 'waiting' ? { status: 'open' } : {}), ...waitsNow(row) },
        });
      }),

    /**
     * Gives or takes back a member's vote; one a member, however often they click. `changed` is false where it was so
     * already. The member must be known.
     */
    async vote(
      tx: Tx,
      member: CaseMember,
      number: number,
      wanted: boolean,
    ): Promise<Result<{ number: number; votes: number; changed: boolean }, { is: 'missing' }>> {
      const row = await lockMeant(tx, number);
      if (!row) return { is: 'missing' };
      const changed = await setMembership(tx, 'case_votes', row.number, member.id, wanted);
      if (!changed) return { is: 'done', number: row.number, votes: row.votes, changed };
      const after = await tx
        .updateTable('cases')
        .set((eb) => ({ votes: eb('votes', '+', wanted ? 1 : -1) }))
        .where('number', '=', row.number)
        .returningAll()
        .executeTakeFirstOrThrow();
      const text = wanted ? 'voted' : 'took the vote back';
      await writer.notify(tx, {
        kind: 'votes',
        before: row,
        after,
        text,
        actor: actorOf(member),
        eventId: null,
      });
      return { is: 'done', number: row.number, votes: after.votes, changed };
    },

    /** As `vote`, for notices about a case. */
    async follow(
      tx: Tx,
      member: CaseMember,
      number: number,
      wanted: boolean,
    ): Promise<Result<{ number: number; changed: boolean }, { is: 'missing' }>> {
      const row = await lockMeant(tx, number);
      if (!row) return { is: 'missing' };
      return {
        is: 'done',
        number: row.number,
        changed: await setMembership(tx, 'case_followers', row.number, member.id, wanted),
      };
    },

    /** Discord ids of everybody who gets notices about a case: its member and its followers. */
    async audience(tx: Tx, number: number): Promise<string[]> {
      const row = await writer.lock(tx, number);
      if (!row) return [];
      const followers = await tx
        .selectFrom('case_followers')
        .select('member_id')
        .where('case_number', '=', number)
        .orderBy('at')
        .execute();
      return [...new Set([row.member_id, ...followers.map(({ member_id }) => member_id)])];
    },

    /** Rates a conversation from 1 to 5, and its case where it has one; replaces an earlier rating. */
    async rateConversation(
      tx: Tx,
      member: CaseMember,
      conversationId: string,
      rating: number,
      comment: string | null,
    ): Promise<Result<{ caseNumber: number | null }, CaseRefusal>> {
      const checked = checkRating(rating, comment);
      if (checked.is !== 'done') return checked;
      const now = Date.now();
      const rated = await tx
        .updateTable('conversations')
        .set({ rating, rating_comment: checked.value, rated_at: now })
        .where('id', '=', conversationId)
        .where('member_id', '=', member.id)
        .returning('case_number')
        .executeTakeFirst();
      if (!rated) return { is: 'missing' };
      const row = rated.case_number === null ? undefined : await writer.lock(tx, rated.case_number);
      if (row) await writer.write(tx, row, ratingEntry(rating, checked.value, now), actorOf(member));
      return { is: 'done', caseNumber: row?.number ?? null };
    },

    /** Rates a case; for its own member. */
    async rate(
      tx: Tx,
      member: CaseMember,
      number: number,
      rating: number,
      comment: string | null,
    ): Promise<CaseResult> {
      const checked = checkRating(rating, comment);
      if (checked.is !== 'done') return checked;
      const row = await writer.lock(tx, number);
      if (row?.member_id !== member.id) return { is: 'missing' };
      await writer.write(tx, row, ratingEntry(rating, checked.value, Date.now()), actorOf(member));
      return writer.done(tx, number);
    },
  };
}

const waitsNow = ({ unanswered_since }: CaseRow) => ({ unanswered_since: unanswered_since ?? Date.now() });

/** Checks rating and comment; the value is the comment to store. */
function checkRating(rating: number, comment: string | null): Checked<string | null> {
  if (!Number.isInteger(rating) || rating < 1 || rating > 5)
    return invalid({ of: 'rating', reason: 'not-a-rating' });
  const checked = checkText('comment', comment ?? '', CASE_LIMITS.ratingComment, false);
  return checked.is === 'done' ? valid(checked.value || null) : checked;
}

const ratingEntry = (rating: number, comment: string | null, now: number) => ({
  kind: 'rating' as const,
  text: comment ? `${rating}/5: ${comment}` : `${rating}/5`,
  fields: { rating, rating_comment: comment, rated_at: now },
});

/**
 * Adds or removes a member's row; true where that changed something. A row that came from a duplicate becomes the
 * member's own.
 */
async function setMembership(
  tx: Tx,
  table: 'case_votes' | 'case_followers',
  number: number,
  memberId: string,
  wanted: boolean,
): Promise<boolean> {
  if (!wanted) {
    const { numDeletedRows } = await tx
      .deleteFrom(table)
      .where('case_number', '=', number)
      .where('member_id', '=', memberId)
      .executeTakeFirstOrThrow();
    return numDeletedRows > 0n;
  }
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto(table)
    .values({ case_number: number, member_id: memberId, via: null, at: Date.now() })
    .onConflict((conflict) => conflict.columns(['case_number', 'member_id']).doNothing())
    .executeTakeFirstOrThrow();
  if ((numInsertedOrUpdatedRows ?? 0n) > 0n) return true;
  await tx
    .updateTable(table)
    .set({ via: null })
    .where('case_number', '=', number)
    .where('member_id', '=', memberId)
    .where('via', 'is not', null)
    .execute();
  return false;
}
