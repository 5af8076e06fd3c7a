import { isUnfinished } from '@flexcord/shared/panel/case-status';
import type { Result } from '@flexcord/shared/result';
import type { Store, Tx } from '../../store/open.ts';
import type { Cases } from '../cases.ts';
import type { CaseMember } from '../member-actions.ts';
import type { Cards } from './cards.ts';

/** Why a click changed nothing: `again` where it was so already. */
type ClickRefusal = { is: 'again' } | { is: 'missing' };
export type VoteResult = Result<{ votes: number }, ClickRefusal | { is: 'finished' }>;
export type FollowResult = Result<object, ClickRefusal>;

export interface VotesOptions {
  store: Store;
  cases: Pick<Cases, 'vote' | 'follow'>;
  cards: Cards;
}

/** Votes and followers, one each a member, of cases that have a card or are the member's own. */
export function createVotes({ store, cases, cards }: VotesOptions) {
  /** The status of a case that this member may see; for a duplicate, that of the case it was merged into. */
  const statusFor = (tx: Tx, number: number, memberId: string) =>
    tx
      .selectFrom('cases')
      .leftJoin('case_cards', 'case_cards.case_number', 'cases.number')
      .leftJoin('cases as meant', 'meant.number', 'cases.merged_into')
      .select((eb) => eb.fn.coalesce('meant.status', 'cases.status').as('status'))
      .where('cases.number', '=', number)
      .where('cases.deleted_at', 'is', null)
      .where((eb) =>
        eb.or([eb('case_cards.case_number', 'is not', null), eb('cases.member_id', '=', memberId)]),
      )
      .executeTakeFirst();

  return {
    async vote(tx: Tx, number: number, member: CaseMember, wanted: boolean): Promise<VoteResult> {
      const found = await statusFor(tx, number, member.id);
      if (!found) return { is: 'missing' };
      if (wanted && !isUnfinished(found.status)) return { is: 'finished' };
      const voted = await cases.vote(tx, member, number, wanted);
      if (voted.is !== 'done') return voted;
      return voted.changed ? { is: 'done', votes: voted.votes } : { is: 'again' };
    },

    async follow(tx: Tx, number: number, member: CaseMember, wanted: boolean): Promise<FollowResult> {
      if (!(await statusFor(tx, number, member.id))) return { is: 'missing' };
      const followed = await cases.follow(tx, member, number, wanted);
      if (followed.is !== 'done') return followed;
      if (!followed.changed) return { is: 'again' };
      await cards.touch(tx, followed.number);
      return { is: 'done' };
    },

    async hasVoted(number: number, memberId: string): Promise<boolean> {
      const row = await store.db
        .selectFrom('case_votes')
        .select('at')
        .where('case_number', '=', number)
        .where('member_id', '=', memberId)
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}

export type Votes = ReturnType<typeof createVotes>;
