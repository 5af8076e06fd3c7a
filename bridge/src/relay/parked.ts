import { steadyNow } from '../store/clock.ts';
import { FORGOTTEN } from '../store/marks.ts';
import type { Tx } from '../store/open.ts';
import type { Store } from '../store/store.ts';
import { traceIdOf } from '../telemetry/tracing.ts';
import type { RefusalReason } from './errors.ts';
import { contentOf, lockLane, makeReady } from './journal.ts';
import type { EntryKey, Lane } from './keys.ts';

/** An entry that was given up, and waits for somebody to retry or discard it. */
export interface ParkedEntry {
  id: number;
  key: EntryKey;
  kind: string;
  lane: Lane;
  /** Null where it cannot be read. */
  payload: unknown;
  reason: RefusalReason;
  /** What the last failure said; without anybody's words. */
  detail: string;
  /** In milliseconds since the epoch. */
  createdAt: number;
  parkedAt: number;
  /** The id that the logs name. */
  trace: string | null;
}

const REASONS: Readonly<Record<RefusalReason, true>> = {
  unreachable: true,
  left: true,
  gone: true,
  unacceptable: true,
  forbidden: true,
  'gave-up': true,
  fault: true,
};

const isReason = (word: string): word is RefusalReason => Object.hasOwn(REASONS, word);

const parkedRows = (db: Tx | Store['db']) =>
  db
    .selectFrom('journal')
    .select(['id', 'key', 'kind', 'lane', 'payload', 'error', 'created_at', 'finished_at', 'trace'])
    // Spelled out, so that the index of parked entries fits.
    .where('status', '=', 'parked');

type Row = Awaited<ReturnType<ReturnType<typeof parkedRows>['executeTakeFirstOrThrow']>>;

function toParked({ id, key, kind, lane, payload, error, created_at, finished_at, trace }: Row): ParkedEntry {
  const [, word = '', detail = ''] = /^([a-z-]+): (.*)$/s.exec(error ?? '') ?? [];
  return {
    id,
    key: key as EntryKey,
    kind,
    lane: lane as Lane,
    payload: contentOf({ payload, progress: null }).payload,
    reason: isReason(word) ? word : 'fault',
    detail: detail || (error ?? ''),
    createdAt: created_at,
    parkedAt: finished_at ?? created_at,
    trace: trace && traceIdOf(trace),
  };
}

/** The newest first; `before` is the id of the last of the page before. */
export async function listParked(
  { db }: Store,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<ParkedEntry[]> {
  const rows = await parkedRows(db)
    .$if(before !== undefined, (query) => query.where('id', '<', before as number))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(toParked);
}

/** How many entries of each kind are parked. */
export async function countParked({ db }: Store): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('journal')
    .select((eb) => ['kind', eb.fn.countAll<number>().as('count')])
    .where('status', '=', 'parked')
    .groupBy('kind')
    .execute();
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, Number(count)]));
}

/**
 * Gives a parked entry back to its lane, at its old place there. Whatever its attempts did is in doubt, so it is read back
 * before anything is sent. Null where it is not parked any more; `by` is a Flex identity.
 */
export async function unpark(tx: Tx, id: number, by: string): Promise<ParkedEntry | null> {
  const row = await parkedRows(tx).where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const entry = toParked(row);
  const state = await lockLane(tx, entry.lane);
  const { numUpdatedRows } = await tx
    .updateTable('journal')
    .set((eb) => ({
      status: 'pending',
      finished_at: null,
      begun: eb.case().when('begun', '=', FORGOTTEN).then(FORGOTTEN).else(1).end(),
      failures: 0,
      handled_by: by,
    }))
    .where('id', '=', id)
    .where('status', '=', 'parked')
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return null;
  if (state.ready_at === null) await makeReady(tx, { name: entry.lane, delay: 0 });
  return entry;
}

/** Ends a parked entry for good. Null where it is not parked any more; `by` is a Flex identity. */
export async function discardParked(tx: Tx, id: number, by: string): Promise<ParkedEntry | null> {
  const row = await parkedRows(tx).where('id', '=', id).executeTakeFirst();
  if (!row) return null;
  const { numUpdatedRows } = await tx
    .updateTable('journal')
    .set({ status: 'discarded', finished_at: steadyNow(), handled_by: by })
    .where('id', '=', id)
    .where('status', '=', 'parked')
    .executeTakeFirst();
  return numUpdatedRows === 0n ? null : toParked(row);
}
