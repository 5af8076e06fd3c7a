import { DAY_MS } from '@flexcord/shared/time';
import type { Kysely, Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/** A store that is older than what was done: a backup, or a server that took over without the last commits. */
export interface Restored {
  /** What was sent since then it may not know, in milliseconds since the epoch. */
  since: number;
  /**
   * What happened later, no earlier life of it can have carried: when it was restored, then when a bridge was started on it,
   * for as long as that still catches up. In milliseconds since the epoch.
   */
  at: number;
  /** When a bridge was first started on it; absent before. */
  firstStart?: number;
}

/** That everything in the store was copied elsewhere, where it goes on. */
export interface Moved {
  /** Address without credentials. */
  to: string;
  /** In milliseconds since the epoch. */
  at: number;
}

interface Marks {
  restored: Restored;
  moved: Moved;
  /** Tells one server, or one of its lives, from the next. */
  lineage: string;
}

/** How far the clocks of this machine and of both clouds may be apart, in milliseconds. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** After the first start on a restored store, for how long bridges may still hear what came before, in milliseconds. */
export const CATCHING_UP_MS = DAY_MS;

type Db = Kysely<Schema> | Transaction<Schema>;

export async function readMark<Name extends keyof Marks>(db: Db, name: Name): Promise<Marks[Name] | null> {
  const row = await db.selectFrom('marks').select('value').where('name', '=', name).executeTakeFirst();
  return row ? (JSON.parse(row.value) as Marks[Name]) : null;
}

export async function writeMark<Name extends keyof Marks>(
  db: Db,
  name: Name,
  mark: Marks[Name],
): Promise<void> {
  const value = JSON.stringify(mark);
  await db
    .insertInto('marks')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

export async function removeMark(db: Db, name: keyof Marks): Promise<void> {
  await db.deleteFrom('marks').where('name', '=', name).execute();
}

/** Value of `journal.begun`: what an earlier life of the store may have sent, of which this one knows nothing. */
export const FORGOTTEN = 2;

/**
 * Marks the store as older than what was done. Whatever waits in it may have been sent meanwhile, and nobody who owned
 * something in it still does. Where it was marked before, it knows nothing since the earlier moment.
 */
export async function markRestored(tx: Transaction<Schema>, at: number): Promise<Restored> {
  const { newest } = await tx
    .selectFrom('journal')
    .select((eb) => eb.fn.max('created_at').as('newest'))
    .executeTakeFirstOrThrow();
  const earlier = await readMark(tx, 'restored');
  const since = Math.max(Number(newest ?? 0) - CLOCK_TOLERANCE_MS, 0);
  const restored = { since: Math.min(since, earlier?.since ?? since), at };
  await tx.updateTable('journal').set({ begun: FORGOTTEN }).where('status', '=', 'pending').execute();
  await tx.updateTable('lanes').set({ owner: null, lease_until: 0 }).where('owner', 'is not', null).execute();
  await tx.updateTable('leases').set({ lease_until: 0 }).execute();
  await writeMark(tx, 'restored', restored);
  await removeMark(tx, 'moved');
  return restored;
}

/** Notes that a bridge starts on a store that was restored: what was not heard before, it hears anew. */
export async function noteStart(db: Db, restored: Restored, now: number): Promise<Restored> {
  const firstStart = restored.firstStart ?? now;
  if (now > firstStart + CATCHING_UP_MS) return restored;
  const started = { ...restored, at: Math.max(now, restored.at), firstStart };
  await writeMark(db, 'restored', started);
  return started;
}
