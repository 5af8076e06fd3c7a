import { afterEach, beforeEach, describe, expect, setSystemTime, test } from 'bun:test';
import fc from 'fast-check';
import { entry, logger, owner, relaysOn, until, type Work, work, workHandler } from '../../testing/relays.ts';
import { storeKinds } from '../../testing/stores.ts';
import { steadyNow } from '../store/clock.ts';
import { defineEntry, handlersFor } from './entries.ts';
import { Refused, Transient } from './errors.ts';
import type { Claim } from './journal.ts';
import type { EntryKey, Lane } from './keys.ts';
import { claimLanes, LaneLost, settle } from './lanes.ts';
import { createRelay, type Relay } from './relay.ts';

const HOUR_MS = 3_600_000;

test('every kind needs a handler, and only one', () => {
  const rest = defineEntry('rest', ({ lane, n }: Work) => ({
    lane: lane as Lane,
    key: `${lane}/${n}` as EntryKey,
  }));
  const run = async () => undefined;
  const one = work.handledBy({ run });
  // @ts-expect-error: the compiler sees that `rest` has no handler.
  const missing = (): Parameters<Relay['start']>[0] => handlersFor([{ work, rest }], [one]);
  expect(missing).toThrow('the kind rest has no handler');
  // @ts-expect-error: the compiler sees that `work` has two.
  const twice = (): Parameters<Relay['start']>[0] => handlersFor([{ work }], [one, work.handledBy({ run })]);
  expect(twice).toThrow('the kind work has two handlers');
});

for (const kind of storeKinds) {
  describe(`relay on ${kind.name}`, () => {
    const bed = relaysOn(kind);
    const { makeRelay, workOff, finished } = bed;

    test('the same event twice is one entry', async () => {
      const relay = makeRelay();
      expect(await relay.commit([entry('a', 1), entry('a', 1)])).toBe(1);
      expect(await relay.commit([entry('a', 1)])).toBe(0);
    });

    test('an entry of a kind that nothing handles is refused before it is written', async () => {
      const relay = makeRelay();
      await relay.start(workHandler({ run: async () => undefined }));
      const stray = defineEntry('stray', (_: null) => ({ lane: 'a' as Lane, key: 'stray' as EntryKey }));
      await expect(relay.commit([stray(null)])).rejects.toThrow('nothing handles entries of the kind stray');
      expect(await bed.store.db.selectFrom('journal').select('key').execute()).toEqual([]);
    });

    test('an entry that is appended later waits for its time', async () => {
      const relay = makeRelay();
      const ran: number[] = [];
      const due = Date.now() + 60;
      const started = workOff(relay, 2, async () => {
        ran.push(Date.now());
        return undefined;
      });
      await bed.store.transact((tx) => relay.appendLater(tx, entry('a', 1), due));
      await started;
      expect(ran).toHaveLength(1);
      expect(ran[0]).toBeGreaterThanOrEqual(due);
    });

    test('what a transaction appends is worked off once it is committed, without being asked', async () => {
      const relay = makeRelay();
      const started = workOff(relay, 1, async () => undefined);
      await bed.store.transact((tx) => relay.append(tx, entry('a', 1)));
      await started;
    });

    test('a lane keeps its order although attempts fail, and other lanes do not wait for it', async () => {
      const relay = makeRelay();
      const lanes = ['a', 'b', 'c', 'd', 'e'];
      await relay.commit(lanes.flatMap((lane) => Array.from({ length: 30 }, (_, n) => entry(lane, n))));
      const done: Record<string, number[]> = {};
      let failures = 0;
      await workOff(relay, 150, async ({ lane, n }) => {
        if (Math.random() < 0.2) {
          failures += 1;
          throw new Transient('not now', { ambiguous: Math.random() < 0.5 });
        }
        done[lane] = [...(done[lane] ?? []), n];
        return undefined;
      });
      expect(failures).toBeGreaterThan(0);
      for (const lane of lanes) expect(done[lane]).toEqual(Array.from({ length: 30 }, (_, n) => n));
    });

    test.skipIf(kind.name !== 'sqlite')('an attempt that outlasts its lease is not begun again', async () => {
      const relay = createRelay({
        store: bed.store,
        logger,
        owner: { id: 'me', leaseMs: 1 },
        heartbeat: await bed.store.heartbeat({ id: 'me', leaseMs: 1 }),
      });
      bed.relays.push(relay);
      await relay.commit([entry('slow', 0)]);
      let attempts = 0;
      const others = 20;
      await workOff(relay, others + 1, async ({ lane, n }) => {
        if (lane !== 'slow')
          return void (await relay.commit([entry(lane, n + 1)].filter(() => n + 1 < others)));
        attempts += 1;
        if (attempts === 1) await relay.commit([entry('other', 0)]);
        await until(async () => (await finished()) >= others);
        return undefined;
      });
      expect(attempts).toBe(1);
    });

    test('a lane whose lease was in doubt for a while is worked off all the same', async () => {
      let inDoubt = false;
      const relay = createRelay({
        store: bed.store,
        logger,
        owner: { id: 'me', leaseMs: 3600_000 },
        heartbeat: { alive: () => !inDoubt, stop: async () => {} },
      });
      bed.relays.push(relay);
      await relay.commit([entry('a', 0), entry('a', 1)]);
      const seen: [n: number, uncertain: boolean][] = [];
      await workOff(relay, 2, async ({ n }, attempt) => {
        seen.push([n, attempt.uncertain]);
        inDoubt = seen.length === 1;
        try {
          attempt.assertOwned();
          return undefined;
        } finally {
          inDoubt = false;
        }
      });
      expect(seen).toEqual([
        [0, false],
        [0, true],
        [1, true],
      ]);
    });

    test('what was begun before this process had lost its leases for a while is not its own afterwards', async () => {
      let lapses = 0;
      const relay = createRelay({
        store: bed.store,
        logger,
        owner: { id: 'me', leaseMs: 3600_000 },
        heartbeat: { alive: () => true, lapses: () => lapses, stop: async () => {} },
      });
      bed.relays.push(relay);
      await relay.commit([entry('a', 0)]);
      const seen: boolean[] = [];
      await workOff(relay, 1, async (_, attempt) => {
        seen.push(attempt.uncertain);
        // It stood still here, and goes on.
        if (seen.length === 1) lapses += 1;
        attempt.assertOwned();
        return undefined;
      });
      expect(seen).toEqual([false, true]);
    });

    test('a lane that is held lets every other lane through', async () => {
      const relay = makeRelay();
      await relay.commit([
        entry('stuck', 0),
        entry('stuck', 1),
        ...Array.from({ length: 50 }, (_, n) => entry(`lane${n}`, n)),
      ]);
      const seen: string[] = [];
      await workOff(relay, 50, async ({ lane }) => {
        if (lane === 'stuck') throw new Transient('for ever', { ambiguous: false, retryAfterMs: 60_000 });
        seen.push(lane);
        return undefined;
      });
      expect(seen).toHaveLength(50);
    });

    test('only an attempt that may have had an effect makes the next one read back', async () => {
      const relay = makeRelay();
      await relay.commit([entry('a', 0)]);
      const uncertain: boolean[] = [];
      await workOff(relay, 1, async (_, attempt) => {
        uncertain.push(attempt.uncertain);
        if (uncertain.length === 1) throw new Transient('429', { ambiguous: false });
        if (uncertain.length === 2) throw new Transient('reset', { ambiguous: true });
        // Whoever reads back is limited, too.
        if (uncertain.length === 3) throw new Transient('429', { ambiguous: false });
        return undefined;
      });
      expect(uncertain).toEqual([false, false, true, true]);
    });

    test('progress survives a failure', async () => {
      const relay = makeRelay();
      await relay.commit([entry('a', 0)]);
      const seen: unknown[] = [];
      await workOff(relay, 1, async (_, attempt) => {
        seen.push(attempt.progress);
        await attempt.save({ parts: seen.length });
        if (seen.length < 3) throw new Transient('half-way', { ambiguous: true });
        return undefined;
      });
      expect(seen).toEqual([null, { parts: 1 }, { parts: 2 }]);
    });

    test('what follows from an entry is committed with its end or not at all', async () => {
      const relay = makeRelay();
      await relay.commit([entry('in', 0)]);
      let attempts = 0;
      await workOff(relay, 2, async ({ lane }) => {
        if (lane === 'out') return undefined;
        return {
          commit: async (tx) => {
            attempts += 1;
            await relay.append(tx, entry('out', attempts));
            if (attempts === 1) throw new Error('the transaction breaks');
          },
        };
      }).catch(() => {});
      const keys = await bed.store.db.selectFrom('journal').select('key').where('lane', '=', 'out').execute();
      expect(keys).toEqual([{ key: 'out/2' }]);
    });

    test.skipIf(kind.name === 'sqlite')('an owner who lost a lane can record nothing', async () => {
      const relay = makeRelay();
      await relay.commit([entry('a', 0)]);
      const [first] = await claimLanes(bed.store, owner('first'), 1);
      expect(first).toBeDefined();
      await bed.store.db.updateTable('lanes').set({ lease_until: 1 }).execute();
      const [second] = await claimLanes(bed.store, owner('second'), 1);
      expect(second?.entry.uncertain).toBe(true);
      if (!first || !second) return;
      const settleAs = (id: string, claim: Claim) =>
        bed.store.transact((tx) => settle(tx, bed.store, owner(id), claim, { is: 'done' }, true, Date.now()));
      await expect(settleAs('first', first)).rejects.toBeInstanceOf(LaneLost);
      expect(await settleAs('second', second)).toBeNull();
    });

    test('a lane is never worked on twice at once, whatever arrives meanwhile', async () => {
      const relay = makeRelay();
      const inside = new Map<string, number>();
      let overlaps = 0;
      const done: string[] = [];
      const started = workOff(relay, 200, async ({ lane, n }) => {
        inside.set(lane, (inside.get(lane) ?? 0) + 1);
        if ((inside.get(lane) ?? 0) > 1) overlaps += 1;
        await new Promise((resolve) => setImmediate(resolve));
        inside.set(lane, (inside.get(lane) ?? 0) - 1);
        done.push(`${lane}/${n}`);
        return undefined;
      });
      await Promise.all(Array.from({ length: 200 }, (_, n) => relay.commit([entry(`lane${n % 4}`, n)])));
      await started;
      expect(overlaps).toBe(0);
      expect(new Set(done).size).toBe(200);
    });

    test('any mixture of outcomes leaves every lane in order and nothing behind', async () => {
      const outcome = fc.constantFrom('ok', 'again', 'transient', 'ambiguous', 'refused');
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.constantFrom('x', 'y', 'z'), outcome), { minLength: 1, maxLength: 25 }),
          async (plan) => {
            const own = await kind.make();
            bed.store = await own.open();
            const relay = makeRelay(bed.store);
            const counts = new Map<string, number>();
            const order: Record<string, number[]> = {};
            await relay.commit(plan.map(([lane], n) => entry(lane, n)));
            await workOff(relay, plan.length, async ({ lane, n }) => {
              const tries = (counts.get(`${n}`) ?? 0) + 1;
              counts.set(`${n}`, tries);
              const wanted = plan[n]?.[1];
              if (wanted === 'refused') throw new Refused('gone', 'no');
              if (wanted === 'transient' && tries < 3) throw new Transient('t', { ambiguous: false });
              if (wanted === 'ambiguous' && tries < 2) throw new Transient('a', { ambiguous: true });
              if (wanted === 'again' && tries < 2) return { againInMs: 1 };
              order[lane] = [...(order[lane] ?? []), n];
              return undefined;
            });
            await relay.stop();
            for (const numbers of Object.values(order))
              expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
            const kept = plan.filter(([, wanted]) => wanted !== 'refused').length;
            expect(Object.values(order).flat()).toHaveLength(kept);
            await own.drop();
          },
        ),
        { numRuns: kind.name === 'sqlite' ? 15 : 5 },
      );
    });

    describe('a clock of the machine that is set', () => {
      let runs: number;
      beforeEach(() => {
        runs = 0;
      });
      afterEach(() => {
        setSystemTime();
      });

      test('back by an hour keeps nothing waiting', async () => {
        const relay = makeRelay();
        setSystemTime(Date.now() + HOUR_MS);
        await relay.start(
          workHandler({ run: async () => (++runs === 1 ? { againInMs: 1_500 } : undefined) }),
        );
        await relay.commit([entry('a', 0)]);
        await bed.store.transact((tx) => relay.appendLater(tx, entry('b', 0), steadyNow() + 100));
        await until(async () => {
          const lane = bed.store.db.selectFrom('lanes').select(['owner', 'ready_at']).where('name', '=', 'a');
          const { owner, ready_at } = await lane.executeTakeFirstOrThrow();
          return owner === null && ready_at !== null;
        });
        setSystemTime();
        await until(async () => (await finished()) === 3);
        expect(runs).toBe(3);
      }, 20_000);

      test('forward by an hour ends no wait of half an hour', async () => {
        const relay = makeRelay();
        await relay.start(workHandler({ run: async () => (++runs === 1 ? { againInMs: 1 } : undefined) }));
        await bed.store.transact((tx) => relay.appendLater(tx, entry('b', 0), steadyNow() + HOUR_MS / 2));
        setSystemTime(Date.now() + HOUR_MS);
        // What is due is claimed together with it.
        await relay.commit([entry('a', 0)]);
        await until(async () => (await finished()) > 0 && runs >= 2);
        await relay.stop();
        const timer = bed.store.db.selectFrom('journal').select('status').where('kind', '=', 'timer.entry');
        expect(await timer.execute()).toEqual([{ status: 'pending' }]);
      }, 20_000);
    });

    if (kind.name === 'sqlite') {
      test('what waits since before a start is tried at once, wherever the clock stood then; timers wait', async () => {
        const before = makeRelay();
        await before.commit([entry('a', 1), entry('b', 1)]);
        await bed.store.transact((tx) => before.appendLater(tx, entry('c', 1), Date.now() + 1_800_000));
        // Of a process that died with `b` under way, when the clock was an hour ahead.
        const ahead = { ready_at: Date.now() + 3_600_000 };
        await bed.store.db.updateTable('lanes').set(ahead).where('name', '=', 'a').execute();
        const held = { ...ahead, owner: 'dead', lease_until: 0 };
        await bed.store.db.updateTable('lanes').set(held).where('name', '=', 'b').execute();
        const ran: string[] = [];
        await workOff(makeRelay(), 2, async ({ lane }) => void ran.push(lane));
        expect(ran.sort()).toEqual(['a', 'b']);
      });
    }

    if (kind.name === 'postgres') {
      test('what a process had begun that is gone is begun again the moment its lease runs out', async () => {
        const leaseMs = 400;
        const relay = makeRelay();
        await relay.commit([entry('a', 0)]);
        await bed.store.db
          .updateTable('lanes')
          .set((eb) => ({ owner: 'gone', lease_until: eb(bed.store.now(), '+', leaseMs) }))
          .execute();
        const since = performance.now();
        await workOff(relay, 1, async (_, { uncertain }) => {
          expect(uncertain).toBe(true);
          return undefined;
        });
        expect(performance.now() - since).toBeLessThan(leaseMs + 1_500);
      });

      test('two processes share the lanes, each entry once and in order', async () => {
        // Who appends begins at once as far as it has room; what it has none for is anybody's.
        const relay = makeRelay(bed.store, 'one', 2);
        const other = makeRelay(await bed.place.open(), 'two');
        const done: Record<string, number[]> = {};
        const by = { one: 0, two: 0 };
        const handle =
          (who: 'one' | 'two') =>
          async ({ lane, n }: Work) => {
            by[who] += 1;
            await new Promise((resolve) => setTimeout(resolve, 1));
            done[lane] = [...(done[lane] ?? []), n];
            return undefined;
          };
        await other.start(workHandler({ run: handle('two') }));
        const all = workOff(relay, 200, handle('one'));
        for (let n = 0; n < 40; n += 1) {
          await relay.commit(['a', 'b', 'c', 'd', 'e'].map((lane) => entry(lane, n)));
        }
        await all;
        for (const numbers of Object.values(done))
          expect(numbers).toEqual(Array.from({ length: 40 }, (_, n) => n));
        expect(by.one).toBeGreaterThan(0);
        expect(by.two).toBeGreaterThan(0);
      });
    }
  });
}
