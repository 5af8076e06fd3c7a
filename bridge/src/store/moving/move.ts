import { join } from 'node:path';
import { STORE_FILE } from '../embedded/files.ts';
import { StoreError } from '../errors.ts';
import { removeMark, writeMark } from '../marks.ts';
import { openStore } from '../open.ts';
import { refuseWhileUsed } from '../server/used.ts';
import { openSource, type Source } from './source.ts';
import { createTableDigest, type Value } from './table-digest.ts';
import { openTarget, type Target } from './target.ts';

/** Rows that are written at once. */
const BATCH = 500;
/** Tables whose rows others refer to. */
const FIRST = ['members', 'articles', 'conversations', 'cases'];
/** Has a row in a store that nobody has used yet. */
const COUNTERS = 'knowledge_state';

/** What was moved of one table. */
export interface MovedTable {
  table: string;
  rows: number;
  /** Of its content, the same on both sides; hexadecimal. */
  hash: string;
}

export interface MoveReport {
  tables: MovedTable[];
  /** Texts out of which a zero character was left, which PostgreSQL has no place for. */
  withoutZero: number;
  to: string;
}

/**
 * Copies everything of an embedded store into an empty PostgreSQL database, in one transaction, compares what both hold,
 * and marks the embedded one as moved. Throws a StoreError, in words for the operator, where a bridge uses one of the two,
 * the database is not empty, or the two differ; then the database is as empty as before, and the embedded store goes on.
 */
export async function moveToServer(
  dataDir: string,
  databaseUrl: string,
  onProgress: (table: string, rows: number) => void,
): Promise<MoveReport> {
  const to = withoutCredentials(databaseUrl);
  const embedded = await openStore({ dataDir, evenIfMoved: true });
  try {
    // Makes its tables.
    const server = await openStore({ databaseUrl, dataDir, beside: true });
    try {
      await refuseWhileUsed(server.db, 'move into it');
    } finally {
      await server.close();
    }
    const source = openSource(join(dataDir, STORE_FILE));
    const target = await openTarget(databaseUrl);
    try {
      await target.begin();
      const copied = await copyAll(source, target, onProgress);
      // First marked, then committed: whatever breaks off in between, no bridge goes on with the old one while the new one is full.
      await writeMark(embedded.db, 'moved', { to, at: Date.now() });
      await target.commit().catch(async (error) => {
        await removeMark(embedded.db, 'moved');
        throw error;
      });
      return { ...copied, to };
    } catch (error) {
      await target.rollback().catch(() => {});
      throw error;
    } finally {
      source.close();
      await target.end();
    }
  } finally {
    await embedded.close();
  }
}

async function copyAll(
  source: Source,
  target: Target,
  onProgress: (table: string, rows: number) => void,
): Promise<Omit<MoveReport, 'to'>> {
  const names = source.tables();
  const tables = [...FIRST, ...names.filter((name) => !FIRST.includes(name)).sort()];
  await target.lock([...tables, 'case_search', 'marks']);
  for (const table of [...tables, 'case_search']) {
    if (table !== COUNTERS && !(await target.isEmpty(table)))
      throw new StoreError(
        `The database of DATABASE_URL is not empty: ${table} has rows. Make an empty database (createdb) and name it in DATABASE_URL; nothing was changed.`,
      );
  }
  await target.clear(COUNTERS);
  await target.clear('marks');
  const moved: MovedTable[] = [];
  let withoutZero = 0;
  for (const table of tables) {
    const { digest, zeros } = await copyTable(source, target, table, onProgress);
    withoutZero += zeros;
    moved.push({ table, ...digest });
  }
  moved.push({ table: 'case_search', ...(await copyWords(source, target, onProgress)) });
  for (const { table, last } of source.serials()) await target.setSerial(table, last);
  return { tables: moved, withoutZero };
}

async function copyTable(
  source: Source,
  target: Target,
  table: string,
  onProgress: (table: string, rows: number) => void,
) {
  const columns = await target.columns(table);
  const [ours, theirs] = [source.columns(table).sort(), [...columns.keys()].sort()];
  if (ours.join() !== theirs.join())
    throw new StoreError(`${table} has other columns in the database (${theirs}) than here (${ours}).`);
  const names = [...columns.keys()];
  const written = createTableDigest();
  let zeros = 0;
  let batch: Value[][] = [];
  let rows = 0;
  for (const row of source.rows(table, names)) {
    const storable = row.map((value) => {
      if (typeof value !== 'string' || !value.includes('\u0000')) return value;
      zeros += 1;
      return value.replaceAll('\u0000', '');
    });
    written.add(storable);
    batch.push(storable);
    rows += 1;
    if (batch.length < BATCH) continue;
    await target.insert(table, columns, batch);
    onProgress(table, rows);
    batch = [];
  }
  if (batch.length > 0) await target.insert(table, columns, batch);
  onProgress(table, rows);
  const list = names.map((name) => `"${name}"`).join(', ');
  const digest = await compare(table, written, target.rows(`select ${list} from "${table}"`));
  return { digest, zeros };
}

/** The words that cases are found by have a form of their own in each store. */
async function copyWords(source: Source, target: Target, onProgress: (table: string, rows: number) => void) {
  const columns = new Map([
    ['number', 'int8'],
    ['words', 'tsvector'],
  ]);
  const written = createTableDigest();
  let batch: [number, string][] = [];
  let [count, number, vector] = [0, 0, [] as string[]];
  const finish = () => {
    if (vector.length === 0) return;
    batch.push([number, vector.join(' ')]);
    vector = [];
    count += 1;
  };
  for (const [of, word, place] of source.words()) {
    if (of !== number) finish();
    number = of;
    // Words are letters and digits alone.
    vector.push(`'${word}':${place}`);
    written.add([of, word, place]);
    if (batch.length < BATCH) continue;
    await target.insert('case_search', columns, batch);
    batch = [];
  }
  finish();
  if (batch.length > 0) await target.insert('case_search', columns, batch);
  onProgress('case_search', count);
  const { hash } = await compare(
    'case_search',
    written,
    target.rows(
      'select number, lexeme, unnest(positions) from case_search, unnest(words) as each (lexeme, positions, weights)',
    ),
  );
  return { rows: count, hash };
}

/** Reads back what the database holds. */
async function compare(
  table: string,
  written: ReturnType<typeof createTableDigest>,
  rows: AsyncIterable<Value[]>,
): Promise<{ rows: number; hash: string }> {
  const found = createTableDigest();
  for await (const row of rows) found.add(row);
  const [wanted, is] = [written.result(), found.result()];
  if (wanted.rows !== is.rows || wanted.hash !== is.hash)
    throw new StoreError(
      `${table} is not the same on both sides (${wanted.rows} rows here, ${is.rows} there). Nothing was moved.`,
    );
  return is;
}

function withoutCredentials(url: string): string {
  const address = new URL(url);
  address.username = '';
  address.password = '';
  address.search = '';
  return address.href;
}
