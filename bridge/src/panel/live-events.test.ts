import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { createLocalNotices, type Notices } from '../store/notices.ts';
import { createLiveEvents, type LiveEvents, type NumberedEvent } from './live-events.ts';

const changed = (n: number) => ({ type: 'notes-changed', memberId: String(n) }) as const;
const silent = { warn: () => {} };

async function start(notices: Notices = createLocalNotices(), kept?: number): Promise<LiveEvents> {
  const live = createLiveEvents({ notices, logger: silent, ...(kept === undefined ? {} : { kept }) });
  await live.listen();
  return live;
}

/** Publishes, and resolves when all have heard it. */
async function publish(live: LiveEvents, numbers: readonly number[]): Promise<void> {
  const last = Promise.withResolvers<void>();
  let left = numbers.length;
  const stop = live.subscribe(null, ({ event }) => {
    if (event.type !== 'notes-changed') return;
    left -= 1;
    if (left === 0) last.resolve();
  });
  for (const n of numbers) live.publish(changed(n));
  if (left > 0) await last.promise;
  stop();
}

const from = (first: number, count: number) => Array.from({ length: count }, (_, n) => first + n);

/** What a reader gets that comes back after this event. */
function since(live: LiveEvents, lastId: string): NumberedEvent[] {
  const events: NumberedEvent[] = [];
  live.subscribe(lastId, (event) => events.push(event))();
  return events;
}

test('replays exactly what a reader missed that returns to any process, or resync', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(20), fc.nat(20), fc.integer({ min: 1, max: 8 }), async (before, missed, kept) => {
      const notices = createLocalNotices();
      const [here, there] = [await start(notices, kept), await start(notices, kept)];
      await publish(there, [0]);
      const first: NumberedEvent[] = [];
      const stop = here.subscribe(null, (event) => first.push(event));
      await publish(there, from(1, before + 1));
      stop();
      await publish(here, from(1001, missed));
      const again = since(there, first.at(-1)?.id ?? '');
      expect(first).toHaveLength(before + 1);
      expect(again.map(({ event }) => event)).toEqual(
        missed <= kept ? from(1001, missed).map(changed) : [{ type: 'resync' }],
      );
      // Whoever was told to start afresh can go on from there.
      expect(since(here, again.at(-1)?.id ?? first.at(-1)?.id ?? '')).toEqual([]);
    }),
  );
});

test('sends resync for an id of another store or one that was never given out', async () => {
  const other = await start();
  let foreign = '';
  other.subscribe(null, ({ id }) => {
    foreign = id;
  });
  await publish(other, [1]);
  const live = await start();
  await publish(live, [1]);
  for (const id of [foreign, '', 'x', '1', `${foreign.split('-')[0]}-99`])
    expect(since(live, id).map(({ event }) => event.type)).toEqual(['resync']);
});
