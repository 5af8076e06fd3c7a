import pTimeout from 'p-timeout';
import type { Store } from './store.ts';

/** How long the store may take for one small write before it counts as away, in milliseconds. */
const WRITE_TIMEOUT_MS = 2_000;
/** A lease that nobody takes. */
const NAME = 'write-check';

/** Whether the store takes a write: on a full disk, or on a server that only lets read, everything else looks well. */
export async function takesWrites(store: Store): Promise<boolean> {
  const write = store.transact((tx) =>
    tx
      .insertInto('leases')
      .values({ name: NAME, owner: '', epoch: 1, lease_until: store.now() })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ lease_until: store.now() }))
      .execute(),
  );
  return pTimeout(
    write.then(
      () => true,
      () => false,
    ),
    { milliseconds: WRITE_TIMEOUT_MS, fallback: () => false },
  );
}
