import type { Tx } from '../store/open.ts';
import type { Actor, Change, Entry, Ledger, Refusal } from './ledger.ts';
import type { CaseRow } from './view.ts';

type Wanted = Entry | Refusal | 'nothing';

/** What is done to one case by somebody who has its version, or null for whatever it is at present. */
export function createChanging(ledger: Ledger) {
  /** Locks a case, refuses what cannot be, and writes what `work` wants; a refusal of `work` changes nothing. */
  return async function change(
    tx: Tx,
    number: number,
    version: number | null,
    actor: Actor,
    work: (row: CaseRow) => Promise<Wanted> | Wanted,
  ): Promise<Change> {
    const row = await ledger.lock(tx, number);
    if (!row) return { is: 'missing' };
    if (version !== null && row.version !== version) return ledger.conflict(tx, number);
    if (row.merged_into !== null) return { is: 'merged', into: row.merged_into };
    const wanted = await work(row);
    if (wanted !== 'nothing' && 'is' in wanted) return wanted;
    if (wanted !== 'nothing') await ledger.write(tx, row, wanted, actor);
    return ledger.done(tx, number);
  };
}

export type ChangeCase = ReturnType<typeof createChanging>;
