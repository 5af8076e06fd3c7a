import type { Database } from 'bun:sqlite';
import type { Durability } from './durability.ts';

/** The log is copied into the file once it is this long, in bytes. */
const CHECKPOINT_BYTES = 4 * 2 ** 20;
/** Beyond this the writer waits for the copy, because a log that is never whole in the file never begins anew. In bytes. */
const MAX_LOG_BYTES = 128 * 2 ** 20;
const LOOK_MS = 250;
/** A copy that takes longer than this when the store is closed is left to the next start. In milliseconds. */
const STOP_TIMEOUT_MS = 5_000;

/** Keeps the write-ahead log short; the thread that copies it is made when it is first needed. */
export function startCheckpoints(database: Database, path: string, durability: Durability) {
  let worker: Worker | undefined;
  let underWay: PromiseWithResolvers<void> | undefined;

  function checkpoint(): void {
    worker ??= startWorker();
    underWay = Promise.withResolvers();
    worker.postMessage({ checkpoint: path });
  }

  function startWorker(): Worker {
    const made = new Worker(new URL('./checkpoint-worker.ts', import.meta.url));
    const over = () => {
      underWay?.resolve();
      underWay = undefined;
    };
    made.onmessage = over;
    // The next copy is made by another thread.
    made.addEventListener('close', () => {
      if (worker === made) worker = undefined;
      over();
    });
    return made;
  }

  const looking = setInterval(() => {
    const size = durability.logSize();
    if (size > MAX_LOG_BYTES && !database.inTransaction) database.run('PRAGMA wal_checkpoint(TRUNCATE)');
    else if (size > CHECKPOINT_BYTES && !underWay) checkpoint();
  }, LOOK_MS);
  looking.unref();

  return {
    async stop(): Promise<void> {
      clearInterval(looking);
      if (underWay) await Promise.race([underWay.promise, Bun.sleep(STOP_TIMEOUT_MS)]);
      worker?.terminate();
    },
  };
}
