import { setTimeout as sleep } from 'node:timers/promises';
import { isRefusal } from '../../relay/errors.ts';

/** Rounds in which one that is refused, or fails otherwise, takes part. With the waits below the latter is a quarter of an hour. */
const MAX_REFUSALS = 4;
const MAX_ROUNDS = 20;
/** First and largest wait before the next round, in milliseconds. */
const ROUND_WAIT_MS = { first: 500, max: 60_000 };

/**
 * Does `work` for each item, `width` of them at once. What fails is tried again in the next round, after all others had their
 * turn, a limited number of times. Rejects once `signal` says to stop.
 */
export async function inRounds<Item>(
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
  options: {
    width: number;
    signal: AbortSignal;
    onFailure(item: Item, error: unknown, isLast: boolean): void;
  },
): Promise<void> {
  const { width, signal, onFailure } = options;
  let left = items;
  for (let round = 1; left.length > 0; round += 1) {
    const failed: Item[] = [];
    const waiting = left.values();
    const worker = async () => {
      for (const item of waiting) {
        signal.throwIfAborted();
        try {
          await work(item);
        } catch (error) {
          signal.throwIfAborted();
          const isLast = round >= (isRefusal(error) ? MAX_REFUSALS : MAX_ROUNDS);
          onFailure(item, error, isLast);
          if (!isLast) failed.push(item);
        }
      }
    };
    await Promise.all(Array.from({ length: width }, worker));
    left = failed;
    if (left.length > 0)
      await sleep(Math.min(ROUND_WAIT_MS.first * 2 ** (round - 1), ROUND_WAIT_MS.max), undefined, { signal });
  }
}
