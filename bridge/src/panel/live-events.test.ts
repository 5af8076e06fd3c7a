import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { createLiveEvents, type NumberedEvent } from './live-events.ts';

const changed = (n: number) => ({ type: 'notes-changed', memberId: String(n) }) as const;

test('replays exactly what a returning reader missed, or resync', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.nat(20), fc.integer({ min: 1, max: 8 }), (before, missed, kept) => {
      const live = createLiveEvents({ kept });
      const first: NumberedEvent[] = [];
      live.publish(changed(0));
      const stop = live.subscribe(null, (event) => first.push(event));
      for (let n = 1; n <= before + 1; n += 1) live.publish(changed(n));
      stop();
      for (let n = 1; n <= missed; n += 1) live.publish(changed(1000 + n));
      const again: NumberedEvent[] = [];
      live.subscribe(first.at(-1)?.id ?? null, (event) => again.push(event));
      expect(first).toHaveLength(before + 1);
      expect(again.map(({ event }) => event)).toEqual(
        missed <= kept ? Array.from({ length: missed }, (_, n) => changed(1001 + n)) : [{ type: 'resync' }],
      );
      // Whoever was told to start afresh can go on from there.
      const third: NumberedEvent[] = [];
      live.subscribe(again.at(-1)?.id ?? null, (event) => third.push(event));
      expect(third).toEqual([]);
    }),
  );
});

test('sends resync for an id of another run or one that was never given out', () => {
  const other = createLiveEvents();
  let foreign = '';
  other.subscribe(null, ({ id }) => {
    foreign = id;
  });
  other.publish(changed(1));
  const live = createLiveEvents();
  live.publish(changed(1));
  for (const id of [foreign, '', 'x', '1', `${foreign.split('-')[0]}-99`]) {
    const heard: string[] = [];
    live.subscribe(id, ({ event }) => heard.push(event.type));
    expect(heard).toEqual(['resync']);
  }
});
