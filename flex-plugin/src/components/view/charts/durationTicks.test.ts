import { expect, test } from 'bun:test';

import { durationTicks } from './durationTicks.ts';

const MINUTE_MS = 60_000;

test('an axis of durations has marks that people read easily, and no empty part above the longest', () => {
  expect(durationTicks([null, 21 * MINUTE_MS])).toEqual(
    [0, 10, 20, 30].map((minutes) => minutes * MINUTE_MS),
  );
  expect(durationTicks([7 * 60 * MINUTE_MS]).at(-1)).toBe(8 * 60 * MINUTE_MS);
  expect(durationTicks([])).toEqual([0, 1000]);
  for (let longest = 1000; longest < 1e11; longest *= 1.7) {
    const ticks = durationTicks([longest]);
    expect(ticks.length).toBeLessThanOrEqual(5);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(longest);
    expect(ticks.at(-2)).toBeLessThan(longest);
  }
});
