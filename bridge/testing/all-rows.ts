import { sql } from 'kysely';
import type { Store } from '../src/store/open.ts';

/**
 * Where the store has one of these texts: every column of every table that there is, whoever made it, so that a table
 * that is added later is looked through as well. Returns `table.column`, each once, in order.
 */
export async function findInStore(
  store: Store,
  texts: readonly string[],
  leaveOut: readonly string[] = [],
): Promise<string[]> {
  const isSqlite = store.dialect.name === 'sqlite';
  const { rows: tables } = isSqlite
    ? await sql<{ name: string }>`select name from sqlite_master where type = 'table'`.execute(store.db)
    : await sql<{ name: string }>`select table_name as name from information_schema.tables
        where table_schema = 'public'`.execute(store.db);
  const found = new Set<string>();
  for (const { name } of tables) {
    if (leaveOut.includes(name)) continue;
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(store.db);
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        // Words of a search index are bytes, in lower case.
        const held =
          value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value ?? '');
        if (texts.some((text) => held.toLowerCase().includes(text.toLowerCase())))
          found.add(`${name}.${column}`);
      }
    }
  }
  return [...found].sort();
}
