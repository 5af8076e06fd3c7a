import { DAY_MS } from '@flexcord/shared/time';
import { describe, type RefusalReason, type Transient } from './errors.ts';
import type { Entry } from './journal.ts';
import type { Lane } from './keys.ts';
import type { Settlement } from './lanes.ts';
import type { Side, SideHealth } from './sides.ts';

export interface TroublesOptions {
  /** First and largest wait, in milliseconds. */
  backoff: { first: number; max: number };
  /** In milliseconds since the first failure. */
  lateness: { toldAfterMs: number; parkedAfterMs: number };
  sides: Record<Side, SideHealth>;
}

/** What is done with an entry that failed. `tell`: its sender's side hears, once, that it is late. */
export type Verdict = { is: 'retry'; waitMs: number; tell: boolean } | { is: 'park'; reason: RefusalReason };

/** How long an entry is tried while its side takes nothing from anybody, in milliseconds. */
const GIVE_UP_TIMEOUT_MS = DAY_MS;
/** How often a fault of the bridge itself is tried again before the entry is parked. */
const MAX_FAULTS = 8;
/** How often a refusal with an unlisted code is answered in a row before it is believed. */
const MAX_UNLISTED_ANSWERS = 5;
/** "Alone" means that this many others on that side have passed since the entry first failed. */
const MIN_PASSED = 3;
/** The first wait after a commit that the store did not take; a conflict of two transactions is over at once. */
const FIRST_STORE_WAIT_MS = 100;

interface Trouble {
  since: number;
  /** Attempts of others on that side that had passed then. */
  passedThen: number;
  told: boolean;
  /** Refusals with unlisted codes in a row. */
  unlisted: number;
  /** Failures of the bridge itself; those of the other side are none. */
  faults: number;
}

/**
 * Decides about what failed: how long it waits, when its sender hears of it, when it is parked. Times are of the monotonic
 * clock, and begin anew with the process: a clock that was set must neither park an entry nor keep it waiting.
 */
export function createTroubles({ backoff, lateness, sides }: TroublesOptions) {
  const known = new Map<number, Trouble>();
  /** How often what became of an entry could not be committed. */
  const unrecorded = new Map<number, number>();

  return {
    failed(lane: Lane, entry: Entry, side: Side | null, error: Transient | null): Verdict {
      const now = performance.now();
      const health = side && sides[side];
      const trouble = known.get(entry.id) ?? {
        since: now,
        passedThen: health?.passedCount() ?? 0,
        told: false,
        unlisted: 0,
        faults: 0,
      };
      known.set(entry.id, trouble);
      const lasted = now - trouble.since;

      if (!error) trouble.faults += 1;
      if (trouble.faults >= MAX_FAULTS) return { is: 'park', reason: 'fault' };
      trouble.unlisted = error?.suspects ? trouble.unlisted + 1 : 0;
      if (error?.suspects && trouble.unlisted >= MAX_UNLISTED_ANSWERS)
        return { is: 'park', reason: error.suspects };
      if (lasted > GIVE_UP_TIMEOUT_MS) return { is: 'park', reason: 'gave-up' };
      const alone = health !== null && health.passedCount() - trouble.passedThen >= MIN_PASSED;
      if (alone && error?.retryAfterMs === undefined && lasted > lateness.parkedAfterMs)
        return { is: 'park', reason: 'gave-up' };

      const tell = !trouble.told && lasted > lateness.toldAfterMs;
      if (tell) trouble.told = true;
      if (error?.retryAfterMs !== undefined) return { is: 'retry', waitMs: error.retryAfterMs, tell };
      // A side that refuses one request takes others.
      const held = error && !error.suspects && health ? health.failed(lane) : null;
      // One lane asks for all, so that there is nobody to come back together with.
      if (held !== null) return { is: 'retry', waitMs: held, tell };
      const ceiling = Math.min(backoff.max, backoff.first * 2 ** Math.min(entry.failures, 20));
      return { is: 'retry', waitMs: jittered(ceiling), tell };
    },
    /**
     * What is recorded instead of a settlement whose commit failed. One that fails again and again, while this is
     * recorded each time, is a fault of what the handler commits: the entry is parked, and nothing else with it.
     */
    unrecorded({ id }: Pick<Entry, 'id'>, error: unknown): Settlement {
      const times = (unrecorded.get(id) ?? 0) + 1;
      unrecorded.set(id, times);
      const words = `the store: ${describe(error)}`;
      if (times >= MAX_FAULTS) return { is: 'parked', error: `fault: ${words}` };
      const waitMs = Math.min(backoff.max, FIRST_STORE_WAIT_MS * 2 ** (times - 1));
      return { is: 'retry', error: words, waitMs, ambiguous: true };
    },
    over({ id }: Pick<Entry, 'id'>): void {
      known.delete(id);
      unrecorded.delete(id);
    },
  };
}

/** So that lanes that failed together do not come back together. */
const jittered = (ms: number): number => Math.ceil(ms / 2 + (Math.random() * ms) / 2);
