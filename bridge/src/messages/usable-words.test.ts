import { describe, expect, test } from 'bun:test';
import { type GoneWords, usable } from './usable-words.ts';

const edited: GoneWords = [{ line: 'where is my order', now: 'where is my order 12' }];

describe('words that an edit added to', () => {
  const rows: [name: string, text: string, left: string][] = [
    ['alone', 'where is my order', 'where is my order 12'],
    ['in quotation marks', 'Asked: “where is my order”', 'Asked: “where is my order 12”'],
    ['as they are now', 'Asked: “where is my order 12”', 'Asked: “where is my order 12”'],
    ['both', 'where is my order 12, where is my order', 'where is my order 12, where is my order 12'],
  ];
  test.each(rows)('%s', (_, text, left) => {
    expect(usable(text, edited)).toBe(left);
    expect(usable(left, edited)).toBe(left);
  });
});
