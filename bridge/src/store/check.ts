import { sql } from 'kysely';
import { type Moved, type Restored, readMark } from './marks.ts';
import { tooNew, versionOf } from './migrate.ts';
import type { Store } from './store.ts';

/** What is said of a store. */
export interface StoreState {
  /** The last migration that its tables went through; null where there are none. */
  version: string | null;
  /** Entries of the journal by their status. */
  entries: Record<string, number>;
  restored: Restored | null;
  moved: Moved | null;
  /** What the database itself finds wrong with the file; empty where nothing is. Always empty for a server. */
  faults: string[];
}

/** Looks at a store that was opened as it is, and reads an embedded one through. */
export async function checkStore(store: Store): Promise<StoreState> {
  const version = (await tooNew(store.db)) === null ? await versionOf(store.db) : null;
  if (version === null) return { version, entries: {}, restored: null, moved: null, faults: [] };
  const rows = await store.db
    .selectFrom('journal')
    .select((eb) => ['status', eb.fn.countAll<number>().as('count')])
    .groupBy('status')
    .execute();
  const hasMarks = (await store.db.introspection.getTables()).some(({ name }) => name === 'marks');
  const faults =
    store.dialect.name === 'sqlite'
      ? (await sql<{ integrity_check: string }>`pragma integrity_check(5)`.execute(store.db)).rows
          .map(({ integrity_check }) => integrity_check)
          .filter((found) => found !== 'ok')
      : [];
  return {
    version,
    entries: Object.fromEntries(rows.map(({ status, count }) => [status, Number(count)])),
    restored: hasMarks ? await readMark(store.db, 'restored') : null,
    moved: hasMarks ? await readMark(store.db, 'moved') : null,
    faults,
  };
}
