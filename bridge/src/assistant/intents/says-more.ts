import { words } from '../../knowledge/text/terms.ts';
import { createVocabulary } from '../../knowledge/text/vocabulary.ts';

/** Tells whether a message has a telling word that none of `patterns` has, typing errors forgiven. */
export function createSaysMore(patterns: readonly string[]): (message: string) => boolean {
  const known = new Set(patterns.flatMap((pattern) => words(pattern.replace(/[()|\n]+/g, ' '))));
  const near = createVocabulary();
  for (const word of known) near.add(word);
  return (message) => words(message).some((word) => !known.has(word) && near.similarTo(word).length === 0);
}
