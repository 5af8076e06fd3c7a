import type { Store, Tx } from '../store/open.ts';

/**
 * Since when members wait in the open conversations of these cases, by number of the case, in milliseconds since the
 * epoch: since the first of their messages that nobody has answered.
 */
export async function waitsInChats(
  db: Store['db'] | Tx,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  if (numbers.length === 0) return new Map();
  const rows = await db
    .selectFrom('conversations')
    .leftJoin('public_threads', 'public_threads.id', 'conversations.thread_id')
    .select(['conversations.case_number', 'unanswered_since', 'public_threads.waiting_since as inPublic'])
    .where('conversations.case_number', 'in', numbers)
    .where('conversations.phase', '<>', 'closed')
    .execute();
  const waits = new Map<number, number>();
  for (const { case_number: number, unanswered_since, inPublic } of rows) {
    const since = unanswered_since ?? inPublic;
    if (number !== null && since !== null)
      waits.set(number, Math.min(Number(since), waits.get(number) ?? Infinity));
  }
  return waits;
}
