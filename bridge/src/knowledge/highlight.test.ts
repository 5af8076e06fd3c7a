import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { highlighter } from './highlight.ts';

test('the pieces together are the text, and neighbours differ', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, query) => {
      const pieces = highlighter(query)(text);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      for (const [at, { matched }] of pieces.slice(1).entries()) expect(matched).toBe(!pieces[at]?.matched);
    }),
  );
});

test('words are marked in every form, in both languages', () => {
  const marked = (text: string, query: string) =>
    highlighter(query)(text)
      .filter(({ matched }) => matched)
      .map((piece) => piece.text);
  expect(marked('Reset a forgotten Password', 'resetting my passwords')).toEqual(['Reset', 'Password']);
  expect(marked('Ask for a refund', 'how do I change my password')).toEqual([]);
  expect(marked('パスワードを忘れた', 'パスワード')).toEqual(['パスワード']);
});
