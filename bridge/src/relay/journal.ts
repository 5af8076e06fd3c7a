import { DAY_MS } from '@flexcord/shared/time';
import { FORGOTTEN } from '../store/marks.ts';
import type { Tx } from '../store/open.ts';
import { prepared } from '../store/prepared.ts';
import type { Owner, Store } from '../store/store.ts';
import { type Origin, originOf } from '../telemetry/tracing.ts';
import type { NewEntry } from './entries.ts';
import type { EntryKey, Lane } from './keys.ts';

/** An entry that this process may work on, and nobody else. */
export interface Claim {
  lane: Lane;
  epoch: number;
  entry: Entry;
  /** Of the heartbeat, when it was asked for: one that was answered late may be somebody else's by now. */
  lapses?: number | undefined;
}

/** An entry as the journal has it. */
export interface Entry {
  id: number;
  key: EntryKey;
  kind: string;
  payload: unknown;
  progress: unknown;
  failures: number;
  /** An earlier attempt may have taken effect: read back before sending again. */
  uncertain: boolean;
  /** As `uncertain`, by an earlier life of a store that was restored. */
  forgotten: boolean;
  createdAt: number;
  /** What led to it. */
  origin: Origin;
  /** Why its payload or progress cannot be read; both are null then. */
  unreadable?: string;
}

export interface LaneState {
  owner: string | null;
  ready_at: number | null;
  epoch: number;
}

export const readLane = prepared<{ name: string }, LaneState>((db, value, { locked }) =>
  locked(db.selectFrom('lanes').select(['owner', 'ready_at', 'epoch']).where('name', '=', value('name'))),
);

const insertLane = prepared<{ name: string }>((db, value) =>
  db
    .insertInto('lanes')
    .values({ name: value('name'), ready_at: null })
    .onConflict((conflict) => conflict.doNothing()),
);

/** Makes a lane that has nothing to do one that has, after `delay` milliseconds. */
export const makeReady = prepared<{ name: string; delay: number }>((db, value, { now }) =>
  db
    .updateTable('lanes')
    .set((eb) => ({ ready_at: eb(now(), '+', value('delay')) }))
    .where('name', '=', value('name')),
);

const takeLane = prepared<{ name: string; owner: string; leaseMs: number }>((db, value, { now }) =>
  db
    .updateTable('lanes')
    .set((eb) => ({
      owner: value('owner'),
      epoch: eb('epoch', '+', 1),
      lease_until: eb(now(), '+', value('leaseMs')),
      ready_at: now(),
    }))
    .where('name', '=', value('name')),
);

const insertEntry = prepared<
  {
    lane: string;
    key: string;
    kind: string;
    payload: string;
    begun: number;
    created_at: number;
    trace: string;
  },
  { id: number }
>((db, value) =>
  db
    .insertInto('journal')
    .values({
      lane: value('lane'),
      key: value('key'),
      kind: value('kind'),
      payload: value('payload'),
      begun: value('begun'),
      created_at: value('created_at'),
      trace: value('trace'),
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id'),
);

/**
 * The state of a lane, whose row is locked until the transaction ends: it keeps the numbers of a lane in the order of
 * their commits on PostgreSQL, and lanes are locked in the order in which a decision writes to them.
 */
export async function lockLane(tx: Tx, name: Lane): Promise<LaneState> {
  const { rows } = await readLane(tx, { name });
  if (rows[0]) return rows[0];
  await insertLane(tx, { name });
  return (await readLane(tx, { name })).rows[0] as LaneState;
}

/**
 * Journals an entry. Returns whether it was new, and, where its lane had nothing to do and `owner` is given, the claim
 * under which this process may begin with it once the transaction is committed. `isDue`: the lane had nothing to do, and
 * somebody must look for it now; of any other lane it is known already when it goes on. `forgotten`: an earlier life of
 * the store may have carried it.
 */
export async function append(
  tx: Tx,
  entry: NewEntry,
  now: number,
  owner: Owner | null,
  forgotten: boolean,
  origin: Origin,
): Promise<{ added: boolean; claim: Claim | null; isDue: boolean }> {
  const state = await lockLane(tx, entry.lane);
  const isIdle = state.ready_at === null && state.owner === null;
  const begins = isIdle && owner !== null && entry.notBefore === undefined;
  const { rows } = await insertEntry(tx, {
    lane: entry.lane,
    key: entry.key,
    kind: entry.kind,
    payload: JSON.stringify(entry.payload),
    begun: forgotten ? FORGOTTEN : begins ? 1 : 0,
    created_at: now,
    trace: origin,
  });
  const id = rows[0]?.id;
  if (id === undefined) return { added: false, claim: null, isDue: false };
  if (!begins) {
    const isDue = state.ready_at === null;
    if (isDue) await makeReady(tx, { name: entry.lane, delay: Math.max((entry.notBefore ?? now) - now, 0) });
    return { added: true, claim: null, isDue };
  }
  await takeLane(tx, { name: entry.lane, owner: owner.id, leaseMs: owner.leaseMs });
  const { key, kind, lane, payload } = entry;
  return {
    added: true,
    isDue: false,
    claim: {
      lane,
      epoch: state.epoch + 1,
      entry: {
        ...{ id, key, kind, payload, forgotten, createdAt: now, origin },
        ...{ progress: null, failures: 0, uncertain: forgotten },
      },
    },
  };
}

/** What was decided is known by its key alone: its words are not kept a second time. */
export const NO_PAYLOAD = 'null';

const insertDecided = prepared<
  { lane: string; key: string; kind: string; now: number; trace: string },
  { id: number }
>((db, value) =>
  db
    .insertInto('journal')
    .values({
      lane: value('lane'),
      key: value('key'),
      kind: value('kind'),
      payload: NO_PAYLOAD,
      status: 'done',
      created_at: value('now'),
      finished_at: value('now'),
      trace: value('trace'),
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id'),
);

/**
 * Journals an entry that is decided in this very transaction. `busy`: its lane has something to do first, and nothing was
 * journalled; `known`: it is in the journal already.
 */
export async function appendDecided(
  tx: Tx,
  entry: NewEntry,
  now: number,
  origin: Origin,
): Promise<'decide' | 'busy' | 'known'> {
  const { ready_at, owner } = await lockLane(tx, entry.lane);
  if (ready_at !== null || owner !== null) return 'busy';
  const { lane, key, kind } = entry;
  const { rows } = await insertDecided(tx, { lane, key, kind, now, trace: origin });
  return rows.length > 0 ? 'decide' : 'known';
}

export const readHead = prepared<{ lane: string }, Head>((db, value) =>
  db
    .selectFrom('journal')
    .select(['id', 'key', 'kind', 'payload', 'progress', 'failures', 'begun', 'created_at', 'trace'])
    .where('lane', '=', value('lane'))
    .where('status', '=', 'pending')
    .orderBy('id')
    .limit(1),
);

interface Head {
  id: number;
  key: string;
  kind: string;
  payload: string;
  progress: string | null;
  failures: number;
  begun: number;
  created_at: number;
  trace: string | null;
}

export async function headOf(tx: Tx | Store['db'], lane: Lane): Promise<Entry | null> {
  const row = (await readHead(tx, { lane })).rows[0];
  if (!row) return null;
  return {
    id: row.id,
    key: row.key as EntryKey,
    kind: row.kind,
    ...contentOf(row),
    failures: row.failures,
    uncertain: row.begun > 0,
    forgotten: row.begun === FORGOTTEN,
    createdAt: row.created_at,
    origin: row.trace ?? originOf(row.key),
  };
}

/** An entry that cannot be read must not keep others from being claimed, so it is handed out to be parked. */
export function contentOf({
  payload,
  progress,
}: Pick<Head, 'payload' | 'progress'>): Pick<Entry, 'payload' | 'progress' | 'unreadable'> {
  try {
    return { payload: JSON.parse(payload), progress: progress === null ? null : JSON.parse(progress) };
  } catch {
    // What the parser says holds words of the message.
    return { payload: null, progress: null, unreadable: 'its payload or progress is not JSON' };
  }
}

/** Gives an entry that was to be decided at once to its lane; `forgotten` as for `append`. */
export async function makePending(
  tx: Tx,
  { lane, key, payload }: NewEntry,
  forgotten: boolean,
): Promise<void> {
  const begun = forgotten ? FORGOTTEN : 0;
  await tx
    .updateTable('journal')
    .set({ status: 'pending', finished_at: null, payload: JSON.stringify(payload), begun })
    .where('key', '=', key)
    .execute();
  await makeReady(tx, { name: lane, delay: 0 });
}

/** Forgets finished entries older than `before`, a bounded number at a time, and the lanes that they leave empty. */
export async function prune(tx: Tx, before: number): Promise<number> {
  const result = await tx
    .deleteFrom('journal')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('journal')
        .select('id')
        .where('status', '<>', 'pending')
        .where('finished_at', '<', before)
        .limit(PRUNED_AT_ONCE),
    )
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

/** How long finished entries are kept: well past every time in which an event can come twice. */
export const KEPT_MS = 30 * DAY_MS;
const PRUNED_AT_ONCE = 1_000;
