import { expect, test } from 'bun:test';
import { storeKinds } from '../../testing/stores.ts';
import { createPace, NoPlace, type Pace } from './pace.ts';
import type { Store } from './store.ts';

const PER_SECOND = 20;

/** When so many requests were made that all asked at once, in milliseconds. */
async function madeAt(pace: Pace, count: number): Promise<number[]> {
  const times: number[] = [];
  await Promise.all(Array.from({ length: count }, () => pace().then(() => times.push(performance.now()))));
  return times;
}

const paceOf = (store: Store) =>
  createPace({ store, cloud: 'discord', limit: 'x', perSecond: PER_SECOND, maxWaitMs: 60_000 });

/** The most of them within any second. */
function mostInASecond(times: readonly number[]): number {
  const counts = times.map((from) => times.filter((time) => time >= from && time < from + 1000).length);
  return Math.max(...counts);
}

for (const kind of storeKinds) {
  test(`those who share a limit on ${kind.name} keep it together, and one alone has all of it`, async () => {
    const place = await kind.make();
    const stores: Store[] = [await place.open()];
    // Each process has a store of its own, where there can be several.
    stores.push(kind.name === 'postgres' ? await place.open() : (stores[0] as Store));
    const [one, other] = stores.map(paceOf);
    const both = await Promise.all([madeAt(one as Pace, 30), madeAt(other as Pace, 30)]);
    const times = both.flat().sort((a, b) => a - b);
    // One more may fall into a second where a request came to its place a little late.
    expect(mostInASecond(times)).toBeLessThanOrEqual(PER_SECOND + 1);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(2_000 - 50);
    // Neither waited for the other to end.
    for (const own of both) expect(Math.max(...own)).toBeGreaterThan(times[30] ?? 0);

    const alone = await madeAt(one as Pace, 2 * PER_SECOND);
    // Half of the limit would take twice as long.
    expect((alone.at(-1) ?? 0) - (alone[0] ?? 0)).toBeLessThan(4_000);
    await place.drop();
  });

  test(`a process that stands still again and again makes as many requests as the limit allows, on ${kind.name}`, async () => {
    const place = await kind.make();
    const pace = paceOf(await place.open());
    // What the rest of the machine takes from it comes on top.
    let stoodStill = 0;
    let stoodStillOnPurpose = 0;
    let lastTick = performance.now();
    const ticking = setInterval(() => {
      stoodStill += Math.max(performance.now() - lastTick - 20, 0);
      lastTick = performance.now();
    }, 10);
    const standing = setInterval(() => {
      Bun.sleepSync(160);
      stoodStillOnPurpose += 160;
    }, 400);
    const seconds = 4;
    const times = await madeAt(pace, seconds * PER_SECOND);
    clearInterval(standing);
    clearInterval(ticking);
    const takenByOthers = Math.max(stoodStill - stoodStillOnPurpose, 0);
    expect(mostInASecond(times)).toBeLessThanOrEqual(PER_SECOND + 1);
    // With what it misses while it stands still lost, it would take more than six.
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(seconds * 1000 + 1_700 + takenByOthers);
    await place.drop();
  });
}

for (const kind of storeKinds) {
  test(`nobody waits for ever for a place where the answers of ${kind.name} come too late for all of them`, async () => {
    const place = await kind.make();
    const { places } = await place.open();
    const slowly: typeof places.take = async (...asked) => {
      const taken = await places.take(...asked);
      // More than places are ever taken ahead.
      await Bun.sleep(800);
      return taken;
    };
    const pace = createPace({
      ...{ store: { places: { ...places, take: slowly } }, cloud: 'discord', limit: 'x' },
      ...{ perSecond: PER_SECOND, maxWaitMs: 1_000 },
    });
    await expect(pace()).rejects.toBeInstanceOf(NoPlace);
    await place.drop();
  });
}

for (const kind of storeKinds.filter(({ name }) => name === 'postgres')) {
  test('a server whose clock was set back by an hour holds no request up for an hour', async () => {
    const place = await kind.make();
    const store = await place.open();
    const pace = paceOf(store);
    await pace();
    await store.db
      .updateTable('limits')
      .set({ given: String(Date.now() + 3_600_000) })
      .execute();
    const before = performance.now();
    await pace();
    expect(performance.now() - before).toBeLessThan(2_000);
    await place.drop();
  });

  test('without the store no request is made, and it says so', async () => {
    const place = await kind.make();
    const store = await place.open();
    const pace = paceOf(store);
    await store.close();
    await expect(pace()).rejects.toBeInstanceOf(NoPlace);
    await place.drop();
  });
}
