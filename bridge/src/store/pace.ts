import { countWait } from '../telemetry/cloud-request.ts';
import type { Store } from './store.ts';

export interface PaceOptions {
  store: Pick<Store, 'places'>;
  /** Whose limit it is. */
  cloud: 'discord' | 'twilio';
  /** Names the limit; all who go by it share it, in whichever process. */
  limit: string;
  /** From one request to the next, in milliseconds. */
  everyMs: number;
  /** How long a request may wait for its place, in milliseconds. Default 10,000. */
  maxWaitMs?: number;
}

/** No place came in time, or the store gives none; the request was not made. */
export class NoPlace extends Error {
  override name = 'NoPlace';
}

/** Places taken at once. A process that is held up loses those that it has; with fewer it would ask the store more often. */
const MAX_BATCH = 2;
/**
 * A place is lost this long after its time, in milliseconds: a process that was held up must not make good for it, because
 * others have used the time.
 */
const MAX_LATE_MS = 40;
const DEFAULT_MAX_WAIT_MS = 10_000;

interface Waiting {
  until: number;
  go(): void;
  give(error: unknown): void;
}

/**
 * Spreads requests evenly over time, in the order in which they ask, within a limit that all processes of a store share.
 * Whoever has work uses all of the limit that others leave. It costs the store one small write for one or two requests.
 */
export function createPace({ store, cloud, limit, everyMs, maxWaitMs = DEFAULT_MAX_WAIT_MS }: PaceOptions) {
  const waiting: Waiting[] = [];
  let serving = false;

  /** The next that still waits. */
  function next(): Waiting | undefined {
    for (let first = waiting.shift(); first; first = waiting.shift()) {
      if (first.until > performance.now()) return first;
      first.give(new NoPlace(`no place under the limit ${limit} within ${maxWaitMs} ms`));
    }
    return undefined;
  }

  async function take(wanted: number): Promise<number[]> {
    const count = Math.min(wanted, MAX_BATCH);
    const wait = await store.places.take(limit, count, everyMs);
    const first = performance.now() + wait;
    return Array.from({ length: count }, (_, index) => first + index * everyMs);
  }

  async function serve(): Promise<void> {
    serving = true;
    try {
      let ahead: Promise<number[]> | null = null;
      while (waiting.length > 0) {
        const times: number[] = await (ahead ?? take(waiting.length));
        ahead = null;
        for (const time of times) {
          // The next are asked for while the last of these is waited for.
          if (time === times.at(-1) && waiting.length > 1) {
            ahead = take(waiting.length - 1);
            ahead.catch(() => {});
          }
          await useAt(time);
        }
      }
    } catch (error) {
      const failed = new NoPlace(`the limit ${limit} cannot be asked for`, { cause: error });
      for (const each of waiting.splice(0)) each.give(failed);
    }
    serving = false;
  }

  async function useAt(time: number): Promise<void> {
    const early = time - performance.now();
    if (early > 0) await Bun.sleep(early);
    if (performance.now() - time > MAX_LATE_MS) return;
    const first = next();
    if (!first) return;
    if (early > 0) countWait(cloud, maxWaitMs - (first.until - performance.now()));
    first.go();
  }

  /** Resolves when a request may be made. Rejects with NoPlace. */
  return (): Promise<void> =>
    new Promise((resolve, reject) => {
      waiting.push({ until: performance.now() + maxWaitMs, go: resolve, give: reject });
      if (!serving) void serve();
    });
}

export type Pace = ReturnType<typeof createPace>;
