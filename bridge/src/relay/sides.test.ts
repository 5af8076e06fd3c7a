import { afterAll, expect, test } from 'bun:test';
import pino from 'pino';
import { storeKinds } from '../../testing/stores.ts';
import { defineEntry, handlersFor } from './entries.ts';
import { Transient } from './errors.ts';
import type { EntryKey, Lane } from './keys.ts';
import { holdLease } from './lease.ts';
import { createRelay } from './relay.ts';

const logger = pino({ level: 'silent' });
const heartbeat = { alive: () => true, stop: async () => {} };
const owner = { id: 'me', leaseMs: 10_000 };
const post = defineEntry('discord.post', ({ lane }: { lane: string }) => ({
  lane: lane as Lane,
  key: `post ${lane}` as EntryKey,
}));

const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

for (const kind of storeKinds) {
  test(`the first that passes after an outage wakes all that wait, on ${kind.name}`, async () => {
    const place = await kind.make();
    closing.push(() => place.drop());
    const relay = createRelay({ store: await place.open(), logger, owner, heartbeat });
    closing.push(() => relay.stop());
    const all = ['a', 'b', 'c', 'd', 'e', 'f'];
    const failed = new Set<string>();
    const passed = new Set<string>();
    const over = Promise.withResolvers<void>();
    let isAway = true;
    await relay.start(
      handlersFor(
        [{ post }],
        [
          post.handledBy({
            run: async ({ lane }) => {
              if (isAway) {
                failed.add(lane);
                throw new Transient('it is away', { ambiguous: false });
              }
              passed.add(lane);
              if (passed.size === all.length) over.resolve();
              return undefined;
            },
          }),
        ],
      ),
    );
    await relay.commit(all.map((lane) => post({ lane })));
    while (failed.size < all.length || !relay.isDown('discord'))
      await new Promise((resolve) => setTimeout(resolve, 2));
    isAway = false;
    // Nobody else would ask within a minute.
    await over.promise;
    expect(relay.isDown('discord')).toBe(false);
  }, 20_000);

  test(`a lease that was lost and is held again begins a new term, on ${kind.name}`, async () => {
    const place = await kind.make();
    closing.push(() => place.drop());
    let isAlive = true;
    const terms: { lost: AbortSignal; stopped: boolean }[] = [];
    const lease = await holdLease({
      ...{ store: await place.open(), name: 'gateway', owner, logger, isFatal: () => false },
      heartbeat: { alive: () => isAlive, stop: async () => {} },
      async begin(lost) {
        const term = { lost, stopped: false };
        terms.push(term);
        return {
          async stop() {
            term.stopped = true;
          },
        };
      },
    });
    isAlive = false;
    while (!terms[0]?.stopped) await new Promise((resolve) => setTimeout(resolve, 2));
    isAlive = true;
    while (!terms.at(-1) || terms.at(-1)?.lost.aborted)
      await new Promise((resolve) => setTimeout(resolve, 2));
    expect(terms.length).toBeGreaterThan(1);
    expect(terms[0]?.lost.aborted).toBe(true);
    await lease.stop();
    expect(terms.every(({ stopped }) => stopped)).toBe(true);
  }, 20_000);

  test(`a term that could not begin is tried again, on ${kind.name}`, async () => {
    const place = await kind.make();
    closing.push(() => place.drop());
    const store = await place.open();
    let tries = 0;
    const began = Promise.withResolvers<void>();
    const lease = await holdLease({
      ...{ store, name: 'gateway', owner, heartbeat, logger, isFatal: () => false },
      async begin() {
        tries += 1;
        if (tries === 1) throw new Transient('Discord answered 500', { ambiguous: false });
        began.resolve();
        return { stop: async () => {} };
      },
    });
    await began.promise;
    await lease.stop();
    expect(tries).toBe(2);
  }, 20_000);
}
