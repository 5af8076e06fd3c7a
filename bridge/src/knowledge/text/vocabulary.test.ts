import { expect, test } from 'bun:test';
import fc from 'fast-check';
import { createVocabulary, editDistance } from './vocabulary.ts';

test.each([
  ['password', 'password', 0],
  ['pasword', 'password', 1],
  ['passwrod', 'password', 1],
  ['pssaword', 'password', 2],
  ['lantern', 'island', 3],
])('%s is %s with %i errors at most counted', (one, other, errors) => {
  expect(editDistance(one, other, 2)).toBe(errors);
});

test('edit distance is symmetric, and 0 only between equals', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'あ'), maxLength: 9 });
  fc.assert(
    fc.property(word, word, (one, other) => {
      expect(editDistance(one, other, 9)).toBe(editDistance(other, one, 9));
      expect(editDistance(one, other, 9) === 0).toBe(one === other);
    }),
  );
});

test('finds similar words until they are removed', () => {
  const vocabulary = createVocabulary();
  for (const word of ['password', 'passport', 'island']) vocabulary.add(word);
  expect(vocabulary.similarTo('pasword')).toEqual([{ term: 'password', distance: 1 }]);
  vocabulary.remove('password');
  expect(vocabulary.similarTo('pasword')).toEqual([]);
});
