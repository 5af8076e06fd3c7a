import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { foldAccents, foldCase, foldForSearch } from './fold.ts';

const same = (fold: (text: string) => string, one: string, other: string) => fold(one) === fold(other);

describe('two spellings', () => {
  test.each([
    ['Straße', 'STRASSE'],
    ['ΟΔΟΣ', 'οδος'],
    ['ＡＢＣ１', 'abc1'],
    ['ﾊﾟｽ', 'パス'],
    ['e\u0301', 'É'],
    ['DIŞ', 'diş'],
  ])('of one word: %s and %s', (one, other) => {
    for (const fold of [foldCase, foldAccents, foldForSearch]) expect(same(fold, one, other)).toBe(true);
  });

  test.each([
    ['café', 'CAFE'],
    ['Đặng', 'dang'],
    ['Łódź', 'lodz'],
    ['Smørrebrød', 'smorrebrod'],
    ['İstanbul', 'istanbul'],
    ['Ελλάδα', 'ελλαδα'],
    ['ёлка', 'елка'],
    ['מִלָּה', 'מלה'],
    ['كِتَاب', 'كتاب'],
  ])('that a search takes for one: %s and %s', (one, other) => {
    expect(same(foldCase, one, other)).toBe(false);
    for (const fold of [foldAccents, foldForSearch]) expect(same(fold, one, other)).toBe(true);
  });

  test.each([
    ['パスワード', 'ぱすわーど'],
    ['ﾊﾟｽﾜｰﾄﾞ', 'ぱすわーど'],
  ])('in two kanas: %s and %s', (one, other) => {
    expect(same(foldAccents, one, other)).toBe(false);
    expect(same(foldForSearch, one, other)).toBe(true);
  });

  test.each([
    ['か', 'が'],
    ['й', 'и'],
    ['가', '나'],
    ['नी', 'न'],
    ['a', 'b'],
  ])('of two words stay two: %s and %s', (one, other) => {
    for (const fold of [foldCase, foldAccents, foldForSearch]) expect(same(fold, one, other)).toBe(false);
  });
});

test('folding again changes nothing, and letter case never matters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      for (const fold of [foldCase, foldAccents, foldForSearch]) {
        expect(fold(fold(text))).toBe(fold(text));
        expect(fold(text.toLowerCase().toUpperCase())).toBe(fold(text.toUpperCase()));
      }
    }),
  );
});
