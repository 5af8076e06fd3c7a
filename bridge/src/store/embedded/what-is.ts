import { Database } from 'bun:sqlite';
import { existsSync } from 'node:fs';

/** What a path holds: a file that is missing, or has no tables yet; a store of ours; one that cannot be read; or something else. */
export function whatIs(path: string): 'nothing' | 'a store' | 'damaged' | 'no store' {
  if (!existsSync(path)) return 'nothing';
  let file: Database | undefined;
  try {
    file = new Database(path, { readonly: true });
    const tables = new Set(
      (file.query("select name from sqlite_master where type = 'table'").all() as { name: string }[]).map(
        ({ name }) => name,
      ),
    );
    if (tables.size === 0) return 'nothing';
    // A first start that broke off may have made the table of migrations only.
    return tables.has('kysely_migration') ? 'a store' : 'no store';
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    if (code === 'SQLITE_NOTADB') return 'no store';
    if (code.startsWith('SQLITE_CORRUPT')) return 'damaged';
    throw error;
  } finally {
    file?.close();
  }
}
