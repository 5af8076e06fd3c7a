import type { Tx } from '../store/open.ts';
import type { NewEntry } from './entries.ts';
import { lockLane } from './journal.ts';
import type { EntryKey, Lane } from './keys.ts';

/**
 * Takes entries out of their lane into one that nobody works off. Only for who owns their lane, in the settlement of its
 * head, which may be among them; nothing of them may be in doubt. They keep their keys, their progress and their order.
 */
export async function setAside(tx: Tx, lane: Lane, keys: readonly EntryKey[]): Promise<void> {
  await tx
    .updateTable('journal')
    .set({ lane, status: 'pending', finished_at: null, begun: 0, failures: 0, error: null })
    .where('key', 'in', [...keys])
    .execute();
}

/**
 * Gives an entry that was set aside the lane and the payload of another. It keeps its place in the order of all entries,
 * and so comes before whatever was appended to that lane since.
 */
export async function moveEntry(tx: Tx, key: EntryKey, { lane, payload }: NewEntry): Promise<void> {
  await lockLane(tx, lane);
  await tx
    .updateTable('journal')
    .set({ lane, payload: JSON.stringify(payload) })
    .where('key', '=', key)
    .execute();
  await tx
    .updateTable('lanes')
    .set({ ready_at: 0 })
    .where('name', '=', lane)
    .where('owner', 'is', null)
    .execute();
}

/** What was set aside and is not wanted any more. */
export async function dropAside(tx: Tx, lane: Lane, now: number): Promise<void> {
  await tx
    .updateTable('journal')
    .set({ status: 'done', finished_at: now })
    .where('lane', '=', lane)
    .where('status', '=', 'pending')
    .execute();
}
