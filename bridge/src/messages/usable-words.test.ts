import { describe, expect, test } from 'bun:test';
import { saysOther } from './records.ts';
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

test('a member who has taken back very many lines holds up nobody', () => {
  const gone: GoneWords = Array.from({ length: 100_000 }, (_, n) => ({
    line: n % 2 === 0 ? n.toString(36) : `taken back, line ${n}`,
    now: null,
  }));
  const lines = Array.from(
    { length: 200 },
    (_, n) => `Words of an agent that stand in line ${n} of a transcript`,
  );
  const began = performance.now();
  expect(usable([...lines, 'Bo: taken back, line 7'].join('\n'), gone)).toBe([...lines, 'Bo:'].join('\n'));
  // One line after the other it took twenty seconds.
  expect(performance.now() - began).toBeLessThan(2_000);
});

test('words that were edited into many of each other do not grow without end', () => {
  const gone: GoneWords = ['a', 'b', 'c', 'd'].map((letter, n) => ({
    line: letter.repeat(12 - n),
    now: `${String.fromCharCode(letter.charCodeAt(0) + 1).repeat(11 - n)} `.repeat(150).trim(),
  }));
  expect(usable(`before\nsaid ${'a'.repeat(12)}`, gone, '[gone]')).toBe('before\n[gone]');
});

test('what no store keeps does not make another text of one that was heard', () => {
  const heard = (text: string) => ({
    id: 'IM1',
    author: { id: 'kim', name: 'Kim' },
    text,
    files: [],
    notes: [],
    index: 1,
  });
  expect(saysOther(heard('open\0 the\ud83d gate'), { text: 'open the\ufffd gate' })).toBe(false);
  expect(saysOther(heard('open the gates'), { text: 'open the gate' })).toBe(true);
});
