import type { Logger } from 'pino';
import { HeartbeatLost } from '../errors.ts';
import type { KeptHeartbeat, Owner } from '../store.ts';

/**
 * What the heartbeat's thread is told, and what it tells. Each thread's monotonic clock begins with the thread, so a
 * renewal is dated by the last answer of the main thread that came before it, on the main thread's clock.
 */
export type ToHeartbeat = { start: { url: string; owner: Owner } } | { answeredAt: number } | 'stop';
export type FromHeartbeat = { renewedAfter: number } | 'started' | 'stopped' | { failed: string };

/** How often the main thread says that it answers; the heartbeat stops when it has not for MAX_SILENCE_MS. */
const ANSWER_MS = 100;
/**
 * A thread from which nothing is heard while the main thread has answered so often hangs. Answers are counted, not
 * time, because a process that was frozen has heard nothing either.
 */
const MAX_UNHEARD_ANSWERS = 50;
/** Threads that may end one after the other without a renewal between them. */
const MAX_DEATHS = 5;
const FIRST_RESTART_MS = 50;
const MAX_RESTART_MS = 1_000;

export interface HeartbeatOptions {
  url: string;
  owner: Owner;
  logger: Pick<Logger, 'error'>;
  /** Default: a thread of `heartbeat-worker.ts`. */
  makeThread?(): Worker;
}

/**
 * Renews what this process owns, in a thread of its own: a main thread that is busy for a moment keeps its lanes, and one
 * that hangs loses them. A thread that ends or hangs is replaced. Resolves after the first renewal, or the first try of one.
 */
export async function startHeartbeat(options: HeartbeatOptions): Promise<KeptHeartbeat> {
  const { url, owner, logger } = options;
  const makeThread =
    options.makeThread ?? (() => new Worker(new URL('./heartbeat-worker.ts', import.meta.url)));
  const started = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();
  const over = Promise.withResolvers<never>();
  // Whoever waits hears of it; where nobody does, it is no unhandled rejection.
  over.promise.catch(() => {});
  let renewedAt = Number.NEGATIVE_INFINITY;
  let thread: Worker | null = null;
  let lapses = 0;
  let unheard = 0;
  let deaths = 0;
  let stopping = false;
  const tell = (message: ToHeartbeat) => thread?.postMessage(message);

  function begin(): void {
    if (stopping) return;
    const own = makeThread();
    thread = own;
    unheard = 0;
    own.onmessage = ({ data }: MessageEvent<FromHeartbeat>) => {
      if (thread !== own) return;
      unheard = 0;
      if (data === 'started') started.resolve();
      else if (data === 'stopped') stopped.resolve();
      else if ('failed' in data)
        logger.error({ err: data.failed }, 'the leases of this process were not renewed');
      else {
        if (Bun.nanoseconds() - renewedAt > owner.leaseMs * 1e6) lapses += 1;
        renewedAt = data.renewedAfter;
        deaths = 0;
      }
    };
    own.onerror = ({ message }) => ended(own, message);
    own.addEventListener('close', () => ended(own, 'it ended by itself'));
    tell({ answeredAt: Bun.nanoseconds() });
    tell({ start: { url, owner } });
  }

  function ended(own: Worker, reason: string): void {
    if (thread !== own) return;
    thread = null;
    own.terminate();
    stopped.resolve();
    if (stopping) return;
    deaths += 1;
    if (deaths >= MAX_DEATHS) {
      clearInterval(answering);
      const error = new HeartbeatLost(
        `The thread that renews the leases of this process ended ${deaths} times in a row, at last because: ${reason}. The process ends, so that it is started anew and others take its work over meanwhile.`,
      );
      started.reject(error);
      over.reject(error);
      return;
    }
    logger.error(
      { err: reason },
      'the thread that renews the leases of this process ended; it is started again',
    );
    setTimeout(begin, Math.min(FIRST_RESTART_MS * 2 ** (deaths - 1), MAX_RESTART_MS));
  }

  const answering = setInterval(() => {
    unheard += 1;
    if (thread && unheard > MAX_UNHEARD_ANSWERS) ended(thread, 'nothing was heard of it');
    tell({ answeredAt: Bun.nanoseconds() });
  }, ANSWER_MS);
  begin();
  await started.promise;
  return {
    // A margin for what is between this look and the bytes on their way.
    alive: () => (Bun.nanoseconds() - renewedAt) / 1e6 < owner.leaseMs * 0.8,
    lapses: () => lapses,
    over: over.promise,
    async stop() {
      clearInterval(answering);
      stopping = true;
      if (!thread) return;
      tell('stop');
      await Promise.race([stopped.promise, Bun.sleep(owner.leaseMs)]);
      thread?.terminate();
    },
  };
}
