import { expect, test } from 'bun:test';
import { storeKinds } from '../../testing/stores.ts';
import { createPace, NoPlace, type Pace } from './pace.ts';
import type { Store } from './store.ts';

const EVERY_MS = 10;
/** As much later than its time a request may be made. */
const LATE_MS = 40;

/** When so many requests were made that all asked at once, in milliseconds. */
async function madeAt(pace: Pace, count: number): Promise<number[]> {
  const times: number[] = [];
  await Promise.all(Array.from({ length: count }, () => pace().then(() => times.push(performance.now()))));
  return times;
}

for (const kind of storeKinds) {
  test(`those who share a limit on ${kind.name} keep it together, and one alone has all of it`, async () => {
    const place = await kind.make();
    const stores: Store[] = [await place.open()];
    // Each process has a store of its own, where there can be several.
    stores.push(kind.name === 'postgres' ? await place.open() : (stores[0] as Store));
    const [one, other] = stores.map((store) =>
      createPace({ store, cloud: 'discord', limit: 'x', everyMs: EVERY_MS }),
    );
    const both = await Promise.all([madeAt(one as Pace, 30), madeAt(other as Pace, 30)]);
    const times = both.flat().sort((a, b) => a - b);
    for (const from of times) {
      const within = times.filter((time) => time >= from && time < from + 100).length;
      expect(within).toBeLessThanOrEqual((100 + LATE_MS) / EVERY_MS + 1);
    }
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(59 * EVERY_MS - LATE_MS);
    // Neither waited for the other to end.
    for (const own of both) expect(Math.max(...own)).toBeGreaterThan(times[30] ?? 0);

    const alone = await madeAt(one as Pace, 30);
    // Half of the limit would take twice as long.
    expect((alone.at(-1) ?? 0) - (alone[0] ?? 0)).toBeLessThan(2 * 29 * EVERY_MS);
    await place.drop();
  });
}

for (const kind of storeKinds.filter(({ name }) => name === 'postgres')) {
  test('a server whose clock was set back by an hour holds no request up for an hour', async () => {
    const place = await kind.make();
    const store = await place.open();
    const pace = createPace({ store, cloud: 'discord', limit: 'x', everyMs: EVERY_MS });
    await pace();
    await store.db
      .updateTable('leases')
      .set((eb) => ({ lease_until: eb('lease_until', '+', 3_600_000) }))
      .execute();
    const before = performance.now();
    await pace();
    expect(performance.now() - before).toBeLessThan(2_000);
    await place.drop();
  });

  test('without the store no request is made, and it says so', async () => {
    const place = await kind.make();
    const store = await place.open();
    const pace = createPace({ store, cloud: 'discord', limit: 'x', everyMs: EVERY_MS });
    await store.close();
    await expect(pace()).rejects.toBeInstanceOf(NoPlace);
    await place.drop();
  });
}
