import { isUnfinished } from '../cases/transitions.ts';
import type { Store, Tx } from '../store/open.ts';
import type { Cards } from './cards.ts';

/** What became of a click: `again` where nothing changed by it. */
export type Standing =
  | { is: 'done'; votes: number }
  | { is: 'again' }
  | { is: 'finished' }
  | { is: 'missing' };

type What = 'case_votes' | 'case_followers';

/** Votes and followers: each member once for a case that everybody can see, or that is their own. */
export function createStanding({ store, cards }: { store: Store; cards: Cards }) {
  /** The case, if this member may see it. */
  const find = (tx: Tx, number: number, memberId: string) =>
    tx
      .selectFrom('cases')
      .leftJoin('case_cards', 'case_cards.case_number', 'cases.number')
      .select('cases.status')
      .where('cases.number', '=', number)
      .where((eb) =>
        eb.or([eb('case_cards.case_number', 'is not', null), eb('cases.member_id', '=', memberId)]),
      )
      .executeTakeFirst();

  async function votesOf(tx: Tx, number: number): Promise<number> {
    const { n } = await tx
      .selectFrom('case_votes')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .where('case_number', '=', number)
      .executeTakeFirstOrThrow();
    return Number(n);
  }

  async function add(tx: Tx, what: What, number: number, memberId: string): Promise<Standing> {
    const found = await find(tx, number, memberId);
    if (!found) return { is: 'missing' };
    if (what === 'case_votes' && !isUnfinished(found.status)) return { is: 'finished' };
    const { numInsertedOrUpdatedRows } = await tx
      .insertInto(what)
      .values({ case_number: number, member_id: memberId, at: Date.now() })
      .onConflict((conflict) => conflict.columns(['case_number', 'member_id']).doNothing())
      .executeTakeFirst();
    const isNew = Number(numInsertedOrUpdatedRows ?? 0) > 0;
    if (!isNew) return { is: 'again' };
    await cards.touch(tx, number);
    return { is: 'done', votes: await votesOf(tx, number) };
  }

  async function remove(tx: Tx, what: What, number: number, memberId: string): Promise<void> {
    const { numDeletedRows } = await tx
      .deleteFrom(what)
      .where('case_number', '=', number)
      .where('member_id', '=', memberId)
      .executeTakeFirst();
    if (Number(numDeletedRows) > 0) await cards.touch(tx, number);
  }

  return {
    vote: (tx: Tx, number: number, memberId: string) => add(tx, 'case_votes', number, memberId),
    unvote: (tx: Tx, number: number, memberId: string) => remove(tx, 'case_votes', number, memberId),
    follow: (tx: Tx, number: number, memberId: string) => add(tx, 'case_followers', number, memberId),
    unfollow: (tx: Tx, number: number, memberId: string) => remove(tx, 'case_followers', number, memberId),

    async hasVoted(number: number, memberId: string): Promise<boolean> {
      const row = await store.db
        .selectFrom('case_votes')
        .select('at')
        .where('case_number', '=', number)
        .where('member_id', '=', memberId)
        .executeTakeFirst();
      return row !== undefined;
    },

    /** Followers of a case, in the order of their ids, from after one of them. */
    async followersAfter(number: number, after: string, limit: number): Promise<string[]> {
      const rows = await store.db
        .selectFrom('case_followers')
        .select('member_id')
        .where('case_number', '=', number)
        .where('member_id', '>', after)
        .orderBy('member_id')
        .limit(limit)
        .execute();
      return rows.map(({ member_id }) => member_id);
    },
  };
}

export type StandingRules = ReturnType<typeof createStanding>;
