import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { plainText } from '../../formats/markdown/to-plain.ts';
import { highlightsOf } from './extract.ts';
import { piecesOf } from './highlight.ts';

const marked = (text: string, query: string) => piecesOf(text, highlightsOf(text, query));

test('pieces add up to the text, and neighbours differ', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, query) => {
      const pieces = marked(text, query);
      expect(pieces.map((piece) => piece.text).join('')).toBe(text);
      for (const [at, { matched }] of pieces.slice(1).entries()) expect(matched).toBe(!pieces[at]?.matched);
    }),
  );
});

test('marks words in every inflection, in both languages', () => {
  const words = (text: string, query: string) =>
    marked(text, query)
      .filter(({ matched }) => matched)
      .map((piece) => piece.text);
  expect(words('Reset a forgotten Password', 'resetting my passwords')).toEqual(['Reset', 'Password']);
  expect(words('Ask for a refund', 'how do I change my password')).toEqual([]);
  expect(words('パスワードを忘れた', 'パスワード')).toEqual(['パスワード']);
});

test.each([
  ['**Bold** and [a link](https://example.com) in `code`', 'Bold and a link in code'],
  ['# Title\n\n- one\n- two', 'Title one two'],
  ['my\\_file\\*name is \\[here\\], \\`so\\`', 'my_file*name is [here], `so`'],
])('plain text of %s', (markdown, text) => {
  expect(plainText(markdown)).toBe(text);
});
