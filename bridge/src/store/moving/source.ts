import { Database } from 'bun:sqlite';
import type { Value } from './table-digest.ts';

/** Positions of one word that PostgreSQL keeps (https://www.postgresql.org/docs/current/textsearch-limitations.html). */
const MAX_POSITIONS = 256;

/** The embedded store as it is read for a move. */
export function openSource(path: string) {
  const database = new Database(path, { readonly: true });
  // The index of words keeps no text; its own list of words has them in their order (https://www.sqlite.org/fts5.html#the_fts5vocab_virtual_table_module).
  database.run('create virtual table temp.case_words using fts5vocab(main, case_search, instance)');
  return {
    /** Tables with rows of their own; without SQLite's, without those of migrations, and without marks. */
    tables(): string[] {
      const rows = database
        .query(
          `select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' escape '\\'
             and name not like 'kysely\\_%' escape '\\' and name not like 'case\\_search%' escape '\\' and name <> 'marks'`,
        )
        .all() as { name: string }[];
      return rows.map(({ name }) => name);
    },

    columns: (table: string): string[] =>
      (database.query(`pragma table_info("${table}")`).all() as { name: string }[]).map(({ name }) => name),

    *rows(table: string, columns: readonly string[]): Generator<Value[]> {
      const list = columns.map((column) => `"${column}"`).join(', ');
      for (const row of database.query(`select ${list} from "${table}"`).iterate() as Iterable<
        Record<string, Value>
      >)
        yield columns.map((column) => row[column] ?? null);
    },

    /** Words that cases are found by: the number of the case, the word, its place from 1. */
    *words(): Generator<[number: number, word: string, place: number]> {
      const query = database.query(
        'select doc, term, offset from temp.case_words order by doc, term, offset',
      );
      let [last, count] = ['', 0];
      for (const { doc, term, offset } of query.iterate() as Iterable<{
        doc: number;
        term: string;
        offset: number;
      }>) {
        const which = `${doc} ${term}`;
        count = which === last ? count + 1 : 1;
        last = which;
        if (count <= MAX_POSITIONS) yield [doc, term, offset + 1];
      }
    },

    /** The last number that each table gave out. */
    serials: (): { table: string; last: number }[] =>
      database.query('select name as "table", seq as last from sqlite_sequence').all() as {
        table: string;
        last: number;
      }[],

    close: () => database.close(),
  };
}

export type Source = ReturnType<typeof openSource>;
