import { type ExpressionBuilder, sql } from 'kysely';
import type { Store, Tx } from '../store/open.ts';
import type { Schema } from '../store/schema.ts';
import type { EntryType, NewEntry } from './entries.ts';
import type { EntryKey, Lane } from './keys.ts';

/** A process that works lanes off. */
export interface Owner {
  /** Another with every start. */
  id: string;
  /** How long it may stay silent before another process takes its lanes, in milliseconds. */
  leaseMs: number;
}

/** An entry that this process may work on, and nobody else. */
export interface Claim {
  lane: Lane;
  epoch: number;
  entry: Entry;
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
  createdAt: number;
}

/** Another process has taken the lane over; whatever was done must not be recorded by this one. */
export class LaneLost extends Error {
  override name = 'LaneLost';
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

/** Payloads of the entries of a kind that a lane has not finished, oldest first. */
export async function pendingOf<Payload>(
  db: Tx | Store['db'],
  lane: Lane,
  { kind }: EntryType<string, Payload, never>,
): Promise<Payload[]> {
  const rows = await db
    .selectFrom('journal')
    .select('payload')
    .where('lane', '=', lane)
    .where('status', '=', 'pending')
    .where('kind', '=', kind)
    .orderBy('id')
    .execute();
  return rows.map(({ payload }) => JSON.parse(payload) as Payload);
}

/** Whether a lane has something to do. */
export async function hasPending(db: Tx | Store['db'], lane: Lane): Promise<boolean> {
  return (await headOf(db, lane)) !== undefined;
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

/** Claims up to `limit` lanes whose head is due, the longest waiting first. */
export async function claimLanes(store: Store, owner: Owner, limit: number): Promise<Claim[]> {
  const now = Date.now();
  return store.transact(async (tx) => {
    const due = tx
      .selectFrom('lanes')
      .select('name')
      .where('ready_at', '<=', now)
      .where((eb) => eb.or([eb('owner', 'is', null), eb('lease_until', '<', now)]))
      .orderBy('ready_at')
      .limit(limit);
    const lanes = await tx
      .updateTable('lanes')
      .set((eb) => ({
        owner: owner.id,
        epoch: eb('epoch', '+', 1),
        lease_until: now + owner.leaseMs,
      }))
      .where('name', 'in', store.lockFreeRows(due))
      .returning(['name', 'epoch'])
      .execute();
    const claims: Claim[] = [];
    for (const { name, epoch } of lanes) {
      const lane = name as Lane;
      const entry = await beginHead(tx, lane);
      if (entry) claims.push({ lane, epoch, entry });
      else await release(tx, lane, null);
    }
    return claims;
  });
}

/** What became of an attempt. */
export type Settlement =
  | { is: 'done'; outcome?: unknown; commit?: (tx: Tx) => Promise<void> }
  | { is: 'parked'; error: string; commit?: (tx: Tx) => Promise<void> }
  | { is: 'retry'; error: string; at: number; ambiguous: boolean }
  /** Not finished, not failed: to be called again later. */
  | { is: 'again'; at: number };

/**
 * Records what became of a claim, and hands out the next entry of the lane where `goOn` allows it.
 * Throws LaneLost, with nothing recorded, when the lane has another owner.
 */
export function settle(
  store: Store,
  owner: Owner,
  claim: Claim,
  settlement: Settlement,
  goOn: boolean,
): Promise<Claim | null> {
  const now = Date.now();
  return store.transact(async (tx) => {
    await assertOwner(tx, owner, claim, now);
    const entry = tx.updateTable('journal').where('id', '=', claim.entry.id);
    if (settlement.is === 'retry' || settlement.is === 'again') {
      const change =
        settlement.is === 'again'
          ? { begun: 0, failures: 0 }
          : {
              error: settlement.error,
              failures: claim.entry.failures + 1,
              ...(settlement.ambiguous ? {} : { begun: 0 }),
            };
      await entry.set(change).execute();
      await release(tx, claim.lane, settlement.at);
      return null;
    }
    if (settlement.is === 'done') {
      const outcome =
        settlement.outcome === undefined ? {} : { progress: JSON.stringify(settlement.outcome) };
      await entry.set({ status: 'done', finished_at: now, error: null, ...outcome }).execute();
    } else {
      await entry.set({ status: 'parked', finished_at: now, error: settlement.error }).execute();
    }
    await settlement.commit?.(tx);
    if (!goOn) {
      const more = await headOf(tx, claim.lane);
      await release(tx, claim.lane, more === undefined ? null : now);
      return null;
    }
    const next = await beginHead(tx, claim.lane);
    if (next) return { lane: claim.lane, epoch: claim.epoch, entry: next };
    await release(tx, claim.lane, null);
    return null;
  });
}

/** Keeps what an attempt has achieved so far, so that the next one goes on from there. */
export async function saveProgress(
  store: Store,
  owner: Owner,
  claim: Claim,
  progress: unknown,
): Promise<void> {
  await store.transact(async (tx) => {
    await assertOwner(tx, owner, claim, Date.now());
    await tx
      .updateTable('journal')
      .set({ progress: JSON.stringify(progress) })
      .where('id', '=', claim.entry.id)
      .execute();
  });
}

/** Tells the store that the owner is alive. */
export async function renewLanes(store: Store, owner: Owner): Promise<void> {
  await store.db
    .updateTable('lanes')
    .set({ lease_until: Date.now() + owner.leaseMs })
    .where('owner', '=', owner.id)
    .execute();
}

/** The embedded store has one process at a time: whoever owned a lane before this start is dead. */
export async function freeAllLanes(store: Store): Promise<void> {
  await store.db.updateTable('lanes').set({ owner: null, lease_until: 0 }).execute();
}

/** When the next lane can be claimed: milliseconds since the epoch, or null when nothing waits. */
export async function nextDue(store: Store): Promise<number | null> {
  const row = await store.db
    .selectFrom('lanes')
    .select(
      sql<
        number | null
      >`min(case when owner is null or lease_until < ready_at then ready_at else lease_until + 1 end)`.as(
        'due',
      ),
    )
    .where('ready_at', 'is not', null)
    .executeTakeFirst();
  return row?.due ?? null;
}

async function assertOwner(tx: Tx, owner: Owner, claim: Claim, now: number): Promise<void> {
  const held = await tx
    .updateTable('lanes')
    .set({ lease_until: now + owner.leaseMs })
    .where('name', '=', claim.lane)
    .where('owner', '=', owner.id)
    .where('epoch', '=', claim.epoch)
    .executeTakeFirst();
  if (Number(held.numUpdatedRows) === 0) throw new LaneLost(`lane ${claim.lane} has another owner`);
}

async function release(tx: Tx, lane: Lane, readyAt: number | null): Promise<void> {
  await tx.updateTable('lanes').set({ owner: null, ready_at: readyAt }).where('name', '=', lane).execute();
}

function headOf(db: Tx | Store['db'], lane: Lane) {
  return db
    .selectFrom('journal')
    .select('id')
    .where('lane', '=', lane)
    .where('status', '=', 'pending')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
}

async function beginHead(tx: Tx, lane: Lane): Promise<Entry | null> {
  const row = await tx
    .updateTable('journal')
    .set((eb: ExpressionBuilder<Schema, 'journal'>) => ({ begun: eb('begun', '+', 1) }))
    .where('id', '=', (eb) =>
      eb
        .selectFrom('journal')
        .select((own) => own.fn.min('id').as('head'))
        .where('lane', '=', lane)
        .where('status', '=', 'pending'),
    )
    .returning(['id', 'key', 'kind', 'payload', 'progress', 'failures', 'begun', 'created_at'])
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    key: row.key as EntryKey,
    kind: row.kind,
    payload: JSON.parse(row.payload),
    progress: row.progress === null ? null : JSON.parse(row.progress),
    failures: row.failures,
    uncertain: row.begun > 1,
    createdAt: row.created_at,
  };
}
