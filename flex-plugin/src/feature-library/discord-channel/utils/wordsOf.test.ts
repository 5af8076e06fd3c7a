import { expect, test } from 'bun:test';
import { wordsOf } from './wordsOf.ts';

test('a task says what somebody wrote, not the quote and the notes around it', () => {
  expect(wordsOf('> Kim: Hello Ada\nIt says the\nlink has expired\n[Edited. Before: expird]')).toBe(
    'It says the link has expired',
  );
  expect(wordsOf('[Ben reacted 👍 to “Which button is it?”]')).toBe(
    'Ben reacted 👍 to “Which button is it?”',
  );
  expect(wordsOf('plain [sic] words')).toBe('plain [sic] words');
  expect(wordsOf('> only a quote')).toBe('> only a quote');
});
