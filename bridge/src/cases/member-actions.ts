import { CASE_LIMITS } from '@flexcord/shared/panel/case';
import { isUnfinished } from '@flexcord/shared/panel/case-status';
import type { Tx } from '../store/open.ts';
import type { ChangeCase } from './changing.ts';
import { type Actor, type Change, invalid, type Ledger } from './ledger.ts';
import { checkText } from './rules.ts';
import { finishedAt, mayMove } from './transitions.ts';
import type { CaseRow } from './view.ts';

/** A member who does something with a case. */
export interface CaseMember {
  id: string;
  name: string;
}

const actorOf = ({ id, name }: CaseMember): Actor => ({ identity: null, name, memberId: id });

/** What members do with cases. Of a case that is not theirs they hear that there is none. */
export function createMemberActions(ledger: Ledger, change: ChangeCase) {
  /** The case that is meant: a duplicate stands for the one that it was merged into. */
  async function lockMeant(tx: Tx, number: number): Promise<CaseRow | undefined> {
    const row = await ledger.lock(tx, number);
    return row?.merged_into == null ? row : ledger.lock(tx, row.merged_into);
  }

  const own =
    (member: CaseMember, work: (row: CaseRow) => ReturnType<Parameters<ChangeCase>[4]>) => (row: CaseRow) =>
      row.member_id === member.id ? work(row) : ({ is: 'missing' } as const);

  const move = (
    tx: Tx,
    number: number,
    member: CaseMember,
    to: 'open' | 'resolved' | 'closed',
    text: string,
  ) =>
    change(
      tx,
      number,
      null,
      actorOf(member),
      own(member, (row) =>
        mayMove(row.status, to)
          ? { kind: 'status', text, fields: { status: to, resolved_at: finishedAt(row, to) } }
          : { is: 'illegal', from: row.status },
      ),
    );

  return {
    /** The member says that it is solved; false for a case that is not theirs or finished already. */
    async solvedByMember(tx: Tx, member: CaseMember, number: number): Promise<boolean> {
      const { is } = await move(tx, number, member, 'resolved', 'The member says that it is solved');
      return is === 'done';
    },

    /** The answer to a check-in: a case that waits for the member is open again. Illegal for a finished one. */
    unsolvedByMember: (tx: Tx, member: CaseMember, number: number): Promise<Change> =>
      change(
        tx,
        number,
        null,
        actorOf(member),
        own(member, (row) =>
          isUnfinished(row.status)
            ? {
                kind: 'status',
                text: 'The member says that it is not solved',
                fields: { status: row.status === 'waiting' ? 'open' : row.status },
              }
            : { is: 'illegal', from: row.status },
        ),
      ),

    /** Illegal for a case that is not finished. */
    reopenedByMember: (tx: Tx, member: CaseMember, number: number): Promise<Change> =>
      change(
        tx,
        number,
        null,
        actorOf(member),
        own(member, (row) =>
          isUnfinished(row.status)
            ? { is: 'illegal', from: row.status }
            : {
                kind: 'status',
                text: 'The member opened it again',
                fields: { status: 'open', resolved_at: null },
              },
        ),
      ),

    /** Illegal for a case that is closed already. */
    closedByMember: (tx: Tx, member: CaseMember, number: number): Promise<Change> =>
      move(tx, number, member, 'closed', 'The member closed it'),

    /** A member's own words; a case that waited for them is open again. */
    commentedByMember: (tx: Tx, member: CaseMember, number: number, text: string): Promise<Change> =>
      change(
        tx,
        number,
        null,
        actorOf(member),
        own(member, (row) => {
          const checked = checkText('comment', text, CASE_LIMITS.comment, true);
          if ('fault' in checked) return invalid(checked.fault);
          return {
            kind: 'comment',
            text: checked.value,
            ...(row.status === 'waiting' ? { fields: { status: 'open' as const } } : {}),
          };
        }),
      ),

    /**
     * Gives or takes back a member's vote; one a member, however often they click. `changed` is false where it was so
     * already. Null for no such case. The member must be known.
     */
    async vote(
      tx: Tx,
      member: CaseMember,
      number: number,
      wanted: boolean,
    ): Promise<{ number: number; votes: number; changed: boolean } | null> {
      const row = await lockMeant(tx, number);
      if (!row) return null;
      const changed = await set(tx, 'case_votes', row.number, member.id, wanted);
      if (!changed) return { number: row.number, votes: row.votes, changed };
      const after = await tx
        .updateTable('cases')
        .set((eb) => ({ votes: eb('votes', '+', wanted ? 1 : -1) }))
        .where('number', '=', row.number)
        .returningAll()
        .executeTakeFirstOrThrow();
      const text = wanted ? 'voted' : 'took the vote back';
      await ledger.tell(tx, {
        kind: 'votes',
        before: row,
        after,
        text,
        actor: actorOf(member),
        eventId: null,
      });
      return { number: row.number, votes: after.votes, changed };
    },

    /** As `vote`, for being told what becomes of a case. */
    async follow(
      tx: Tx,
      member: CaseMember,
      number: number,
      wanted: boolean,
    ): Promise<{ number: number; changed: boolean } | null> {
      const row = await lockMeant(tx, number);
      if (!row) return null;
      return {
        number: row.number,
        changed: await set(tx, 'case_followers', row.number, member.id, wanted),
      };
    },

    /** Discord ids of everybody who is to be told of a case: whose it is, and who follows it. */
    async audience(tx: Tx, number: number): Promise<string[]> {
      const row = await ledger.lock(tx, number);
      if (!row) return [];
      const followers = await tx
        .selectFrom('case_followers')
        .select('member_id')
        .where('case_number', '=', number)
        .orderBy('at')
        .execute();
      return [...new Set([row.member_id, ...followers.map(({ member_id }) => member_id)])];
    },

    /** A rating of a conversation from 1 to 5, and of its case where it has one; a later one replaces it. */
    async rateConversation(
      tx: Tx,
      member: CaseMember,
      conversationId: string,
      rating: number,
      comment: string | null,
    ): Promise<{ is: 'done'; caseNumber: number | null } | Exclude<Change, { is: 'done' }>> {
      const checked = checkRating(rating, comment);
      if ('fault' in checked) return invalid(checked.fault);
      const now = Date.now();
      const rated = await tx
        .updateTable('conversations')
        .set({ rating, rating_comment: checked.value, rated_at: now })
        .where('id', '=', conversationId)
        .where('member_id', '=', member.id)
        .returning('case_number')
        .executeTakeFirst();
      if (!rated) return { is: 'missing' };
      const row = rated.case_number === null ? undefined : await ledger.lock(tx, rated.case_number);
      if (row) await ledger.write(tx, row, ratingEntry(rating, checked.value, now), actorOf(member));
      return { is: 'done', caseNumber: row?.number ?? null };
    },

    /** A rating of a case by whose it is. */
    async rate(
      tx: Tx,
      member: CaseMember,
      number: number,
      rating: number,
      comment: string | null,
    ): Promise<Change> {
      const checked = checkRating(rating, comment);
      if ('fault' in checked) return invalid(checked.fault);
      const row = await ledger.lock(tx, number);
      if (row?.member_id !== member.id) return { is: 'missing' };
      await ledger.write(tx, row, ratingEntry(rating, checked.value, Date.now()), actorOf(member));
      return ledger.done(tx, number);
    },
  };
}

function checkRating(rating: number, comment: string | null) {
  if (!Number.isInteger(rating) || rating < 1 || rating > 5)
    return { fault: { of: 'rating', why: 'not-a-rating' as const } };
  const checked = checkText('comment', comment ?? '', CASE_LIMITS.ratingComment, false);
  return 'fault' in checked ? checked : { value: checked.value || null };
}

const ratingEntry = (rating: number, comment: string | null, now: number) => ({
  kind: 'rating' as const,
  text: comment ? `${rating}/5: ${comment}` : `${rating}/5`,
  fields: { rating, rating_comment: comment, rated_at: now },
});

/** Makes a member one of a case or not; true where that was new. What a duplicate brought becomes their own. */
async function set(
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
