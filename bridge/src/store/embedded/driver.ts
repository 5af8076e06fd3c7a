import type { Database, SQLQueryBindings, Statement } from 'bun:sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { storable } from '../storable.ts';

/** Statements kept prepared: those on a message's way, and some hundred rare ones. Preparing one takes longer than running it. */
const MAX_STATEMENTS = 500;

/**
 * Kysely on bun:sqlite. One connection, first come first served: `bun:sqlite` runs each statement to its end, so a second
 * writer could only wait. `written` is called after each write that no transaction holds, and resolves when it is on disk.
 */
export function embeddedDialect(database: Database, written: () => Promise<void>): Dialect {
  return {
    createAdapter: () => new EmbeddedAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createDriver: () => new EmbeddedDriver(database, written),
  };
}

class EmbeddedAdapter extends SqliteAdapter {
  /** SQLite does (https://www.sqlite.org/lang_transaction.html), so a migration that is broken off leaves nothing. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class EmbeddedDriver implements Driver {
  readonly #database: Database;
  readonly #connection: EmbeddedConnection;
  readonly #waiting: (() => void)[] = [];
  #busy = false;

  constructor(database: Database, written: () => Promise<void>) {
    this.#database = database;
    this.#connection = new EmbeddedConnection(database, written);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#busy) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#busy = true;
    return this.#connection;
  }

  async releaseConnection(): Promise<void> {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#busy = false;
  }

  /**
   * Takes the right to write at once: SQLite waits for it here, but fails where a transaction that has only read wants to
   * write while another process does (https://www.sqlite.org/lang_transaction.html).
   */
  async beginTransaction(): Promise<void> {
    this.#connection.run('begin immediate');
  }

  async commitTransaction(): Promise<void> {
    this.#connection.run('commit');
  }

  /** A full disk or a failed write has already rolled everything back, and "cannot rollback" would hide why. */
  async rollbackTransaction(): Promise<void> {
    if (this.#database.inTransaction) this.#connection.run('rollback');
  }

  async destroy(): Promise<void> {
    this.#connection.close();
    this.#database.close();
  }
}

class EmbeddedConnection implements DatabaseConnection {
  readonly #database: Database;
  readonly #written: () => Promise<void>;
  readonly #statements = new Map<string, Prepared>();

  constructor(database: Database, written: () => Promise<void>) {
    this.#database = database;
    this.#written = written;
  }

  run(sql: string): void {
    this.#prepared(sql).statement.run();
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { statement, hasRows, isRead } = this.#prepared(sql);
    const values = storable(parameters) as SQLQueryBindings[];
    if (hasRows) {
      const rows = statement.all(...values) as Row[];
      if (!isRead && !this.#database.inTransaction) await this.#written();
      return { rows };
    }
    const { changes, lastInsertRowid } = statement.run(...values);
    if (!this.#database.inTransaction) await this.#written();
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  }

  // biome-ignore lint/correctness/useYield: bun:sqlite has all rows at once, and nothing here streams.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('The embedded store does not stream queries.');
  }

  close(): void {
    for (const { statement } of this.#statements.values()) statement.finalize();
    this.#statements.clear();
  }

  #prepared(sql: string): Prepared {
    let known = this.#statements.get(sql);
    if (!known) {
      // Rare: only lists of values that differ in length make new ones.
      if (this.#statements.size >= MAX_STATEMENTS) this.close();
      // `query` has a cache of its own, of twenty.
      const statement = this.#database.prepare(sql);
      known = { statement, hasRows: statement.columnNames.length > 0, isRead: isRead(sql) };
      this.#statements.set(sql, known);
    }
    return known;
  }
}

interface Prepared {
  statement: Statement;
  hasRows: boolean;
  isRead: boolean;
}

const isRead = (sql: string): boolean =>
  /^\s*(select|pragma|with\b(?!.*\b(insert|update|delete)\b))/is.test(sql);
