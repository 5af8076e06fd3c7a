/** Commits rows to the embedded store in the folder given, and writes the number of each that was acknowledged. */
import { openStore } from '../src/store/open.ts';

const [dataDir = '', lazy] = process.argv.slice(2);
const store = await openStore({ dataDir });
let next = 0;
async function commitForever(): Promise<never> {
  for (;;) {
    const number = next++;
    await store.transact(
      async (tx) => {
        const row = { name: `row ${number}`, owner: 'test', epoch: 1, lease_until: number };
        await tx.insertInto('leases').values(row).execute();
      },
      { lazy: () => lazy === 'lazy' },
    );
    process.stdout.write(`${number}\n`);
    // Lazy commits would otherwise leave nobody else a turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
await Promise.all(Array.from({ length: 4 }, commitForever));
