import { isUnfinished } from '@flexcord/shared/panel/case-status';
import type { Tx } from '../store/open.ts';
import type { Actor, CaseResult } from './case-change.ts';
import type { CaseWriter } from './case-writer.ts';
import { duplicatesOf } from './queries.ts';
import type { CaseRow } from './view.ts';

/** Merges duplicates and restores them exactly as they were. */
export function createMerging(writer: CaseWriter) {
  /** Always locks in the same order, so that two merges cannot deadlock. */
  async function lockBoth(tx: Tx, one: number, other: number) {
    const first = await writer.lock(tx, Math.min(one, other));
    const second = await writer.lock(tx, Math.max(one, other));
    return one < other ? ([first, second] as const) : ([second, first] as const);
  }

  async function carry(tx: Tx, table: 'case_votes' | 'case_followers', from: CaseRow, into: CaseRow) {
    const rows = await tx
      .selectFrom(table)
      .select(['member_id', 'at'])
      .where('case_number', '=', from.number)
      .execute();
    const carried = new Map(rows.map(({ member_id, at }) => [member_id, at]));
    // The duplicate's member gets notices about the other case.
    if (table === 'case_followers') carried.set(from.member_id, Date.now());
    const values = [...carried].map(([member_id, at]) => ({
      case_number: into.number,
      member_id,
      via: from.number,
      at,
    }));
    for (let at = 0; at < values.length; at += 1000) {
      await tx
        .insertInto(table)
        .values(values.slice(at, at + 1000))
        .onConflict((conflict) => conflict.columns(['case_number', 'member_id']).doNothing())
        .execute();
    }
  }

  async function countVotes(tx: Tx, number: number): Promise<number> {
    const { votes } = await tx
      .selectFrom('case_votes')
      .select((eb) => eb.fn.countAll<number>().as('votes'))
      .where('case_number', '=', number)
      .executeTakeFirstOrThrow();
    return Number(votes);
  }

  return {
    /** Closes a case as a duplicate of another. */
    async merge(
      tx: Tx,
      number: number,
      version: number | null,
      into: number,
      actor: Actor,
    ): Promise<CaseResult> {
      const [row, target] = await lockBoth(tx, number, into);
      if (!row) return { is: 'missing' };
      if (version !== null && row.version !== version) return writer.conflict(tx, number);
      if (row.merged_into !== null) return { is: 'merged', into: row.merged_into };
      if (!target || number === into || target.merged_into !== null) return { is: 'bad-target' };
      const duplicates = await duplicatesOf(tx, number);
      if (duplicates.length > 0) return { is: 'has-duplicates', duplicates };
      await carry(tx, 'case_followers', row, target);
      await carry(tx, 'case_votes', row, target);
      await writer.write(
        tx,
        row,
        {
          kind: 'merged',
          text: `#${into}`,
          fields: {
            merged_into: into,
            status_before_merge: row.status,
            status: 'closed',
            resolved_at: row.resolved_at ?? Date.now(),
          },
        },
        actor,
      );
      const fields = { votes: await countVotes(tx, into) };
      await writer.write(tx, target, { kind: 'merged', text: `#${number} → #${into}`, fields }, actor);
      return writer.done(tx, number);
    },

    /** Undoes a merge: removes the votes and followers that it brought, and restores the status. */
    async unmerge(tx: Tx, number: number, version: number | null, actor: Actor): Promise<CaseResult> {
      const seen = await tx
        .selectFrom('cases')
        .select('merged_into')
        .where('number', '=', number)
        .where('deleted_at', 'is', null)
        .executeTakeFirst();
      if (!seen) return { is: 'missing' };
      if (seen.merged_into === null) return { is: 'not-merged' };
      const [row, target] = await lockBoth(tx, number, seen.merged_into);
      if (!row) return { is: 'missing' };
      if (version !== null && row.version !== version) return writer.conflict(tx, number);
      if (row.merged_into === null) return { is: 'not-merged' };
      const into = row.merged_into;
      for (const table of ['case_followers', 'case_votes'] as const) {
        await tx.deleteFrom(table).where('case_number', '=', into).where('via', '=', number).execute();
      }
      const status = row.status_before_merge ?? 'open';
      await writer.write(
        tx,
        row,
        {
          kind: 'unmerged',
          text: `#${into}`,
          fields: {
            merged_into: null,
            status_before_merge: null,
            status,
            resolved_at: isUnfinished(status) ? null : row.resolved_at,
          },
        },
        actor,
      );
      if (target) {
        const fields = { votes: await countVotes(tx, into) };
        await writer.write(tx, target, { kind: 'unmerged', text: `#${number}`, fields }, actor);
      }
      return writer.done(tx, number);
    },
  };
}
