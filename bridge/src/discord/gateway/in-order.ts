import pRetry from 'p-retry';
import type { Logger } from 'pino';
import { compareSnowflakes } from '../../messages/snowflake.ts';
import { isRefusal, Transient } from '../../relay/errors.ts';
import { writeFault } from '../../store/health.ts';
import type { Store } from '../../store/open.ts';

/** Tries after which an answer that refuses is believed, whatever its code: what follows in the channel waits meanwhile. */
const MAX_REFUSALS = 5;
/** Tries after which a failure is taken for a fault of our own, provided that the store answers. */
const MAX_FAULTS = 5;
/** How long a channel waits for Discord before what is newer goes on, in milliseconds. */
const MAX_HELD_MS = 30 * 60_000;
/** First and largest wait between two tries, in milliseconds. */
const RETRY_WAIT_MS = { first: 250, max: 15_000 };

class HolderInDoubt extends Error {
  override name = 'HolderInDoubt';
}

/** A new message of a channel, as the gateway brought it. */
export interface Brought {
  messageId: string;
  /** The session of the gateway; all that follows in it is brought as well. */
  session: object;
}

/** Work on channels: what belongs to one is done one after the other, channels side by side. */
export function createChannelOrder() {
  const chains = new Map<string, Promise<unknown>>();
  const waiting = new Map<string, Brought[]>();

  function leave(channelId: string, brought: Brought): void {
    const left = waiting.get(channelId)?.filter((each) => each !== brought) ?? [];
    if (left.length > 0) waiting.set(channelId, left);
    else waiting.delete(channelId);
  }

  return {
    /** Runs `work` after all that was given for the channel before, whether or not that succeeded. `brought`: what it hears. */
    run<T>(channelId: string, work: () => Promise<T>, brought?: Brought): Promise<T> {
      if (brought) waiting.set(channelId, [...(waiting.get(channelId) ?? []), brought]);
      const result = (chains.get(channelId) ?? Promise.resolve()).then(work);
      const settled = result.then(
        () => {},
        () => {},
      );
      chains.set(channelId, settled);
      void settled.then(() => {
        if (brought) leave(channelId, brought);
        if (chains.get(channelId) === settled) chains.delete(channelId);
      });
      return result;
    },
    /** The oldest message that the gateway brought of a channel and that is not heard yet. */
    waitsFrom: (channelId: string): Brought | undefined =>
      waiting
        .get(channelId)
        ?.reduce((oldest, each) => (compareSnowflakes(each.messageId, oldest.messageId) < 0 ? each : oldest)),
    /** Resolves once all that was given so far is done. */
    settled: () => Promise.all(chains.values()),
  };
}

/** Tries what the rest of a channel waits for, again and again while that helps. */
export function createPersistence({
  store,
  logger,
  signal,
  isHolder,
}: {
  store: Store;
  logger: Logger;
  signal: AbortSignal;
  /** False where another process may hear the gateway by now, and what it heard may be newer. */
  isHolder(): boolean;
}) {
  /** Whether to try again; `faults` counts failures that are our own, because the store took a write right after. */
  async function mayHelp(
    error: Error,
    tries: number,
    beganAt: number,
    count: { faults: number },
  ): Promise<boolean> {
    // The end of the term ends it, else it is the holder again.
    if (error instanceof HolderInDoubt) return true;
    if (isRefusal(error)) return tries < MAX_REFUSALS;
    if (error instanceof Transient) return performance.now() - beganAt < MAX_HELD_MS;
    if ((await writeFault(store)) === null) count.faults += 1;
    return count.faults < MAX_FAULTS;
  }

  /**
   * Resolves with whether it succeeded at last. A refusal and a fault of our own are given up soon, since a channel would
   * wait for ever; a store that is away is not. Rejects once `signal` says to stop.
   */
  return async function persist(
    channelId: string,
    what: string,
    work: () => Promise<void>,
  ): Promise<boolean> {
    const beganAt = performance.now();
    const count = { faults: 0 };
    try {
      const asHolder = async () => {
        if (!isHolder()) throw new HolderInDoubt('another process may hold the gateway');
        await work();
      };
      await pRetry(asHolder, {
        retries: Number.POSITIVE_INFINITY,
        minTimeout: RETRY_WAIT_MS.first,
        maxTimeout: RETRY_WAIT_MS.max,
        signal,
        shouldRetry: ({ error, attemptNumber }) => mayHelp(error, attemptNumber, beganAt, count),
        onFailedAttempt: ({ error, attemptNumber }) =>
          logger.warn({ channelId, what, attemptNumber, err: error.message }, 'failed in a channel'),
      });
      return true;
    } catch (err) {
      signal.throwIfAborted();
      logger.error({ err, channelId, what }, 'given up, so that the channel goes on');
      return false;
    }
  };
}
