import { CATCHING_UP_MS, CLOCK_TOLERANCE_MS, type Restored } from '../store/marks.ts';
import type { NewEntry } from './entries.ts';

/** Whether what an entry follows from may have been carried by an earlier life of the store; null where nothing is known. */
export type CauseIs = 'forgotten' | 'new' | null;

/**
 * A store that was restored knows nothing of what was sent since its backup. What is heard anew, and all that follows
 * from it, may be there already and is read back before it is sent.
 */
export function createForgotten(restored: Restored | null) {
  const isForgotten = ({ happenedAt }: NewEntry, cause: CauseIs, now: number): boolean => {
    if (!restored) return false;
    if (happenedAt !== undefined) return happenedAt < restored.at + CLOCK_TOLERANCE_MS;
    return cause === null ? now < restored.at + CATCHING_UP_MS : cause === 'forgotten';
  };
  return {
    isForgotten,
    /** What follows from these entries follows from the most doubtful of them. */
    causeOf(entries: readonly NewEntry[], now: number): CauseIs {
      if (!restored) return null;
      return entries.some((entry) => isForgotten(entry, null, now)) ? 'forgotten' : 'new';
    },
    /** Since when the store knows nothing, for an entry of which that matters; in milliseconds since the epoch. */
    since: (entry: { forgotten: boolean }): number | null =>
      (entry.forgotten ? restored?.since : undefined) ?? null,
  };
}
