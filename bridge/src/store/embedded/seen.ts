import type { Database } from 'bun:sqlite';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** How often it is written down how far the store is, in milliseconds. */
const LOOK_MS = 2_000;

/**
 * Writes down beside the store how many entries its journal has had, a number that only grows. A store that has had fewer
 * when it is opened is an older one that was put in its place: a backup, copied by hand. What a power cut takes away of
 * the last moments looks the same, and is treated as carefully.
 */
export function createSeen(path: string, database: Database) {
  let written = -1;
  let following: ReturnType<typeof setInterval> | undefined;

  function entries(): number {
    const row = database.query("select seq from sqlite_sequence where name = 'journal'").get();
    return (row as { seq: number } | null)?.seq ?? 0;
  }

  function write(): void {
    // What is not committed may be rolled back.
    if (database.inTransaction) return;
    const now = entries();
    if (now === written) return;
    try {
      writeFileSync(`${path}.new`, `${now}\n`, { mode: 0o600 });
      renameSync(`${path}.new`, path);
      written = now;
    } catch {
      // A full disk is seen elsewhere. An older number recognises less, and nothing wrongly.
    }
  }

  return {
    wentBack(): boolean {
      try {
        return entries() < Number(readFileSync(path, 'utf8'));
      } catch (error) {
        if ((error as { code?: unknown }).code === 'ENOENT') return false;
        throw error;
      }
    },
    follow(): void {
      write();
      following = setInterval(write, LOOK_MS);
      following.unref();
    },
    stop(): void {
      if (!following) return;
      clearInterval(following);
      write();
    },
  };
}
