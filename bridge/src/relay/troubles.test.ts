import { describe, expect, test } from 'bun:test';
import { entry, relaysOn, until, type Work, workHandler } from '../../testing/relays.ts';
import { storeKinds } from '../../testing/stores.ts';
import { defineEntry, type Handler, handlersFor } from './entries.ts';
import { Refused, Transient } from './errors.ts';
import type { EntryKey, Lane } from './keys.ts';

for (const kind of storeKinds) {
  describe(`what cannot be delivered on ${kind.name}`, () => {
    const bed = relaysOn(kind);
    const { makeRelay, workOff, statuses, finished } = bed;

    test('what is refused is parked with its reason, its sender is told, and the lane goes on', async () => {
      const relay = makeRelay();
      await relay.commit([entry('a', 0), entry('a', 1), entry('a', 2)]);
      const told: unknown[] = [];
      const done: number[] = [];
      await workOff(
        relay,
        3,
        async ({ n }) => {
          if (n === 1) throw new Refused('unacceptable', 'too long');
          done.push(n);
          return undefined;
        },
        (payload, reason) => told.push([payload.n, reason]),
      );
      expect(done).toEqual([0, 2]);
      expect(told).toEqual([[1, 'unacceptable']]);
      const parked = await bed.store.db
        .selectFrom('journal')
        .select(['error'])
        .where('status', '=', 'parked')
        .execute();
      expect(parked).toEqual([{ error: 'unacceptable: too long' }]);
    });

    test('a fault of the bridge itself does not hold a lane for ever', async () => {
      const relay = makeRelay();
      await relay.commit([entry('a', 0), entry('a', 1)]);
      const done: number[] = [];
      await workOff(relay, 2, async ({ n }) => {
        if (n === 0) throw new TypeError('a fault');
        done.push(n);
        return undefined;
      });
      expect(done).toEqual([1]);
    });

    test('what failed often on the other side is not parked for one fault of the bridge itself', async () => {
      let tries = 0;
      await workOff(makeRelay(), 0, async () => {
        tries += 1;
        if (tries <= 10) throw new Transient('the other side is away', { ambiguous: false });
        if (tries === 11) throw new Error('the connection to the store was cut');
        return undefined;
      });
      await bed.relays[0]?.commit([entry('a', 1)]);
      await until(async () => (await finished()) === 1);
      expect(await statuses()).toEqual(['done']);
    });

    test('an entry that cannot be read is parked with its reason, and every lane goes on', async () => {
      const relay = makeRelay();
      await relay.commit([entry('a', 0), entry('a', 1), entry('b', 0)]);
      await bed.store.db
        .updateTable('journal')
        .set({ payload: '{"lane":"a","n' })
        .where('key', '=', 'a/0')
        .execute();
      const done: string[] = [];
      await workOff(relay, 3, async ({ lane, n }) => {
        done.push(`${lane}/${n}`);
        return undefined;
      });
      expect(done.sort()).toEqual(['a/1', 'b/0']);
      const parked = await bed.store.db
        .selectFrom('journal')
        .select(['key', 'error'])
        .where('status', '=', 'parked')
        .execute();
      expect(parked).toEqual([{ key: 'a/0', error: 'fault: its payload or progress is not JSON' }]);
    });

    const failing = async () => {
      throw new TypeError('a fault');
    };
    const commits: [name: string, handler: Handler<Work>][] = [
      ['what follows from it', { run: async ({ n }) => (n === 0 ? { commit: failing } : undefined) }],
      ['a decision', { decide: async (_, { n }) => (n === 0 ? failing() : undefined) }],
      [
        'what its sender is told',
        {
          run: async ({ n }) => {
            if (n === 0) throw new Refused('gone', 'no');
            return undefined;
          },
          refused: failing,
        },
      ],
    ];
    test.each(commits)('where %s can never be committed, the entry is parked', async (_, handler) => {
      const relay = makeRelay();
      await relay.commit([entry('a', 0), entry('a', 1)]);
      await relay.start(workHandler(handler));
      await until(async () => (await finished()) >= 2);
      const parked = await bed.store.db
        .selectFrom('journal')
        .select(['key', 'error'])
        .where('status', '=', 'parked')
        .execute();
      expect(parked).toEqual([{ key: 'a/0', error: 'fault: the store: a fault' }]);
    });

    test('what could not be recorded of an attempt leaves the next one in doubt', async () => {
      const relay = makeRelay();
      await relay.commit([entry('a', 0)]);
      const doubts: boolean[] = [];
      await workOff(relay, 1, async (_, { uncertain }) => {
        doubts.push(uncertain);
        return { commit: async () => void (doubts.length === 1 && (await failing())) };
      });
      expect(doubts).toEqual([false, true]);
    });

    test('a refusal with an unlisted code is believed only when it comes again and again', async () => {
      const relay = makeRelay();
      await relay.commit([entry('a', 0), entry('a', 1)]);
      const attempts = [0, 0];
      const told: unknown[] = [];
      const done: number[] = [];
      const unlisted = () => new Transient('HTTP 422', { ambiguous: false, suspects: 'unacceptable' });
      await workOff(
        relay,
        2,
        async ({ n }) => {
          attempts[n] = (attempts[n] ?? 0) + 1;
          if (n === 1 || attempts[n] < 4) throw unlisted();
          done.push(n);
          return undefined;
        },
        (payload, reason) => told.push([payload.n, reason]),
      );
      expect(done).toEqual([0]);
      expect(told).toEqual([[1, 'unacceptable']]);
      expect(attempts).toEqual([4, 5]);
    });

    test('the sender of what keeps failing hears once that it is late, and it still arrives', async () => {
      const relay = makeRelay(bed.store, 'me', undefined, { toldAfterMs: 30 });
      await relay.commit([entry('a', 0)]);
      const late: string[] = [];
      let sinceTold = 0;
      await relay.start(
        workHandler({
          async run() {
            if (late.length > 0) sinceTold += 1;
            if (sinceTold < 5) throw new Transient('not now', { ambiguous: false });
            return undefined;
          },
          delayed: async (_, { lane, n }, key) => void late.push(`${lane}/${n} is ${key}`),
        }),
      );
      await until(async () => (await finished()) >= 1);
      expect(late).toEqual(['a/0 is a/0']);
    });

    test('what fails alone while others on its side pass is parked, and its lane goes on', async () => {
      const post = defineEntry('discord.post', ({ lane, n }: Work) => ({
        lane: lane as Lane,
        key: `post ${lane}/${n}` as EntryKey,
      }));
      const relay = makeRelay(bed.store, 'me', undefined, { parkedAfterMs: 30 });
      const told: unknown[] = [];
      const done: string[] = [];
      await relay.start(
        handlersFor(
          [{ post }],
          [
            post.handledBy({
              async run({ lane, n }) {
                if (lane === 'poison' && n === 0) throw new Transient('HTTP 500', { ambiguous: true });
                done.push(`${lane}/${n}`);
                // Others pass for as long as it is tried.
                if (lane === 'other' && told.length === 0)
                  await relay.commit([post({ lane: 'other', n: n + 1 })]);
                return undefined;
              },
              refused: async (_, { lane, n }, reason) => void told.push([`${lane}/${n}`, reason]),
            }),
          ],
        ),
      );
      await relay.commit([post({ lane: 'poison', n: 0 }), post({ lane: 'poison', n: 1 })]);
      await relay.commit([post({ lane: 'other', n: 0 })]);
      await until(async () => done.includes('poison/1'));
      expect(told).toEqual([['poison/0', 'gave-up']]);
    });
  });
}
