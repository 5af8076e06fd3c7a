import { closestMatch } from 'leven';

/** Longer words may be mistyped in more places. */
const MAX_SLIPS = 3;

/** The word that was probably meant, or undefined. Case and underscores do not count. */
export function closest(given: string, words: readonly string[]): string | undefined {
  const plain = new Map(words.map((word) => [withoutForm(word), word]));
  const typed = withoutForm(given);
  const maxDistance = Math.min(MAX_SLIPS, Math.ceil(typed.length / 3));
  return plain.get(closestMatch(typed, [...plain.keys()], { maxDistance }) ?? '');
}

const withoutForm = (word: string) => word.toLowerCase().replaceAll(/[_-]/g, '');
