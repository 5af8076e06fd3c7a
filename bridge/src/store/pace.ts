import { countWait } from '../telemetry/cloud-request.ts';
import type { Limit, Place } from './places.ts';
import type { Store } from './store.ts';

export interface PaceOptions {
  store: Pick<Store, 'places'>;
  /** Whose limit it is. */
  cloud: 'discord' | 'twilio';
  /** Names the limit; all who go by it share it, in whichever process. */
  limit: string;
  /** Requests within any second. */
  perSecond: number;
  /** How long a request may wait for its place, in milliseconds. Default 10,000. */
  maxWaitMs?: number;
}

/** No place came in time, or the store gives none; the request was not made. */
export class NoPlace extends Error {
  override name = 'NoPlace';
}

/**
 * A place is given back this long after its time, in milliseconds, and another one taken: too many could otherwise fall
 * into one second.
 */
const MAX_LATE_MS = 20;
/** Places of a second are spread over so much more, in milliseconds; with MAX_LATE_MS one more at most falls into a second. */
const SPREAD_MS = 8;
/** How much faster than the limit requests may follow each other while what was held up is made good. */
const CATCHING_UP = 1.2;
/**
 * After so many answers of the store in a row that came too late for all of their places, the next are taken ahead, by more
 * and more milliseconds.
 */
const MAX_MISSED = 2;
const LEAD_STEP_MS = 25;
const MAX_LEAD_MS = 500;
const DEFAULT_MAX_WAIT_MS = 10_000;

interface Waiting {
  until: number;
  go(): void;
  give(error: unknown): void;
}

/**
 * Spreads requests over time, in the order in which they ask, within a limit that all processes of a store share. Whoever
 * has work uses all of the limit that others leave, and a process that was held up for less than a second loses none of it.
 * It costs the store one small write for one or two requests.
 */
export function createPace(options: PaceOptions) {
  const { store, cloud, perSecond, maxWaitMs = DEFAULT_MAX_WAIT_MS } = options;
  const limit: Limit = {
    name: options.limit,
    places: perSecond,
    windowMs: 1000 + SPREAD_MS,
    gapMs: 1000 / perSecond / CATCHING_UP,
  };
  const waiting: Waiting[] = [];
  let unused: number[] = [];
  let serving = false;
  /** Answers in a row of which no place was used. */
  let missed = 0;

  /** Lets those go that have waited for too long, also while every place comes too late to be used. */
  function giveUpOld(): void {
    for (let first = waiting[0]; first && first.until <= performance.now(); first = waiting[0]) {
      waiting.shift();
      first.give(new NoPlace(`no place under the limit ${limit.name} within ${maxWaitMs} ms`));
    }
  }

  function take(wanted: number): Promise<Place[]> {
    const given = unused;
    unused = [];
    const leadMs = missed < MAX_MISSED ? 0 : Math.min((missed - 1) * LEAD_STEP_MS, MAX_LEAD_MS);
    missed += 1;
    return store.places.take(limit, Math.min(wanted, store.places.batch), given, leadMs);
  }

  async function serve(): Promise<void> {
    serving = true;
    try {
      let ahead: Promise<Place[]> | null = null;
      while (waiting.length > 0 || ahead) {
        const places: Place[] = await (ahead ?? take(waiting.length));
        ahead = null;
        // The next are asked for while these are waited for.
        if (waiting.length > places.length && store.places.batch > 1) {
          ahead = take(waiting.length - places.length);
          ahead.catch(() => {});
        }
        for (const place of places) await use(place);
      }
    } catch (error) {
      const failed = new NoPlace(`the limit ${limit.name} cannot be asked for`, { cause: error });
      for (const each of waiting.splice(0)) each.give(failed);
    }
    serving = false;
  }

  async function use({ id, at }: Place): Promise<void> {
    const early = at - performance.now();
    if (early > 0 && waiting.length > 0) await Bun.sleep(early);
    giveUpOld();
    const first = performance.now() - at > MAX_LATE_MS ? undefined : waiting.shift();
    if (!first) return void unused.push(id);
    missed = 0;
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
