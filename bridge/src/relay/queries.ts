import { steadyNow } from '../store/clock.ts';
import type { Tx } from '../store/open.ts';
import { prepared } from '../store/prepared.ts';
import type { Store } from '../store/store.ts';
import type { EntryType } from './entries.ts';
import { contentOf, NO_PAYLOAD, readHead } from './journal.ts';
import { type EntryKey, type Lane, TIMER_LANES } from './keys.ts';

/** The entries that some lanes have not finished, oldest first. */
const pending = (db: Tx | Store['db'], lanes: readonly Lane[]) =>
  db.selectFrom('journal').where('lane', 'in', lanes).where('status', '=', 'pending').orderBy('id');

/** Payloads of the entries of a kind that a lane has not finished, oldest first. */
export async function pendingOf<Payload>(
  db: Tx | Store['db'],
  lane: Lane,
  { kind }: EntryType<string, Payload, never>,
): Promise<Payload[]> {
  const rows = await pending(db, [lane]).select('payload').where('kind', '=', kind).execute();
  return rows.flatMap(({ payload }) => {
    const content = contentOf({ payload, progress: null });
    return content.unreadable ? [] : [content.payload as Payload];
  });
}

/** An entry that nobody works on at present. */
export interface Waiting {
  lane: Lane;
  key: EntryKey;
  kind: string;
  payload: unknown;
}

/** What some lanes have not finished, oldest first. */
export async function pendingIn(db: Tx | Store['db'], ...lanes: Lane[]): Promise<Waiting[]> {
  const rows = await pending(db, lanes).select(['lane', 'key', 'kind', 'payload']).execute();
  return rows.map(({ lane, key, kind, payload }) => ({
    lane: lane as Lane,
    key: key as EntryKey,
    kind,
    payload: JSON.parse(payload),
  }));
}

/** The oldest entry of a kind that some lanes have not finished. */
export async function oldestOf(
  db: Tx | Store['db'],
  { kind }: { readonly kind: string },
  ...lanes: Lane[]
): Promise<EntryKey | null> {
  const row = await pending(db, lanes).select('key').where('kind', '=', kind).limit(1).executeTakeFirst();
  return (row?.key as EntryKey | undefined) ?? null;
}

/** The lane in which an entry waits or is worked on; null where it is finished or unknown. */
export async function laneOf(db: Tx | Store['db'], key: EntryKey): Promise<Lane | null> {
  const row = await db
    .selectFrom('journal')
    .select('lane')
    .where('key', '=', key)
    .where('status', '=', 'pending')
    .executeTakeFirst();
  return (row?.lane as Lane | undefined) ?? null;
}

const outcomesFrom = prepared<{ lane: string; since: number; limit: number }, { progress: string }>(
  (db, value) =>
    db
      .selectFrom('journal')
      .select('progress')
      .$narrowType<{ progress: string }>()
      .where('lane', '=', value('lane'))
      .where('id', '>=', value('since'))
      .where('progress', 'is not', null)
      .where('status', '<>', 'pending')
      .orderBy('id', 'desc')
      .limit(value('limit')),
);

/** What the finished entries of a lane achieved, the latest first; `since`: the number of an entry, which is among them. */
export async function outcomesOf(
  db: Tx | Store['db'],
  lane: Lane,
  { since = 0, limit }: { since?: number; limit: number },
): Promise<unknown[]> {
  const { rows } = await outcomesFrom(db, { lane, since, limit });
  return rows.flatMap(({ progress }) => {
    const content = contentOf({ payload: NO_PAYLOAD, progress });
    return content.unreadable ? [] : [content.progress];
  });
}

/** How an entry stands; undefined where the journal has none or has forgotten it. */
export const findEntry = (db: Tx | Store['db'], key: EntryKey) =>
  db.selectFrom('journal').select(['id', 'status', 'finished_at']).where('key', '=', key).executeTakeFirst();

/** Whether a lane has something to do. */
export async function hasPending(db: Tx | Store['db'], lane: Lane): Promise<boolean> {
  return (await readHead(db, { lane })).rows.length > 0;
}

/**
 * For how long the oldest entry waits that nothing but its lane holds up, in milliseconds; null where none waits or the store
 * cannot be asked. Timers wait for their time.
 */
export async function oldestDue({ db }: Store): Promise<number | null> {
  try {
    const row = await db
      .selectFrom('journal')
      .select((eb) => eb.fn.min<number | null>('created_at').as('oldest'))
      .where('status', '=', 'pending')
      .where('lane', 'not like', `${TIMER_LANES}%`)
      .executeTakeFirst();
    return row?.oldest == null ? null : Math.max(0, steadyNow() - Number(row.oldest));
  } catch {
    return null;
  }
}
