import { Database } from 'bun:sqlite';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CompiledQuery, type Driver, Kysely, type SelectQueryBuilder, type Transaction } from 'kysely';
import { BunSqliteDialect } from 'kysely-bun-sqlite';
import { PostgresJSDialect } from 'kysely-postgres-js';
import type { Logger } from 'pino';
import openPostgres from 'postgres';
import { type Dialect, postgres as postgresDialect, sqlite as sqliteDialect } from './dialect.ts';
import { StoreError } from './errors.ts';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';

export type Tx = Transaction<Schema>;

export interface Store {
  db: Kysely<Schema>;
  /** For the modules of this folder. */
  dialect: Dialect;
  /**
   * Runs `work` in one transaction: all of it is kept or none. Where the server breaks a transaction off because it
   * collided with another, `work` runs again, so it must do nothing but use the store.
   */
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Runs `work` once the transaction of `tx` is committed; never, when it is not. What it throws is logged: the transaction
   * has succeeded all the same.
   */
  afterCommit(tx: Tx, work: () => void | Promise<void>): void;
  /** Whether other processes may use the store at the same time; false for the embedded one. */
  isShared: boolean;
  /**
   * Locks the rows of a query against changes until the transaction ends. Rows that refer to them may be written meanwhile,
   * or two lanes could wait for each other. On the embedded store a transaction is alone anyway.
   */
  lockRow<Table extends keyof Schema, Row>(
    query: SelectQueryBuilder<Schema, Table, Row>,
  ): SelectQueryBuilder<Schema, Table, Row>;
  /** Locks the rows of a query and leaves out those that another transaction has locked. */
  lockFreeRows<Table extends keyof Schema, Row>(
    query: SelectQueryBuilder<Schema, Table, Row>,
  ): SelectQueryBuilder<Schema, Table, Row>;
  /**
   * Tells the other processes of this store that a lane has work, or listens for it. On the embedded store
   * there are no others: `announce` does nothing.
   */
  announce(): Promise<void>;
  listen(onWork: () => void): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** `postgres://…`; the embedded store when absent. */
  databaseUrl?: string;
  /** Folder of the embedded store; made when missing. */
  dataDir: string;
  /**
   * For a command that changes a little and ends: the embedded store is opened even while a bridge uses it. Lanes, leases
   * and the journal, which have one owner there, are not to be touched.
   */
  beside?: boolean;
  /** Told what failed after a commit. Default: the console. */
  logger?: Pick<Logger, 'error'>;
}

const WORK_CHANNEL = 'flexcord_work';
/** Deadlock and serialization failure (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const COLLISIONS = new Set(['40P01', '40001']);
const MAX_ATTEMPTS = 3;
/** How long is waited for a command that writes beside the bridge; its transactions take milliseconds. */
const BUSY_MS = 5_000;

/** Opens the store, brings its tables up to date, and on the embedded store makes sure that it is the only opener. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const store = options.databaseUrl
    ? openServer(options.databaseUrl, options.logger)
    : openEmbedded(options.dataDir, options.beside === true, options.logger);
  try {
    await migrate(store.db, store.dialect);
  } catch (error) {
    await store.close().catch(() => {});
    throw new StoreError(
      options.databaseUrl
        ? `DATABASE_URL cannot be used: ${describe(error)}. Check that the server runs and that the user may create tables.`
        : `The store in ${options.dataDir} cannot be used: ${describe(error)}.`,
      { cause: error },
    );
  }
  return store;
}

/**
 * Takes the right to write when a transaction begins: SQLite waits for it there, but fails at once where a transaction
 * that has only read wants to write while another process does (https://www.sqlite.org/lang_transaction.html).
 */
class EmbeddedDialect extends BunSqliteDialect {
  override createDriver(): Driver {
    const driver = super.createDriver();
    driver.beginTransaction = async (connection) => {
      await connection.executeQuery(CompiledQuery.raw('begin immediate'));
    };
    return driver;
  }
}

function openEmbedded(dataDir: string, beside: boolean, logger: StoreOptions['logger']): Store {
  let lock: Database | null;
  let file: Database;
  try {
    mkdirSync(dataDir, { recursive: true });
    lock = beside ? null : takeLock(join(dataDir, 'flexcord.lock'));
    file = new Database(join(dataDir, 'flexcord.sqlite'));
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      `DATA_DIR ${dataDir} cannot be used: ${describe(error)}. Name a folder that this user may write to.`,
      { cause: error },
    );
  }
  file.run(`PRAGMA busy_timeout = ${BUSY_MS}`);
  // FULL: a commit that was acknowledged survives the loss of the machine, not only of the process.
  file.run('PRAGMA journal_mode = WAL');
  file.run('PRAGMA synchronous = FULL');
  file.run('PRAGMA foreign_keys = ON');
  // In KiB: lists and searches among many cases stay in memory; 2 MiB, the default, is not enough for them.
  file.run('PRAGMA cache_size = -65536');
  const db = new Kysely<Schema>({ dialect: new EmbeddedDialect({ database: file }) });
  return {
    db,
    dialect: sqliteDialect,
    isShared: false,
    lockRow: (query) => query,
    lockFreeRows: (query) => query,
    ...transactions(db, logger),
    announce: async () => {},
    listen: async () => {},
    close: async () => {
      await db.destroy();
      if (!lock) return;
      locks.delete(lock);
      lock.close();
    },
  };
}

type Hook = () => void | Promise<void>;

function transactions(
  db: Kysely<Schema>,
  logger: Pick<Logger, 'error'> = console,
): Pick<Store, 'transact' | 'afterCommit'> {
  const waiting = new WeakMap<Tx, Hook[]>();

  /** A hook that fails is its own fault: neither the transaction, which is committed, nor the other hooks suffer. */
  async function follow(hook: Hook): Promise<void> {
    try {
      await hook();
    } catch (err) {
      logger.error({ err }, 'what follows a commit failed');
    }
  }

  return {
    async transact(work) {
      for (let attempt = 1; ; attempt += 1) {
        const hooks: Hook[] = [];
        try {
          const result = await db.transaction().execute((tx) => {
            waiting.set(tx, hooks);
            return work(tx);
          });
          for (const hook of hooks) void follow(hook);
          return result;
        } catch (error) {
          if (attempt === MAX_ATTEMPTS || !COLLISIONS.has(String((error as { code?: unknown }).code)))
            throw error;
        }
      }
    },
    afterCommit: (tx, work) => void waiting.get(tx)?.push(work),
  };
}

/** A lock that nothing refers to any more would be collected, and let go with that. */
const locks = new Set<Database>();

/** An open exclusive transaction on a side file: the operating system releases it when the process dies, however it dies. */
function takeLock(path: string): Database {
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
  locks.add(lock);
  return lock;
}

function openServer(url: string, logger: StoreOptions['logger']): Store {
  const sql = openPostgres(url, {
    max: 10,
    onnotice: () => {},
    connect_timeout: 10,
    // Counts and millisecond times come as int8; all of ours fit a double exactly.
    types: { bigint: { to: 20, from: [20], serialize: (value: number) => String(value), parse: Number } },
  });
  const db = new Kysely<Schema>({ dialect: new PostgresJSDialect({ postgres: sql }) });
  let stopListening: (() => Promise<void>) | undefined;
  return {
    db,
    dialect: postgresDialect,
    isShared: true,
    lockRow: (query) => query.forNoKeyUpdate(),
    lockFreeRows: (query) => query.forUpdate().skipLocked(),
    ...transactions(db, logger),
    announce: async () => {
      await sql.notify(WORK_CHANNEL, '');
    },
    // Notifications sent while the connection was down are lost: the re-connect counts as one.
    listen: async (onWork) => {
      stopListening = (await sql.listen(WORK_CHANNEL, onWork, onWork)).unlisten;
    },
    close: async () => {
      await stopListening?.();
      await sql.end({ timeout: 5 });
      await db.destroy();
    },
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
