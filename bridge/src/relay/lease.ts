import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Heartbeat, Owner, Store } from '../store/store.ts';
import { describe, Transient } from './errors.ts';

export interface Lease {
  /** Ends the term and lets go, so that another process may take over at once. */
  stop(): Promise<void>;
}

/** What a lease is for, from one taking to its loss. Made anew for each term. */
export interface Term {
  stop(): Promise<void>;
  /** Resolves where the term must end and begin anew, here or elsewhere. */
  over?: Promise<void>;
}

export interface LeaseOptions {
  store: Store;
  name: string;
  owner: Owner;
  heartbeat: Heartbeat;
  logger: Logger;
  /** Begins a term. `lost` is aborted when another process may have taken over. Rejects when it cannot begin. */
  begin(lost: AbortSignal): Promise<Term>;
  /**
   * An error that no second try can mend, such as a wrong token; its message is a sentence for the operator. It ends the
   * very first beginning.
   */
  isFatal(error: unknown): boolean;
}

/** How often a holder looks whether it still is one, in milliseconds. */
const LOOK_MS = 100;
const MIN_RETRY_MS = 1_000;
const MAX_RETRY_MS = 15_000;
/** What a lost term may take to end before the next may begin, in milliseconds. */
const STOP_TIMEOUT_MS = 10_000;

/**
 * Does something in one process of all that share the store. A term that cannot begin is tried again, here or elsewhere,
 * and each term begins with nothing of the one before. On the embedded store it is always this process.
 *
 * Resolves once this process holds the lease and its term has begun, or another one holds it. Rejects for a first
 * beginning that failed for good.
 */
export async function holdLease(options: LeaseOptions): Promise<Lease> {
  const { store, name, owner, heartbeat, logger } = options;
  const stopping = new AbortController();
  const first = Promise.withResolvers<void>();
  let hasBegun = false;
  function begun(): void {
    hasBegun = true;
    first.resolve();
  }

  async function oneTerm(): Promise<void> {
    const lost = new AbortController();
    const watching = setInterval(() => {
      if (!heartbeat.alive()) lost.abort();
    }, LOOK_MS);
    const over = new Promise<void>((resolve) => {
      lost.signal.addEventListener('abort', () => resolve(), { once: true });
      stopping.signal.addEventListener('abort', () => resolve(), { once: true });
      if (stopping.signal.aborted) resolve();
    });
    let term: Term | undefined;
    try {
      term = await options.begin(lost.signal);
      logger.info({ lease: name }, 'this process holds the lease');
      begun();
      await Promise.race(term.over ? [over, term.over] : [over]);
      if (lost.signal.aborted) logger.warn({ lease: name }, 'the lease is lost');
    } finally {
      clearInterval(watching);
      lost.abort();
      if (term) await endTerm(term);
      await release();
    }
  }

  async function endTerm(term: Term): Promise<void> {
    const ended = term
      .stop()
      .catch((err) => logger.error({ err, lease: name }, 'a term did not end cleanly'));
    await Promise.race([ended, Bun.sleep(STOP_TIMEOUT_MS)]);
  }

  async function release(): Promise<void> {
    await store.leases.release(name, owner).catch((err) => {
      logger.warn({ err, lease: name }, 'a lease could not be given back; it runs out by itself');
    });
  }

  async function keepTrying(): Promise<void> {
    let retryMs = MIN_RETRY_MS;
    while (!stopping.signal.aborted) {
      let waitMs: number;
      try {
        waitMs = await store.leases.take(name, owner);
        if (waitMs === 0) {
          await oneTerm();
          retryMs = MIN_RETRY_MS;
          continue;
        }
        begun();
      } catch (err) {
        const isFatal = options.isFatal(err);
        // Whoever starts the process says it.
        if (isFatal && !hasBegun) return first.reject(err);
        if (isFatal) logger.error({ lease: name, retryMs }, `${describe(err)} It is tried again.`);
        else if (err instanceof Transient)
          logger.warn({ lease: name, retryMs }, `${err.message}; trying again`);
        else logger.error({ err, lease: name, retryMs }, 'a term could not begin; trying again');
        waitMs = retryMs;
        retryMs = Math.min(retryMs * 2, MAX_RETRY_MS);
      }
      // Rejects when this process stops, which the loop sees by itself.
      await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  const trying = keepTrying();
  const lease: Lease = {
    async stop() {
      stopping.abort();
      await trying;
    },
  };
  await first.promise.catch(async (error) => {
    await lease.stop();
    throw error;
  });
  return lease;
}
