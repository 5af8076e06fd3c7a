import { FORGOTTEN } from '../store/marks.ts';
import { isKnownVersion } from '../store/migrate.ts';
import type { Tx } from '../store/open.ts';
import { firstOf, prepared } from '../store/prepared.ts';
import type { Owner, Store } from '../store/store.ts';
import { type Claim, headOf, readLane } from './journal.ts';
import { isPlaceLane, type Lane, TIMER_LANES } from './keys.ts';

/** Another process has taken the lane over; whatever was done must not be recorded by this one. */
export class LaneLost extends Error {
  override name = 'LaneLost';
}

interface DueLane {
  name: string;
  owner: string | null;
}

/** Where the store is shared, lanes of owners that have gone silent as well. */
const dueLanes = prepared<{ limit: number }, DueLane>((db, value, { now, skippingLocked }) =>
  skippingLocked(
    db
      .selectFrom('lanes')
      .select(['name', 'owner'])
      .where('ready_at', '<=', now())
      // What a newer version appends this one may not understand, and would park.
      .where(isKnownVersion())
      .where((eb) => eb.or([eb('owner', 'is', null), eb('lease_until', '<', now())]))
      .orderBy('ready_at')
      .limit(value('limit')),
  ),
);
/** A store that is not shared has no other owner than this process, which knows what it has begun and may take longer over it than a lease. */
const dueLanesOfOwn = prepared<{ limit: number }, DueLane>((db, value, { now }) =>
  db
    .selectFrom('lanes')
    .select(['name', 'owner'])
    .where('ready_at', '<=', now())
    .where('owner', 'is', null)
    .orderBy('ready_at')
    .limit(value('limit')),
);

/** Claims up to `limit` lanes whose head is due, the longest waiting first. */
export async function claimLanes(store: Store, owner: Owner, limit: number): Promise<Claim[]> {
  return store.transact(async (tx) => {
    const { rows: due } = await (store.isShared ? dueLanes : dueLanesOfOwn)(tx, { limit });
    if (due.length === 0) return [];
    // Of an owner that is gone nobody knows what it sent last.
    const abandoned = due.filter(({ owner }) => owner !== null).map(({ name }) => name);
    if (abandoned.length > 0) await makeUncertain(tx, abandoned);
    const lanes = await tx
      .updateTable('lanes')
      .set((eb) => ({
        owner: owner.id,
        epoch: eb('epoch', '+', 1),
        lease_until: eb(store.now(), '+', owner.leaseMs),
      }))
      .where(
        'name',
        'in',
        due.map(({ name }) => name),
      )
      .returning(['name', 'epoch'])
      .execute();
    const claims: Claim[] = [];
    for (const { name, epoch } of lanes) {
      const lane = name as Lane;
      const entry = await headOf(tx, lane);
      if (entry) claims.push({ lane, epoch, entry });
      else await freeLane(tx, { name: lane });
    }
    return claims;
  });
}

async function makeUncertain(tx: Tx, lanes: readonly string[]): Promise<void> {
  await tx
    .updateTable('journal')
    .set({ begun: 1 })
    .where('lane', 'in', [...lanes])
    .where('status', '=', 'pending')
    .where('begun', '=', 0)
    .execute();
}

/** What became of an attempt. */
export type Settlement =
  | { is: 'done'; outcome?: unknown; commit?: ((tx: Tx) => Promise<void>) | undefined }
  | { is: 'parked'; error: string; commit?: (tx: Tx) => Promise<void> }
  | {
      is: 'retry';
      error: string;
      /** In milliseconds from now. */
      waitMs: number;
      ambiguous: boolean;
      commit?: ((tx: Tx) => Promise<void>) | undefined;
    }
  /** Not finished, not failed: to be called again later. */
  | { is: 'again'; waitMs: number };

const finishEntry = prepared<{
  id: number;
  status: string;
  error: string | null;
  progress: string | null;
  now: number;
}>((db, value) =>
  db
    .updateTable('journal')
    .set((eb) => ({
      status: value('status') as 'done',
      error: value('error'),
      progress: eb.fn.coalesce(eb.val(value('progress')), 'progress'),
      finished_at: value('now'),
    }))
    .where('id', '=', value('id')),
);

const renewLane = prepared<{ name: string; leaseMs: number }>((db, value, { now }) =>
  db
    .updateTable('lanes')
    .set((eb) => ({ lease_until: eb(now(), '+', value('leaseMs')) }))
    .where('name', '=', value('name')),
);

const freeLane = prepared<{ name: string }>((db, value) =>
  db.updateTable('lanes').set({ owner: null, ready_at: null }).where('name', '=', value('name')),
);

/**
 * Records what became of a claim, in the caller's transaction, and hands out the next entry of the lane where `goOn`
 * allows it; `waits`: the lane was let go and has something left. Throws LaneLost when the lane has another owner. The lane
 * is locked last, as a decision does: what is heard locks the lane it came in by, then its conversation, then the lanes it
 * goes out by.
 */
export async function settle(
  tx: Tx,
  store: Store,
  owner: Owner,
  claim: Claim,
  settlement: Settlement,
  goOn: boolean,
  now: number,
): Promise<Claim | 'waits' | null> {
  const { id } = claim.entry;
  // What an out-lane tells the lane of decisions is written in one order with what is heard: that lane first.
  if (isPlaceLane(claim.lane)) await assertOwner(tx, owner, claim);
  if (settlement.is === 'retry' || settlement.is === 'again') {
    const change =
      settlement.is === 'again'
        ? { begun: claim.entry.forgotten ? FORGOTTEN : 0, failures: 0 }
        : {
            error: settlement.error,
            failures: claim.entry.failures + 1,
            begun: settlement.ambiguous ? 1 : 0,
          };
    // What may have taken effect once stays uncertain until somebody has looked.
    if (settlement.is === 'retry' && claim.entry.uncertain)
      change.begun = claim.entry.forgotten ? FORGOTTEN : 1;
    await tx.updateTable('journal').set(change).where('id', '=', id).execute();
    if (settlement.is === 'retry') await settlement.commit?.(tx);
    await assertOwner(tx, owner, claim);
    await release(tx, claim.lane, settlement.waitMs);
    return 'waits';
  }
  await finishEntry(tx, {
    id,
    status: settlement.is,
    error: settlement.is === 'parked' ? settlement.error : null,
    progress:
      settlement.is === 'done' && settlement.outcome !== undefined
        ? JSON.stringify(settlement.outcome)
        : null,
    now,
  });
  await settlement.commit?.(tx);
  await assertOwner(tx, owner, claim);
  const next = await headOf(tx, claim.lane);
  if (!next) {
    await freeLane(tx, { name: claim.lane });
    return null;
  }
  if (!goOn) {
    await release(tx, claim.lane, 0);
    return 'waits';
  }
  if (store.isShared) await renewLane(tx, { name: claim.lane, leaseMs: owner.leaseMs });
  return { lane: claim.lane, epoch: claim.epoch, entry: next };
}

/** Keeps what an attempt has achieved so far, so that the next one goes on from there. */
export async function saveProgress(tx: Tx, owner: Owner, claim: Claim, progress: unknown): Promise<void> {
  await assertOwner(tx, owner, claim);
  await tx
    .updateTable('journal')
    .set({ progress: JSON.stringify(progress) })
    .where('id', '=', claim.entry.id)
    .execute();
}

/**
 * The embedded store has one process at a time: whoever owned a lane before this start is dead. What waits is tried at once,
 * since the clock may have been set meanwhile; timers wait, as far as they have not failed.
 */
export async function freeAllLanes(store: Store): Promise<void> {
  await store.transact(async (tx) => {
    await tx
      .updateTable('journal')
      .set({ begun: 1 })
      .where('status', '=', 'pending')
      .where('begun', '=', 0)
      .where('lane', 'in', (eb) => eb.selectFrom('lanes').select('name').where('owner', 'is not', null))
      .execute();
    await tx
      .updateTable('lanes')
      .set({ owner: null, lease_until: 0 })
      .where('owner', 'is not', null)
      .execute();
    await tx
      .updateTable('lanes')
      .set({ ready_at: store.now() })
      .where('ready_at', '>', store.now())
      .where((eb) =>
        eb.or([
          eb('name', 'not like', `${TIMER_LANES}%`),
          eb('name', 'in', (pending) =>
            pending
              .selectFrom('journal')
              .select('lane')
              .where('status', '=', 'pending')
              .where('failures', '>', 0),
          ),
        ]),
      )
      .execute();
  });
}

/** Makes lanes that wait after a failure due at once. */
export async function wakeLanes(store: Store, lanes: readonly Lane[]): Promise<void> {
  await store.db
    .updateTable('lanes')
    .set({ ready_at: store.now() })
    .where('name', 'in', [...lanes])
    .where('owner', 'is', null)
    .where('ready_at', '>', store.now())
    .execute();
}

/**
 * Lets a lane go whose entry this process could not finish, because its lease was in doubt; what the attempt did is in doubt,
 * too. Nobody else frees it once the leases of this process are renewed again. Nothing happens where another has it.
 */
export async function giveBack(store: Store, owner: Owner, { lane, epoch }: Claim): Promise<void> {
  await store.transact(async (tx) => {
    const state = (await readLane(tx, { name: lane })).rows[0];
    if (state?.owner !== owner.id || state.epoch !== epoch) return;
    await makeUncertain(tx, [lane]);
    await release(tx, lane, 0);
  });
}

const nextDueOfAll = prepared<Record<never, never>, { wait: number | null }>((db, _, { now }) =>
  db
    .selectFrom('lanes')
    .select((eb) =>
      eb(
        eb.fn.min<number>(
          eb
            .case()
            .when(eb.or([eb('owner', 'is', null), eb('lease_until', '<', eb.ref('ready_at'))]))
            .then(eb.ref('ready_at'))
            .else(eb('lease_until', '+', 1))
            .end(),
        ),
        '-',
        now(),
      ).as('wait'),
    )
    .where('ready_at', 'is not', null),
);
const nextDueOfOwn = prepared<Record<never, never>, { wait: number | null }>((db, _, { now }) =>
  db
    .selectFrom('lanes')
    .select((eb) => eb(eb.fn.min<number>('ready_at'), '-', now()).as('wait'))
    .where('ready_at', 'is not', null)
    .where('owner', 'is', null),
);

/** When is looked again for lanes that were locked, in milliseconds. */
const LOCKED_WAIT_MS = 20;

/**
 * How long until the next lane can be claimed, in milliseconds, or null when nothing waits. `foundNothing`: what is due now
 * could not be claimed: it is locked, by a settlement or by a process that froze within one.
 */
export async function nextDue({ db, isShared }: Store, foundNothing: boolean): Promise<number | null> {
  const row = await firstOf((isShared ? nextDueOfAll : nextDueOfOwn)(db, {}));
  if (row?.wait == null) return null;
  const wait = Number(row.wait);
  return foundNothing && wait <= 0 ? LOCKED_WAIT_MS : wait;
}

async function assertOwner(tx: Tx, owner: Owner, claim: Claim): Promise<void> {
  const state = (await readLane(tx, { name: claim.lane })).rows[0];
  if (state?.owner !== owner.id || state.epoch !== claim.epoch)
    throw new LaneLost(`lane ${claim.lane} has another owner`);
}

const releaseLane = prepared<{ name: string; waitMs: number }>((db, value, { now }) =>
  db
    .updateTable('lanes')
    .set((eb) => ({ owner: null, ready_at: eb(now(), '+', value('waitMs')) }))
    .where('name', '=', value('name')),
);

/** Lets a lane go that has something to do, in `waitMs` milliseconds. */
const release = (tx: Tx, name: Lane, waitMs: number) => releaseLane(tx, { name, waitMs: Math.ceil(waitMs) });
