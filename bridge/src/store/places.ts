/** A limit of so many requests a second that all processes of a store share, as places in time. */
export interface Places {
  /**
   * Takes `count` places in a row, `everyMs` apart, behind all that were taken before by whichever process. Resolves with
   * how long it is until the first, in milliseconds.
   */
  take(limit: string, count: number, everyMs: number): Promise<number>;
}

/** For a store with one process. */
export function createLocalPlaces(): Places {
  const taken = new Map<string, number>();
  return {
    async take(limit, count, everyMs) {
      const now = performance.now();
      const first = Math.max(taken.get(limit) ?? 0, now);
      taken.set(limit, first + count * everyMs);
      return first - now;
    },
  };
}
