import { expect, test } from 'bun:test';

import { countMessageParts, DISCORD_MESSAGE_LIMIT } from './messageParts.ts';

test('counts no message for blank text, one up to the limit and two above it', () => {
  expect(countMessageParts('  \n')).toBe(0);
  expect(countMessageParts('x'.repeat(DISCORD_MESSAGE_LIMIT))).toBe(1);
  expect(countMessageParts('x'.repeat(DISCORD_MESSAGE_LIMIT + 1))).toBe(2);
});
