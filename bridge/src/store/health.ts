import pTimeout from 'p-timeout';
import type { Store } from './store.ts';

/** How long the store may take for one small write before it counts as away, in milliseconds. */
const WRITE_TIMEOUT_MS = 2_000;
/** A lease that nobody takes. */
const NAME = 'write-check';

/**
 * Why the store takes no write, or null where it takes one: on a full disk, or on a server that only lets read, everything
 * else looks well.
 */
export async function writeFault(store: Store): Promise<Error | null> {
  const write = store.transact((tx) =>
    tx
      .insertInto('leases')
      .values({ name: NAME, owner: '', epoch: 1, lease_until: store.now() })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ lease_until: store.now() }))
      .execute(),
  );
  return pTimeout(
    write.then(
      () => null,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    ),
    {
      milliseconds: WRITE_TIMEOUT_MS,
      fallback: () => new Error(`a small write took more than ${WRITE_TIMEOUT_MS} ms`),
    },
  );
}
