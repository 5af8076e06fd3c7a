import type { Tx } from '../store/open.ts';
import type { EntryAddress } from './entries.ts';
import { NO_PAYLOAD } from './journal.ts';

/**
 * Journals that an entry is done which a store that was restored has forgotten; `outcome`: what it achieved, or null.
 * Nothing happens where the journal has it.
 */
export async function noteDone(
  tx: Tx,
  { lane, key, kind }: EntryAddress & { kind: string },
  outcome: unknown,
  now: number,
): Promise<void> {
  await tx
    .insertInto('journal')
    .values({
      ...{ lane, key, kind, payload: NO_PAYLOAD, status: 'done', created_at: now, finished_at: now },
      progress: outcome === null ? null : JSON.stringify(outcome),
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .execute();
}
