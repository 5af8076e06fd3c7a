import { expect, test } from 'bun:test';
import fc from 'fast-check';

import { countMessageParts, DISCORD_MESSAGE_LIMIT } from './messageParts.ts';

test('an empty text is no message, a text of the limit is one, a character more is two', () => {
  expect(countMessageParts('  \n')).toBe(0);
  expect(countMessageParts('x'.repeat(DISCORD_MESSAGE_LIMIT))).toBe(1);
  expect(countMessageParts('x'.repeat(DISCORD_MESSAGE_LIMIT + 1))).toBe(2);
});

test('cutting at a word can need more messages than the length alone', () => {
  expect(countMessageParts(`${'a'.repeat(6)} ${'b'.repeat(6)} ${'c'.repeat(6)}`, 10)).toBe(3);
});

test('never fewer messages than the length asks for, never more than half-full ones', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), fc.integer({ min: 2, max: 40 }), (text, limit) => {
      const { length } = text.trim();
      const parts = countMessageParts(text, limit);
      expect(parts).toBeLessThanOrEqual(Math.ceil(length / Math.ceil(limit / 2)) || 0);
    }),
  );
});
