import { LRUCache } from 'lru-cache';

/**
 * Remembers up to `most` things, those that were used last, each for `forMs` milliseconds where that is given. It occupies memory
 * as it fills: with `max` instead, lru-cache makes room for all of them at once, which is a megabyte for 50,000.
 */
export const remembered = <Thing extends NonNullable<unknown>>(
  most: number,
  forMs?: number,
): LRUCache<string, Thing> =>
  new LRUCache({ maxSize: most, sizeCalculation: () => 1, ...(forMs === undefined ? {} : { ttl: forMs }) });
