import { expect, test } from 'bun:test';

import { countMessageParts, DISCORD_MESSAGE_LIMIT } from './messageParts.ts';

test('an empty text is no message, a text of the limit is one, a character more is two', () => {
  expect(countMessageParts('  \n')).toBe(0);
  expect(countMessageParts('x'.repeat(DISCORD_MESSAGE_LIMIT))).toBe(1);
  expect(countMessageParts('x'.repeat(DISCORD_MESSAGE_LIMIT + 1))).toBe(2);
});
