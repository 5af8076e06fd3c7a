import pg from 'pg';
import type { Value } from './table-digest.ts';

/** Rows that are read at once. */
const FETCHED_AT_ONCE = 1_000;
const INT8 = 20;

/** The PostgreSQL database as it is filled by a move: all of it is one transaction, which nobody else writes into. */
export async function openTarget(url: string) {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'flexcord move',
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === INT8
          ? Number
          : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
    },
  });
  // What breaks the connection rejects the call that is under way.
  client.on('error', () => {});
  await client.connect();

  const read = async <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await client.query(text, values)).rows as Row[];

  return {
    begin: () => client.query('begin'),
    commit: () => client.query('commit'),
    rollback: () => client.query('rollback'),
    end: () => client.end(),

    /** Keeps every other process from reading or writing these tables until the transaction ends. */
    lock: (tables: readonly string[]) =>
      client.query(`lock table ${tables.map((table) => `"${table}"`).join(', ')} in access exclusive mode`),

    /** Types of the columns of a table by their names, as PostgreSQL calls them. */
    async columns(table: string): Promise<Map<string, string>> {
      const rows = await read<{ column_name: string; udt_name: string }>(
        `select column_name, udt_name from information_schema.columns
           where table_schema = current_schema() and table_name = $1`,
        [table],
      );
      return new Map(rows.map(({ column_name, udt_name }) => [column_name, udt_name]));
    },

    async isEmpty(table: string): Promise<boolean> {
      return (await read(`select 1 from "${table}" limit 1`)).length === 0;
    },

    clear: (table: string) => client.query(`delete from "${table}"`),

    async insert(table: string, types: ReadonlyMap<string, string>, rows: readonly Value[][]): Promise<void> {
      const names = [...types.keys()];
      const arrays = [...types.values()].map((type, at) => `$${at + 1}::${type}[]`);
      await client.query(
        `insert into "${table}" (${names.map((name) => `"${name}"`).join(', ')})
           select * from unnest(${arrays.join(', ')})`,
        names.map((_, at) => rows.map((row) => bytesOf(row[at] ?? null))),
      );
    },

    /** Each row of a query, without holding all of them. */
    async *rows(query: string): AsyncGenerator<Value[]> {
      await client.query(`declare moved no scroll cursor for ${query}`);
      for (;;) {
        const { rows } = await client.query({
          text: `fetch ${FETCHED_AT_ONCE} from moved`,
          rowMode: 'array',
        });
        yield* rows as Value[][];
        if (rows.length < FETCHED_AT_ONCE) break;
      }
      await client.query('close moved');
    },

    async setSerial(table: string, last: number): Promise<void> {
      const [column] = await read<{ name: string }>(
        `select column_name as name from information_schema.columns where table_schema = current_schema()
           and table_name = $1 and column_default like 'nextval(%'`,
        [table],
      );
      if (!column) return;
      await client.query('select setval(pg_get_serial_sequence($1, $2), $3, $4)', [
        `"${table}"`,
        column.name,
        Math.max(last, 1),
        last > 0,
      ]);
    },
  };
}

export type Target = Awaited<ReturnType<typeof openTarget>>;

const bytesOf = (value: Value) => (value instanceof Uint8Array ? Buffer.from(value) : value);
