import { type Expression, type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';
import type { Leases, Owner } from './store.ts';

/** Never longer than this between two tries: the holder may let go early. In milliseconds. */
const MAX_WAIT_MS = 1_000;
const MIN_WAIT_MS = 20;

/**
 * The leases of a store. `isShared`: whoever held a lease of a store that is not shared is dead, or this process would
 * not have it open.
 */
export function leasesOf(db: Kysely<Schema>, now: () => Expression<number>, isShared: boolean): Leases {
  const until = (leaseMs: number) => sql<number>`${now()} + ${sql.val(leaseMs)}`;

  return {
    async take(name: string, owner: Owner): Promise<number> {
      const taken = await db
        .insertInto('leases')
        .values({ name, owner: owner.id, epoch: 1, lease_until: until(owner.leaseMs) })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet((eb) => ({
              owner: owner.id,
              epoch: eb('leases.epoch', '+', 1),
              lease_until: until(owner.leaseMs),
            }))
            .where((eb) =>
              isShared
                ? eb.or([eb('leases.owner', '=', owner.id), eb('leases.lease_until', '<=', now())])
                : eb.lit(true),
            ),
        )
        .executeTakeFirst();
      if (Number(taken.numInsertedOrUpdatedRows ?? 0) > 0) return 0;
      const held = await db
        .selectFrom('leases')
        .select(sql<number>`lease_until - ${now()}`.as('wait'))
        .where('name', '=', name)
        .executeTakeFirst();
      return Math.min(Math.max(held?.wait ?? 0, MIN_WAIT_MS), MAX_WAIT_MS);
    },

    async isElsewhere(name, owner) {
      if (!isShared) return false;
      const held = await db
        .selectFrom('leases')
        .select('owner')
        .where('name', '=', name)
        .where('owner', '<>', owner.id)
        .where('lease_until', '>', now())
        .executeTakeFirst();
      return held !== undefined;
    },

    async release(name, owner) {
      await db
        .updateTable('leases')
        .set({ lease_until: 0 })
        .where('name', '=', name)
        .where('owner', '=', owner.id)
        .execute();
    },
  };
}
