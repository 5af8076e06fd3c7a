import type { Logger } from 'pino';
import type { Store } from '../store/open.ts';
import type { Owner } from './lanes.ts';

export interface Lease {
  /** Lets go, so that another process may take over at once. */
  stop(): Promise<void>;
}

/**
 * Does something in one process of all that share the store. The process that holds the lease renews it; one that
 * cannot renew in time stops its work before another can begin. On the embedded store it is always this process.
 *
 * Resolves after the first attempt: `gained` has finished when this process holds the lease, and its error is thrown.
 */
export async function holdLease(
  store: Store,
  name: string,
  owner: Owner,
  logger: Logger,
  work: { gained(): Promise<void>; lost(): Promise<void> },
): Promise<Lease> {
  const renewMs = owner.leaseMs / 3;
  let held = false;
  let renewedAt = 0;
  let stopped = false;
  let turning: Promise<void> = Promise.resolve();

  async function turn(): Promise<void> {
    const now = Date.now();
    let mine = false;
    try {
      mine = await take(store, name, owner, now);
    } catch (error) {
      logger.warn({ err: error, lease: name }, 'a lease could not be renewed');
      // Without the store nobody else can take it either, until it runs out.
      mine = held && now - renewedAt < owner.leaseMs - renewMs;
    }
    if (mine) renewedAt = now;
    if (mine && !held) {
      held = true;
      logger.info({ lease: name }, 'this process holds the lease');
      await work.gained();
    } else if (!mine && held) {
      held = false;
      logger.warn({ lease: name }, 'the lease is lost');
      await work.lost();
    }
  }

  await turn();
  const interval = setInterval(() => {
    turning = turning.then(async () => {
      if (!stopped)
        await turn().catch((err) => logger.error({ err, lease: name }, 'what a lease is for failed'));
    });
  }, renewMs);

  return {
    async stop() {
      stopped = true;
      clearInterval(interval);
      await turning;
      if (!held) return;
      held = false;
      await work.lost();
      await store.db
        .updateTable('leases')
        .set({ lease_until: 0 })
        .where('name', '=', name)
        .where('owner', '=', owner.id)
        .execute();
    },
  };
}

async function take(store: Store, name: string, owner: Owner, now: number): Promise<boolean> {
  // Whoever held it on a store that is not shared is dead: the lock on the file says so.
  const free = store.isShared ? now : Number.MAX_SAFE_INTEGER;
  const result = await store.db
    .insertInto('leases')
    .values({ name, owner: owner.id, epoch: 1, lease_until: now + owner.leaseMs })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet((eb) => ({
          owner: owner.id,
          epoch: eb('leases.epoch', '+', 1),
          lease_until: now + owner.leaseMs,
        }))
        .where((eb) => eb.or([eb('leases.owner', '=', owner.id), eb('leases.lease_until', '<', free)])),
    )
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0;
}
