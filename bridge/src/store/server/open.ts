import type { Socket } from 'node:net';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import { postgres } from '../dialect.ts';
import { leasesOf } from '../leases.ts';
import { inTransaction, nameOfPrepared, serverForms } from '../prepared.ts';
import type { Schema } from '../schema.ts';
import { storable } from '../storable.ts';
import type { OpenedStore } from '../store.ts';
import { transactions } from '../transactions.ts';
import { startHeartbeat } from './heartbeat.ts';
import { createNotices } from './notices.ts';
import { createPlaces } from './places.ts';

/** Connections of one process. */
const MAX_CONNECTIONS = 10;
const CONNECT_TIMEOUT_MS = 5_000;
/** No statement of ours takes nearly as long; a connection that went silent is given up after it. */
const STATEMENT_TIMEOUT_MS = 15_000;
/**
 * A process that stood still within a transaction must not commit it when it goes on, and the lanes that it has locked must
 * not wait longer for others than its leases last by default.
 */
const MAX_IDLE_IN_TRANSACTION_MS = 3_000;
/** Deadlock and serialization failure (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const COLLISIONS = new Set(['40P01', '40001']);
const INT8 = 20;

/**
 * Opens the store on a PostgreSQL server, through `pg`: with all connections cut under load, six times, none of its calls
 * was left waiting, while `postgres` 3.4.9 never settled those that had reserved a connection
 * (https://github.com/porsager/postgres/issues/1208).
 */
export function openServer(url: string, logger: Pick<Logger, 'error'>): OpenedStore {
  const connection = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: MAX_IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    // Counts and millisecond times come as int8; all of ours fit a double exactly.
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        oid === INT8
          ? Number
          : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
    },
  };
  const pool = new pg.Pool({ ...connection, max: MAX_CONNECTIONS, Client: StoringClient });
  // A connection that breaks rejects the call that it has, and the next call gets another. Without a listener, on the pool
  // for idle connections and on each for those in use, it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  const notices = createNotices(pool, connection);
  return {
    db,
    dialect: postgres,
    isShared: true,
    lockRow: serverForms.locked,
    now: serverForms.now,
    leases: leasesOf(db, serverForms.now, true),
    hasOwners: () => true,
    ...transactions({
      begin: (work) => inTransaction(db, work),
      durable: async () => {},
      collided: (error) => COLLISIONS.has(String((error as { code?: unknown }).code)),
      logger,
    }),
    announce: notices.announce,
    listen: notices.listen,
    places: createPlaces(pool),
    heartbeat: (owner) => startHeartbeat({ url, owner, logger }),
    async migrating(run) {
      const unhurried = { ...connection, query_timeout: 0, idle_in_transaction_session_timeout: 0 };
      const own = new pg.Pool({ ...unhurried, max: 1 });
      own.on('error', () => {});
      const migrationDb = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: own }) });
      try {
        await run(migrationDb);
      } finally {
        await migrationDb.destroy();
      }
    },
    lineage: () => lineageOf(db),
    wentBack: async () => false,
    begun: () => {},
    async close() {
      await notices.stop();
      await db.destroy();
    },
  };
}

/**
 * Gives PostgreSQL only values that it can store, and prepared queries by name, so that the server parses and plans them
 * once for each connection. A call that was given up after its time leaves a connection on which the server still owes an
 * answer, and the next calls would wait behind it, each for all of its time: it is closed, and the pool makes another.
 */
class StoringClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: `query` of pg has too many forms to be overridden by their types.
  override query(config: any, values?: any, callback?: any): any {
    const isStored = typeof config === 'string' && Array.isArray(values);
    const query = isStored
      ? { name: nameOfPrepared(config), text: config, values: storable(values) }
      : config;
    const given = isStored ? (callback ? [callback] : []) : [values, callback];
    const result: unknown = (super.query as (...given: unknown[]) => unknown).call(this, query, ...given);
    if (result instanceof Promise)
      result.catch(({ message }: Error) => {
        if (message === 'Query read timeout') this.#stream().destroy();
      });
    return result;
  }

  #stream(): Socket {
    return (this as unknown as { connection: { stream: Socket } }).connection.stream;
  }
}

/**
 * The cluster, the database in it and its timeline, which each promotion of a replica begins anew. A server that keeps one
 * of them to itself, as some hosted ones do, has no lineage that could be compared.
 */
async function lineageOf(db: Kysely<Schema>): Promise<string | null> {
  try {
    const { rows } = await sql<{ lineage: string | null }>`select
      (select system_identifier from pg_control_system())::text || '/' ||
      (select oid from pg_database where datname = current_database())::text || '/' ||
      substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) as lineage`.execute(db);
    return rows[0]?.lineage ?? null;
  } catch (error) {
    // It does not answer at all, which is no answer to the question.
    if (!(error instanceof pg.DatabaseError)) throw error;
    return null;
  }
}
