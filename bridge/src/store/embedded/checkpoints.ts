import type { Database } from 'bun:sqlite';
import type { Durability } from './durability.ts';

/** The log is copied into the file once it is this long, in bytes. */
const CHECKPOINT_BYTES = 4 * 2 ** 20;
/** Beyond this the writer waits for the copy, because a log that is never whole in the file never begins anew. In bytes. */
const MAX_LOG_BYTES = 128 * 2 ** 20;
const LOOK_MS = 250;

/** Keeps the write-ahead log short. Returns how to stop. */
export function startCheckpoints(database: Database, path: string, durability: Durability) {
  const worker = new Worker(new URL('./checkpoint-worker.ts', import.meta.url));
  worker.unref();
  let underWay = false;
  let closed: (() => void) | undefined;
  worker.onmessage = ({ data }: MessageEvent<{ done: unknown; failed?: string }>) => {
    underWay = false;
    if (data.done === 'close') closed?.();
  };
  worker.postMessage({ path });

  const looking = setInterval(() => {
    const size = durability.logSize();
    if (size > MAX_LOG_BYTES && !database.inTransaction) database.run('PRAGMA wal_checkpoint(TRUNCATE)');
    else if (size > CHECKPOINT_BYTES && !underWay) {
      underWay = true;
      worker.postMessage('checkpoint');
    }
  }, LOOK_MS);
  looking.unref();

  return {
    async stop(): Promise<void> {
      clearInterval(looking);
      await new Promise<void>((resolve) => {
        closed = resolve;
        worker.postMessage('close');
      });
      worker.terminate();
    },
  };
}
