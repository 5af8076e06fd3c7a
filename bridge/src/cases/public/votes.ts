import { isUnfinished } from '@flexcord/shared/panel/case-status';
import type { Store, Tx } from '../../store/open.ts';
import type { Cases } from '../cases.ts';
import type { CaseMember } from '../member-actions.ts';
import type { Cards } from './cards.ts';

/** What became of a click: `again` where nothing changed by it. */
export type VoteResult =
  | { is: 'done'; votes: number }
  | { is: 'again' }
  | { is: 'finished' }
  | { is: 'missing' };

export interface VotesOptions {
  store: Store;
  cases: Pick<Cases, 'vote' | 'follow'>;
  cards: Cards;
}

/** Votes and followers: each member once for a case that everybody can see, or that is their own. */
export function createVotes({ store, cases, cards }: VotesOptions) {
  /** The status of the case that is meant, if this member may see it; a duplicate stands for another one. */
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
      if (!voted) return { is: 'missing' };
      return voted.changed ? { is: 'done', votes: voted.votes } : { is: 'again' };
    },

    async follow(
      tx: Tx,
      number: number,
      member: CaseMember,
      wanted: boolean,
    ): Promise<'done' | 'again' | 'missing'> {
      if (!(await statusFor(tx, number, member.id))) return 'missing';
      const followed = await cases.follow(tx, member, number, wanted);
      if (!followed) return 'missing';
      if (followed.changed) await cards.touch(tx, followed.number);
      return followed.changed ? 'done' : 'again';
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
