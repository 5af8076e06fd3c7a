import { placedWords } from '../../knowledge/text/terms.ts';
import { createVocabulary } from '../../knowledge/text/vocabulary.ts';

/** Without pairs of letters: of those any message has some that no other has. */
const wordsOf = (text: string): string[] => placedWords(text).map(({ term }) => term);

/** Tells whether a message has a telling word that none of `patterns` has, typing errors forgiven. */
export function createSaysMore(patterns: readonly string[]): (message: string) => boolean {
  const known = new Set(patterns.flatMap((pattern) => wordsOf(pattern.replace(/[()|\n]+/g, ' '))));
  const near = createVocabulary();
  for (const word of known) near.add(word);
  return (message) => wordsOf(message).some((word) => !known.has(word) && near.similarTo(word).length === 0);
}
