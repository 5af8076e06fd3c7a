import type { Heartbeat, Owner } from '../store.ts';

/**
 * What the heartbeat's thread is told, and what it tells. Each thread's monotonic clock begins with the thread, so a
 * renewal is dated by the last answer of the main thread that came before it, on the main thread's clock.
 */
export type ToHeartbeat = { start: { url: string; owner: Owner } } | { answeredAt: number } | 'stop';
export type FromHeartbeat = { renewedAfter: number } | 'started' | 'stopped' | { failed: string };

/** How often the main thread says that it answers; the heartbeat stops when it has not for MAX_SILENCE_MS. */
const ANSWER_MS = 250;

/**
 * Renews what this process owns, in a thread of its own: a main thread that is busy for a moment keeps its lanes, and one
 * that hangs loses them. Resolves after the first renewal.
 */
export async function startHeartbeat(
  url: string,
  owner: Owner,
  onFailure: (message: string) => void,
): Promise<Heartbeat> {
  const worker = new Worker(new URL('./heartbeat-worker.ts', import.meta.url));
  const tell = (message: ToHeartbeat) => worker.postMessage(message);
  const started = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();
  let renewedAt = Number.NEGATIVE_INFINITY;
  worker.onmessage = ({ data }: MessageEvent<FromHeartbeat>) => {
    if (data === 'started') started.resolve();
    else if (data === 'stopped') stopped.resolve();
    else if ('failed' in data) onFailure(data.failed);
    else renewedAt = data.renewedAfter;
  };
  worker.onerror = (event) => started.reject(new Error(`The heartbeat ended: ${event.message}`));
  const answer = () => tell({ answeredAt: Bun.nanoseconds() });
  answer();
  tell({ start: { url, owner } });
  const answering = setInterval(answer, ANSWER_MS);
  await started.promise;
  return {
    // A margin for what is between this look and the bytes on their way.
    alive: () => (Bun.nanoseconds() - renewedAt) / 1e6 < owner.leaseMs * 0.8,
    async stop() {
      clearInterval(answering);
      tell('stop');
      await Promise.race([stopped.promise, Bun.sleep(owner.leaseMs)]);
      worker.terminate();
    },
  };
}
