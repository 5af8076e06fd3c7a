// biome-ignore-all lint/style/noNonNullAssertion: every word of the vocabulary has a count
import { LRUCache } from 'lru-cache';
import { allWords } from '../../knowledge/text/terms.ts';
import { createVocabulary } from '../../knowledge/text/vocabulary.ts';

export interface UnknownWordCounter {
  /** How many words of a text no line knows; `but` is the text's own line, as nothing is learned from itself. */
  count(text: string, but?: number): number;
}

const MAX_CACHED_WORDS = 20_000;

/**
 * Which words a set of lines never uses, typing errors forgiven. "Talk to an agent" and "talk to the innkeeper" differ
 * in one word only, and there is no list of all that can be talked to.
 */
export function createUnknownWordCounter(lines: readonly (readonly string[])[]): UnknownWordCounter {
  const own = lines.map((texts) => new Set(texts.flatMap(allWords)));
  const linesWith = new Map<string, number>();
  const vocabulary = createVocabulary();
  for (const words of own) for (const word of words) linesWith.set(word, (linesWith.get(word) ?? 0) + 1);
  for (const word of linesWith.keys()) vocabulary.add(word);

  /** By a word that no line has: the word of the lines that it is a misspelling of. */
  const nearest = new LRUCache<string, { term: string | undefined }>({
    // With `max`, the room for all of them would be taken at once.
    maxSize: MAX_CACHED_WORDS,
    sizeCalculation: () => 1,
  });
  function knownAs(word: string): string | undefined {
    if (linesWith.has(word)) return word;
    const cached = nearest.get(word);
    if (cached) return cached.term;
    const term = vocabulary.similarTo(word)[0]?.term;
    nearest.set(word, { term });
    return term;
  }

  return {
    count(text, but) {
      let count = 0;
      for (const word of allWords(text)) {
        const known = knownAs(word);
        const inOwn = known !== undefined && but !== undefined && own[but]?.has(known);
        if (known === undefined || linesWith.get(known)! <= (inOwn ? 1 : 0)) count++;
      }
      return count;
    },
  };
}
