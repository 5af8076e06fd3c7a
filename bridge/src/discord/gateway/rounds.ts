import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import type { Logger } from 'pino';
import { isRefusal } from '../../relay/errors.ts';

/** Rounds in which one that is refused, or fails otherwise, takes part. With the waits below the latter is a quarter of an hour. */
const MAX_REFUSALS = 4;
const MAX_ROUNDS = 20;
/** First and largest wait before the next round, in milliseconds. */
const ROUND_WAIT_MS = { first: 500, max: 60_000 };
/** Tries while the store is away, and the longest wait between two, in milliseconds. */
const MAX_STORE_RETRIES = 100;
const MAX_STORE_WAIT_MS = 15_000;

/** Begins `lookThrough`, of which only the store can fail as a whole, and repeats it until the store answers. */
export function lookThroughOnceItCan(
  lookThrough: () => Promise<void>,
  { signal, logger, failure }: { signal: AbortSignal; logger: Logger; failure: string },
): void {
  pRetry(lookThrough, { retries: MAX_STORE_RETRIES, maxTimeout: MAX_STORE_WAIT_MS, signal }).catch((err) => {
    if (!signal.aborted) logger.error({ err }, failure);
  });
}

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
    logger: Logger;
    /** What has failed, for the log. */
    failure: string;
    /** Names an item for the log, without anybody's words. */
    nameOf(item: Item): string;
  },
): Promise<void> {
  const { width, signal, logger, failure, nameOf } = options;
  let left = items;
  for (let round = 1; left.length > 0; round += 1) {
    const failed: Item[] = [];
    const waiting = left.values();
    const worker = async () => {
      for (const item of waiting) {
        signal.throwIfAborted();
        try {
          await work(item);
        } catch (err) {
          signal.throwIfAborted();
          const isLast = round >= (isRefusal(err) ? MAX_REFUSALS : MAX_ROUNDS);
          logger[isLast ? 'error' : 'warn'](
            { err, item: nameOf(item) },
            isLast ? `given up for this session: ${failure}` : `failed, and is tried again: ${failure}`,
          );
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
