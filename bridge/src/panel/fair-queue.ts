export interface FairQueueOptions {
  /** Works under way at once, of all parties and of one. */
  slots: number;
  slotsEach: number;
  /** Works that wait, of all parties and of one; a party of which nothing waits is always let in. */
  maxWaiting: number;
  maxWaitingEach: number;
}

interface Party {
  running: number;
  waiting: (() => void)[];
}

/**
 * Runs works of several parties side by side. Parties that wait are served in turn, so that none can keep the others
 * out, however many works it brings. `run` gives null where too many wait already.
 */
export function createFairQueue({ slots, slotsEach, maxWaiting, maxWaitingEach }: FairQueueOptions) {
  /** In the order in which they are served next. */
  const parties = new Map<string, Party>();
  let running = 0;
  let waiting = 0;

  function next(): void {
    // A party that was served is visited again, behind the others.
    for (const [name, party] of parties) {
      if (running >= slots) return;
      if (party.running >= slotsEach) continue;
      const begin = party.waiting.shift();
      if (!begin) continue;
      waiting -= 1;
      running += 1;
      party.running += 1;
      parties.delete(name);
      parties.set(name, party);
      begin();
    }
  }

  return {
    run<T>(name: string, work: () => Promise<T>): Promise<T> | null {
      const party = parties.get(name) ?? { running: 0, waiting: [] };
      if (party.waiting.length >= maxWaitingEach || (party.waiting.length > 0 && waiting >= maxWaiting))
        return null;
      parties.set(name, party);
      const turn = new Promise<void>((resolve) => party.waiting.push(resolve));
      waiting += 1;
      next();
      return turn.then(work).finally(() => {
        running -= 1;
        party.running -= 1;
        if (party.running === 0 && party.waiting.length === 0) parties.delete(name);
        next();
      });
    },
  };
}
