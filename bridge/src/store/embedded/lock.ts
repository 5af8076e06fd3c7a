import { Database } from 'bun:sqlite';
import { StoreError } from '../errors.ts';

/** A lock that nothing refers to any more would be collected, and let go with that. */
const held = new Set<Database>();

/**
 * Makes this process the only one with the store: an open exclusive transaction on a side file, which the operating system
 * releases when the process dies, however it dies. Throws StoreError where another process has it.
 */
export function takeLock(path: string): { release(): void } {
  const lock = new Database(path);
  try {
    lock.run('PRAGMA busy_timeout = 0');
    lock.run('PRAGMA locking_mode = EXCLUSIVE');
    lock.run('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    throw new StoreError(
      'Another Flexcord bridge is using this DATA_DIR. Stop it first, name another DATA_DIR, or set DATABASE_URL to a PostgreSQL server to run several.',
      { cause: error },
    );
  }
  held.add(lock);
  return {
    release() {
      held.delete(lock);
      lock.close();
    },
  };
}

/** Whether a process has the store. */
export function isLocked(path: string): boolean {
  try {
    takeLock(path).release();
    return false;
  } catch {
    return true;
  }
}
