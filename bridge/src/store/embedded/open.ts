import { Database } from 'bun:sqlite';
import { closeSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import type { Logger } from 'pino';
import { steadyNow } from '../clock.ts';
import { sqlite } from '../dialect.ts';
import { describeError, StoreError } from '../errors.ts';
import { leasesOf } from '../leases.ts';
import { KNOWN_VERSION, versionOf } from '../migrate.ts';
import { createLocalNotices } from '../notices.ts';
import { createLocalPlaces } from '../places.ts';
import { inTransaction } from '../prepared.ts';
import type { Schema } from '../schema.ts';
import type { OpenedStore } from '../store.ts';
import { transactions } from '../transactions.ts';
import { startCheckpoints } from './checkpoints.ts';
import { embeddedDialect } from './driver.ts';
import { createDurability } from './durability.ts';
import { LOCK_FILE, MADE_FILE, SEEN_FILE, STORE_FILE } from './files.ts';
import { isLocked, takeLock } from './lock.ts';
import { createSeen } from './seen.ts';
import { whatIs } from './what-is.ts';

/** How long a transaction waits for a command that writes beside the bridge, in milliseconds; its own take a few. */
const BUSY_TIMEOUT_MS = 5_000;
/** In KiB: lists and searches among many cases stay in memory; 2 MiB, the default, is not enough for them. */
const CACHE_KIB = 64 * 1024;

export interface EmbeddedOptions {
  /** Folder of the store; made when missing. */
  dataDir: string;
  /** Whether another process may have it open: a command that changes a little and ends. */
  beside: boolean;
  logger: Pick<Logger, 'error'>;
}

/** Opens the store inside this process. Throws StoreError, in words for the operator. */
export function openEmbedded({ dataDir, beside, logger }: EmbeddedOptions): OpenedStore {
  const path = join(dataDir, STORE_FILE);
  /** Tells a store that was lost from one that was never there: a file cut to nothing opens as a new one. */
  const marker = join(dataDir, MADE_FILE);
  let lock: { release(): void } | null = null;
  let database: Database;
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    lock = beside ? null : takeLock(join(dataDir, LOCK_FILE));
    const found = whatIs(path);
    if (found === 'nothing' && existsSync(marker)) {
      throw new StoreError(
        `The store in ${dataDir} is empty although it was in use: ${path} was cut or removed. Restore it from a backup, or, to begin anew and lose everything that was in it, remove ${marker} as well.`,
      );
    }
    if (found === 'damaged') {
      throw new StoreError(
        `${path} is damaged and cannot be read. Restore a backup: bun run store restore <file>.`,
      );
    }
    if (found === 'no store') {
      throw new StoreError(
        `${path} is not a store of Flexcord. Name another DATA_DIR, or restore a backup into this one.`,
      );
    }
    // It holds members' words. SQLite gives its log the same permissions.
    if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
    database = openDatabase(path);
  } catch (error) {
    lock?.release();
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      `DATA_DIR ${dataDir} cannot be used: ${describeError(error)}. Name a folder that this user may write to.`,
      { cause: error },
    );
  }
  const durability = createDurability(`${path}-wal`);
  const checkpoints = startCheckpoints(database, path, durability);
  const seen = createSeen(join(dataDir, SEEN_FILE), database);
  const db = new Kysely<Schema>({ dialect: embeddedDialect(database, () => durability.flushed()) });
  const now = () => sql.val(steadyNow());
  return {
    db,
    dialect: sqlite,
    isShared: false,
    lockRow: (query) => query,
    now,
    leases: leasesOf(db, now, false),
    hasOwners: () => !beside || isLocked(join(dataDir, LOCK_FILE)),
    ...transactions({
      begin: (work) => inTransaction(db, work),
      durable: durability.flushed,
      collided: () => false,
      logger,
    }),
    ...createLocalNotices(),
    places: createLocalPlaces(),
    // Nobody else can take anything over while this process has the lock.
    heartbeat: async () => ({ alive: () => true, over: new Promise<never>(() => {}), stop: async () => {} }),
    // A bridge of an older version may be writing: its tables stay as they are under it.
    async migrating(run) {
      const upgrades = beside && (await versionOf(db)) !== KNOWN_VERSION;
      const own = upgrades ? takeLock(join(dataDir, LOCK_FILE)) : null;
      try {
        await run(db);
        // Its one transaction is acknowledged by nobody else.
        await durability.flushed();
      } finally {
        own?.release();
      }
    },
    lineage: async () => null,
    wentBack: async () => seen.wentBack(),
    begun: () => {
      if (!existsSync(marker))
        writeFileSync(marker, 'The store of this folder was made. See docs/backup-and-upgrade.md.\n');
      seen.follow();
    },
    async close() {
      await checkpoints.stop();
      seen.stop();
      await durability.close();
      await db.destroy();
      lock?.release();
    },
  };
}

function openDatabase(path: string): Database {
  const database = new Database(path);
  try {
    database.run(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    database.run('PRAGMA journal_mode = WAL');
    // Commits are synced by `durability`, before they are acknowledged.
    database.run('PRAGMA synchronous = NORMAL');
    database.run('PRAGMA wal_autocheckpoint = 0');
    database.run('PRAGMA foreign_keys = ON');
    // Words that are deleted or changed are overwritten in the file (https://www.sqlite.org/pragma.html#pragma_secure_delete).
    database.run('PRAGMA secure_delete = ON');
    database.run(`PRAGMA cache_size = -${CACHE_KIB}`);
    // The log is made with the first write, and is there for as long as this process is.
    database.run('PRAGMA user_version = 1');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
