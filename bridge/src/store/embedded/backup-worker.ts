/** Writes a backup in a thread of its own, so that whoever waits for it can say how far it is. */
import { Database } from 'bun:sqlite';

declare const self: Worker;

/** What the thread is given, and what it answers: an error in words, or null. */
export interface BackupJob {
  from: string;
  to: string;
}

self.onmessage = ({ data }: MessageEvent<BackupJob>) => {
  let failed: string | null = null;
  try {
    const database = new Database(data.from, { readonly: true });
    try {
      // One snapshot, whatever is written meanwhile (https://www.sqlite.org/lang_vacuum.html#vacuum_with_an_into_clause).
      database.run('VACUUM INTO ?', [data.to]);
    } finally {
      database.close();
    }
  } catch (error) {
    failed = error instanceof Error ? error.message : String(error);
  }
  self.postMessage(failed);
};
