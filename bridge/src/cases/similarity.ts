import { foldForSearch } from '@flexcord/shared/messages/fold';
import { LRUCache } from 'lru-cache';

/** Cached, because the same titles are compared again with every key that is typed. */
const remembered = new LRUCache<string, Int32Array>({ max: 2000 });

function rememberedPairs(text: string): Int32Array {
  const known = remembered.get(text);
  if (known) return known;
  const found = Int32Array.from(pairs(text));
  remembered.set(text, found);
  return found;
}

/**
 * Pairs of neighbouring characters, each as one number: they need no knowledge of a language's words, so Japanese works
 * as well.
 */
function pairs(text: string): Set<number> {
  const plain = foldForSearch(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const found = new Set<number>();
  for (let at = 0; at + 1 < plain.length; at += 1)
    found.add((plain.charCodeAt(at) << 16) | plain.charCodeAt(at + 1));
  return found;
}

/** Containment counts only for texts of at least so many pairs. */
const MIN_TELLING_PAIRS = 6;

/**
 * A measure of how alike texts are to `given`, from 0 to 1: the Dice coefficient of their pairs of characters, or
 * somewhat less than the share of the shorter one that the other contains, because titles are compared while typed.
 */
export function likeness(given: string): (other: string) => number {
  const own = pairs(given);
  return (other) => {
    const its = rememberedPairs(other);
    const fewer = Math.min(own.size, its.length);
    if (fewer === 0) return 0;
    let shared = 0;
    for (const pair of its) if (own.has(pair)) shared += 1;
    const dice = (2 * shared) / (own.size + its.length);
    return fewer < MIN_TELLING_PAIRS ? dice : Math.max(dice, (0.8 * shared) / fewer);
  };
}
