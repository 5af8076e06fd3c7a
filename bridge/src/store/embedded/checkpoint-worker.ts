/**
 * Copies the write-ahead log of the embedded store into its file, in a thread of its own: the copying and its syncs take
 * as long as the disk wants, and the event loop of the bridge goes on meanwhile.
 */
import { Database } from 'bun:sqlite';

declare const self: Worker;

let database: Database | undefined;

self.onmessage = ({ data }: MessageEvent<{ path: string } | 'checkpoint' | 'close'>) => {
  try {
    if (data === 'checkpoint') database?.run('PRAGMA wal_checkpoint(PASSIVE)');
    else if (data === 'close') {
      database?.close();
      database = undefined;
    } else {
      database = new Database(data.path, { readwrite: true });
      database.run('PRAGMA synchronous = NORMAL');
    }
    self.postMessage({ done: data });
  } catch (error) {
    self.postMessage({ done: data, failed: error instanceof Error ? error.message : String(error) });
  }
};
