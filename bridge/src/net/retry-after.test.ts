import { expect, test } from 'bun:test';
import { retryAfterMs } from './retry-after.ts';

const NOW = Date.parse('2026-10-21T07:28:00Z');

test.each([
  ['120', 120_000],
  ['1.5', 1500],
  ['99999', 3_600_000],
  ['Wed, 21 Oct 2026 07:29:30 GMT', 90_000],
  ['Wednesday, 21-Oct-26 07:29:30 GMT', 90_000],
  ['Thu, 22 Oct 2026 07:28:00 GMT', 3_600_000],
  ['Wed, 21 Oct 2026 07:00:00 GMT', undefined],
  ['0', undefined],
  ['-5', undefined],
  ['soon', undefined],
  ['Wed, 45 Oct 2026 07:29:30 GMT', undefined],
  [null, undefined],
] as const)('%p', (header, wait) => expect(retryAfterMs(header, 3_600_000, NOW)).toBe(wait as never));
