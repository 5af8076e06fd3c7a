import { closeSync, fdatasync, fstatSync, openSync } from 'node:fs';

/** Makes writes of the embedded store survive the loss of the machine without stopping the event loop for the disk. */
export interface Durability {
  /** Resolves once everything that was committed before the call is on disk. Rejects when the disk refuses. */
  flushed(): Promise<void>;
  /** Size of the write-ahead log in bytes. */
  logSize(): number;
  /** Waits for the sync that is under way. */
  close(): Promise<void>;
}

/**
 * Commits go into SQLite's write-ahead log unsynced (`synchronous=NORMAL`), and the log is then synced by a thread of the
 * pool before anybody is told that they are kept. A commit that is lost with the machine was never acknowledged: SQLite
 * reads the log up to the last whole commit (https://www.sqlite.org/wal.html). Commits that come while a sync is under
 * way share the next one. With `synchronous=FULL` each commit would stop the event loop for its own sync.
 *
 * A sync that fails fails for ever: the kernel may have dropped what it could not write, and a second sync would say
 * that all is well (https://lwn.net/Articles/752063/).
 */
export function createDurability(logPath: string): Durability {
  const file = openSync(logPath, 'r+');
  let waiting: PromiseWithResolvers<void>[] = [];
  let underWay: Promise<void> | undefined;
  let failure: Error | undefined;

  function sync(): Promise<void> {
    const batch = waiting;
    waiting = [];
    return new Promise((resolve) => {
      fdatasync(file, (error) => {
        failure ??= error ?? undefined;
        for (const { resolve, reject } of batch) failure ? reject(failure) : resolve();
        resolve();
      });
    });
  }

  async function syncAll(): Promise<void> {
    // Whoever commits in this turn of the event loop shares the sync.
    await Promise.resolve();
    while (waiting.length > 0) await sync();
    underWay = undefined;
  }

  return {
    flushed() {
      if (failure) return Promise.reject(failure);
      const own = Promise.withResolvers<void>();
      waiting.push(own);
      underWay ??= syncAll();
      return own.promise;
    },
    logSize: () => fstatSync(file).size,
    async close() {
      await underWay;
      closeSync(file);
    },
  };
}
