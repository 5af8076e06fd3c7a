import type { Store, Tx } from '../store/open.ts';

/** Something that came in, or something that must go out. */
export interface NewEntry {
  /** Entries of one lane are handled one after the other, in the order in which they were appended. */
  lane: string;
  /** The same key is journalled once, for ever. */
  key: string;
  kind: string;
  payload: unknown;
  /** Milliseconds since the epoch. Only for lanes that hold a single entry: it makes the whole lane wait. */
  notBefore?: number;
}

/** Writes entries in the caller's transaction. Returns how many of them were new. */
export async function append(tx: Tx, entries: readonly NewEntry[], now = Date.now()): Promise<number> {
  let added = 0;
  for (const entry of entries) {
    // The lane first: its row lock keeps the numbers of one lane in the order of their commits on PostgreSQL.
    await tx
      .insertInto('lanes')
      .values({ name: entry.lane, ready_at: entry.notBefore ?? now })
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet((eb) => ({
          ready_at: eb.fn.coalesce('lanes.ready_at', 'excluded.ready_at'),
        })),
      )
      .execute();
    const result = await tx
      .insertInto('journal')
      .values({
        lane: entry.lane,
        key: entry.key,
        kind: entry.kind,
        payload: JSON.stringify(entry.payload),
        created_at: now,
      })
      .onConflict((conflict) => conflict.column('key').doNothing())
      .executeTakeFirst();
    added += Number(result.numInsertedOrUpdatedRows ?? 0);
  }
  return added;
}

/** Payloads of what a lane has not finished, oldest first. */
export async function pendingIn(db: Tx | Store['db'], lane: string): Promise<unknown[]> {
  const rows = await db
    .selectFrom('journal')
    .select('payload')
    .where('lane', '=', lane)
    .where('status', '=', 'pending')
    .orderBy('id')
    .execute();
  return rows.map(({ payload }) => JSON.parse(payload));
}

/** Forgets finished entries older than `before`, and the lanes that they leave empty. */
export async function prune(tx: Tx, before: number): Promise<number> {
  const result = await tx
    .deleteFrom('journal')
    .where('status', '<>', 'pending')
    .where('finished_at', '<', before)
    .executeTakeFirst();
  await tx
    .deleteFrom('lanes')
    .where('ready_at', 'is', null)
    .where('owner', 'is', null)
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('journal').select('id').whereRef('journal.lane', '=', 'lanes.name'))),
    )
    .execute();
  return Number(result.numDeletedRows);
}
