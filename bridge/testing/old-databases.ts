import { Database } from 'bun:sqlite';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { TestPlace } from './stores.ts';

/**
 * Addresses that differ from run to run and stand in a recording by these names: the two stand-ins, the bridge, and what
 * else it was told of. `{discord-host}` is the host of `{discord}`.
 */
export type Addresses = Record<'discord' | 'discord-host' | 'twilio' | 'bridge' | 'hook' | 'feed', string>;

/** What is known of a recording beside its rows. */
export interface Recording {
  /** When the bridge was killed, in milliseconds since the epoch. */
  recordedAt: number;
  /** Variables that it was started with, but for its store. */
  settings: Record<string, string>;
  /** Discord ids by name in lower case. */
  members: Record<string, string>;
  guildId: string;
  /** Conversation SIDs by the name of the member. */
  chats: Record<string, string>;
  /** Task SIDs by the name of the member. */
  tasks: Record<string, string>;
  messages: Record<'vicKept' | 'vicGone' | 'kimKept' | 'kimKeptGone' | 'moved', string>;
  cases: { bug: number; feature: number; lateBug: number; numbers: number[] };
  /** The last number that each sequence gave out, by the sequence's name on PostgreSQL. */
  serials: Record<string, number>;
}

type Value = string | number | null | Uint8Array;
type Row = Record<string, Value>;
type Part = 'rows' | 'clouds' | 'recording';

/** Tables whose rows others refer to. */
const FIRST = ['members', 'articles', 'conversations', 'cases'];

/** One part of what was recorded at a migration, such as `0013`, with today's addresses in it. */
export async function readRecording(migration: string, part: Part, addresses: Addresses): Promise<unknown> {
  const file = Bun.file(join(import.meta.dir, 'old-databases', migration, `${part}.json.gz`));
  let text = new TextDecoder().decode(Bun.gunzipSync(await file.bytes()));
  for (const [name, address] of Object.entries(addresses)) text = text.replaceAll(`{${name}}`, address);
  return JSON.parse(text, revive);
}

/** JSON has no maps, sets and bytes. */
function revive(_key: string, value: unknown): unknown {
  if (!value || typeof value !== 'object') return value;
  if ('$map' in value) return new Map(value.$map as [unknown, unknown][]);
  if ('$set' in value) return new Set(value.$set as unknown[]);
  if ('$bytes' in value) return new Uint8Array(Buffer.from(String(value.$bytes), 'base64'));
  return value;
}

/**
 * Fills an empty place with a database exactly as a bridge of that migration left it: its tables as they were made then,
 * and all its rows. Nothing of today's bridge takes part, and no migration is run.
 */
export async function fillOldDatabase(
  { options }: TestPlace,
  migration: string,
  addresses: Addresses,
): Promise<void> {
  const rows = (await readRecording(migration, 'rows', addresses)) as Record<string, Row[]>;
  const { serials } = (await readRecording(migration, 'recording', addresses)) as Recording;
  const dialect = options.databaseUrl ? 'postgres' : 'sqlite';
  const ddl = await Bun.file(join(import.meta.dir, 'old-databases', migration, `${dialect}.sql`)).text();
  const { case_search: searches = [], ...rest } = rows;
  const tables = [...new Set([...FIRST, ...Object.keys(rest)])].map((name) => ({
    name,
    rows: rest[name] ?? [],
  }));
  const words = searches as unknown as { number: number; words: string[] }[];
  if (options.databaseUrl) await fillPostgres(options.databaseUrl, { ddl, tables, words, serials });
  else fillSqlite(options.dataDir, { ddl, tables, words, serials });
}

interface Contents {
  ddl: string;
  tables: { name: string; rows: Row[] }[];
  /** The search index: words of each case in their order. */
  words: { number: number; words: string[] }[];
  serials: Record<string, number>;
}

function fillSqlite(dataDir: string, { ddl, tables, words, serials }: Contents): void {
  mkdirSync(dataDir, { recursive: true });
  const db = new Database(join(dataDir, 'flexcord.sqlite'));
  db.run('PRAGMA journal_mode = WAL');
  db.run(ddl);
  db.transaction(() => {
    for (const { name, rows } of tables) {
      for (const row of rows) {
        const columns = Object.keys(row);
        db.prepare(
          `insert into "${name}" (${columns.map((column) => `"${column}"`)}) values (${columns.map(() => '?')})`,
        ).run(...Object.values(row));
      }
    }
    for (const { number, words: inOrder } of words)
      db.prepare('insert into case_search(rowid, words) values (?, ?)').run(number, inOrder.join(' '));
    for (const [sequence, last] of Object.entries(serials)) {
      const table = sequence.replace(/_(id|number)_seq$/, '');
      const { changes } = db.prepare('update sqlite_sequence set seq = ? where name = ?').run(last, table);
      if (changes === 0) db.prepare('insert into sqlite_sequence (name, seq) values (?, ?)').run(table, last);
    }
  })();
  db.close();
}

async function fillPostgres(url: string, { ddl, tables, words, serials }: Contents): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(ddl);
    for (const { name, rows } of tables) {
      for (const row of rows) {
        const columns = Object.keys(row);
        await client.query(
          `insert into "${name}" (${columns.map((column) => `"${column}"`)}) values (${columns.map((_, at) => `$${at + 1}`)})`,
          Object.values(row),
        );
      }
    }
    for (const { number, words: inOrder } of words) {
      const vector = inOrder.map((word, at) => `'${word}':${at + 1}`).join(' ');
      await client.query('insert into case_search (number, words) values ($1, $2::tsvector)', [
        number,
        vector,
      ]);
    }
    for (const [sequence, last] of Object.entries(serials))
      await client.query('select setval($1, $2, $3)', [sequence, Math.max(last, 1), last > 0]);
    await client.query('commit');
  } finally {
    await client.end();
  }
}
