/**
 * Copies the write-ahead log of the embedded store into its file, in a thread of its own: the copying and its syncs take
 * as long as the disk wants, and the event loop of the bridge goes on meanwhile.
 */
import { Database } from 'bun:sqlite';

declare const self: Worker;

self.onmessage = ({ data }: MessageEvent<{ checkpoint: string }>) => {
  try {
    const database = new Database(data.checkpoint, { readwrite: true });
    // The log is synced before the file is written, and the file before the log may begin anew.
    database.run('PRAGMA synchronous = NORMAL');
    database.run('PRAGMA wal_checkpoint(PASSIVE)');
    database.close();
  } finally {
    self.postMessage('done');
  }
};
