import type { Tx } from '../store/open.ts';

/**
 * The number of this transaction's change of the knowledge. Whoever takes one holds a lock until the transaction
 * ends, so numbers are committed in their order and a reader that has seen one has seen all before it: take it as
 * late as you can.
 */
export async function nextRevision(tx: Tx): Promise<number> {
  const { revision } = await tx
    .updateTable('knowledge_state')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', 1)
    .returning('revision')
    .executeTakeFirstOrThrow();
  return revision;
}
