/** A limit of so many requests a second that all processes of a store share, as places in time. */
export interface Limit {
  /** All who go by this name share it. */
  name: string;
  /** Places within any `windowMs`. */
  places: number;
  windowMs: number;
  /** The least time from one place to the next: what was held up is made good step by step, in milliseconds. */
  gapMs: number;
}

export interface Place {
  /** Names it to the store, which measures time on a clock of its own. */
  id: number;
  /** On the clock of `performance.now()`. */
  at: number;
}

export interface Places {
  /** How many are best taken at once: fewer ask the store more often; more are kept from others by a process that dies. */
  batch: number;
  /**
   * Takes `count` places, behind all that were taken before by whichever process, as early as the limit allows. `unused`:
   * places that were taken before and not used, which others may have. `leadMs`: how far ahead the first is at least, where
   * the way to the store takes time.
   */
  take(limit: Limit, count: number, unused: readonly number[], leadMs: number): Promise<Place[]>;
}

/** For a store with one process. */
export function createLocalPlaces(): Places {
  const given = new Map<string, number[]>();
  return {
    batch: 1,
    async take({ name, places, windowMs, gapMs }, count, unused) {
      const now = performance.now();
      const times = (given.get(name) ?? []).filter((time) => !unused.includes(time));
      for (let n = 0; n < count; n += 1) {
        const afterLast = (times.at(-1) ?? Number.NEGATIVE_INFINITY) + gapMs;
        const afterWindow = (times.at(-places) ?? Number.NEGATIVE_INFINITY) + windowMs;
        times.push(Math.max(now, afterLast, afterWindow));
      }
      given.set(name, times.slice(-places));
      return times.slice(-count).map((time) => ({ id: time, at: time }));
    },
  };
}
