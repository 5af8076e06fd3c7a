/** The files of an embedded store in its folder, beside SQLite's own `-wal` and `-shm`. */
export const STORE_FILE = 'flexcord.sqlite';
/** Held by the one process that has the store. */
export const LOCK_FILE = 'flexcord.lock';
/** Says that the store was made. */
export const MADE_FILE = 'flexcord.made';
/** How far the store was when it was last seen; see seen.ts. */
export const SEEN_FILE = 'flexcord.seen';
