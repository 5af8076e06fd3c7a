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
