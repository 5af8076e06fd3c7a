import { Database } from 'bun:sqlite';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { steadyNow } from '../clock.ts';
import { describeError, StoreError } from '../errors.ts';
import { markRestored, type Restored } from '../marks.ts';
import { KNOWN_VERSION } from '../migrate.ts';
import { openStore } from '../open.ts';
import type { BackupJob } from './backup-worker.ts';
import { LOCK_FILE, MADE_FILE, SEEN_FILE, STORE_FILE } from './files.ts';
import { takeLock } from './lock.ts';
import { whatIs } from './what-is.ts';

/** How often is said how far a backup is, in milliseconds. */
const PROGRESS_MS = 500;
/** The files are read by their owner alone: they hold members' words. */
const OWNER_ONLY = 0o600;

/** What a file holds, as far as it was looked at. */
export interface Looked {
  /** The last migration that its tables went through. */
  version: string;
  /** Entries of the journal. */
  entries: number;
  bytes: number;
}

/** Reads a store file through. Throws a StoreError where it is no store, is damaged, or is of a newer version. */
export function lookAt(path: string): Looked {
  if (!existsSync(path)) throw new StoreError(`There is no file ${path}.`);
  const found = whatIs(path);
  if (found === 'damaged') throw new StoreError(`${path} is damaged and cannot be read.`);
  if (found !== 'a store') throw new StoreError(`${path} is not a store of Flexcord.`);
  const database = new Database(path, { readonly: true });
  try {
    const { version } = database.query('select max(name) as version from kysely_migration').get() as {
      version: string | null;
    };
    if (version === null) throw new StoreError(`${path} is not a store of Flexcord: it has no tables yet.`);
    if (version > KNOWN_VERSION)
      throw new StoreError(
        `${path} is of a newer version of Flexcord (its tables are at ${version}; this version knows them up to ${KNOWN_VERSION}). Use the newer version.`,
      );
    const faults = database.query('pragma integrity_check(5)').all() as { integrity_check: string }[];
    if (faults[0]?.integrity_check !== 'ok')
      throw new StoreError(
        `${path} is damaged: ${faults.map(({ integrity_check }) => integrity_check).join('; ')}.`,
      );
    const { entries } = database.query('select count(*) as entries from journal').get() as {
      entries: number;
    };
    return { version, entries, bytes: statSync(path).size };
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(`${path} is damaged: ${describeError(error)}.`, { cause: error });
  } finally {
    database.close();
  }
}

/**
 * Copies an embedded store into a new file while a bridge may be writing: one moment of it, and nothing of a transaction
 * that is under way. The file appears under its name when it is whole, checked and on disk. Throws a StoreError, in words
 * for the operator. `onProgress`: bytes written, and about how many there will be.
 */
export async function backUp(
  dataDir: string,
  to: string,
  onProgress: (bytes: number, of: number) => void,
): Promise<Looked> {
  const from = join(dataDir, STORE_FILE);
  if (existsSync(to))
    throw new StoreError(`${to} is there already, and a backup overwrites nothing. Name another file.`);
  const found = whatIs(from);
  if (found === 'damaged')
    throw new StoreError(
      `${from} is damaged and cannot be read. Restore a backup: bun run store restore <file>.`,
    );
  if (found !== 'a store')
    throw new StoreError(`There is no store in ${dataDir}. DATA_DIR names the folder of the embedded store.`);
  const part = `${to}.part-${process.pid}`;
  try {
    closeSync(openSync(part, 'wx', OWNER_ONLY));
  } catch (error) {
    throw new StoreError(
      `${dirname(resolve(to))} cannot be written to: ${describeError(error)}. Name a file in a folder that is there.`,
      { cause: error },
    );
  }
  try {
    const looking = setInterval(() => onProgress(statSync(part).size, statSync(from).size), PROGRESS_MS);
    await copyOf({ from: resolve(from), to: resolve(part) }).finally(() => clearInterval(looking));
    const looked = lookAt(part);
    syncFile(part);
    // Unlike renaming, this replaces nothing that has appeared meanwhile.
    try {
      linkSync(part, to);
    } catch (error) {
      throw new StoreError(
        `The backup could not be given the name ${to}: ${describeError(error)}. Name another file.`,
        { cause: error },
      );
    }
    syncFile(dirname(resolve(to)));
    return looked;
  } finally {
    rmSync(part, { force: true });
  }
}

async function copyOf(job: BackupJob): Promise<void> {
  const worker = new Worker(new URL('./backup-worker.ts', import.meta.url));
  const answered = Promise.withResolvers<string | null>();
  worker.onmessage = ({ data }: MessageEvent<string | null>) => answered.resolve(data);
  worker.onerror = (event) => answered.resolve(event.message);
  worker.postMessage(job);
  const failed = await answered.promise;
  worker.terminate();
  if (failed !== null)
    throw new StoreError(`The backup could not be written: ${failed}. Nothing of it was kept.`);
}

function syncFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Puts a backup in the place of an embedded store, and marks it as restored. What was there stays beside it under another
 * name. Throws a StoreError, in words for the operator; then everything is as it was, unless it says otherwise.
 */
export async function restore(
  from: string,
  dataDir: string,
): Promise<{ restored: Restored; replaced: string | null }> {
  let lock: { release(): void } | undefined;
  const staging = join(dataDir, 'restoring');
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    lock = takeLock(join(dataDir, LOCK_FILE));
    lookAt(from);
    if (existsSync(`${from}-wal`) && statSync(`${from}-wal`).size > 0)
      throw new StoreError(
        `${from} has a write-ahead log beside it: it is in use, or a copy of a store that was. Restore a file that bun run store backup has written.`,
      );
    rmSync(staging, { recursive: true, force: true });
    mkdirSync(staging);
    const staged = join(staging, STORE_FILE);
    copyFileSync(from, staged);
    chmodSync(staged, OWNER_ONLY);
    // Marked before it is in its place: no bridge ever sees it without.
    const store = await openStore({ dataDir: staging, evenIfMoved: true });
    const restored = await store.transact((tx) => markRestored(tx, steadyNow()));
    await store.close();
    syncFile(staged);
    const replaced = setAside(dataDir);
    renameSync(staged, join(dataDir, STORE_FILE));
    for (const name of [SEEN_FILE, `${STORE_FILE}-wal`, `${STORE_FILE}-shm`])
      rmSync(join(dataDir, name), { force: true });
    if (!existsSync(join(dataDir, MADE_FILE)))
      copyFileSync(join(staging, MADE_FILE), join(dataDir, MADE_FILE));
    syncFile(dataDir);
    return { restored, replaced };
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      `The backup could not be restored into ${dataDir}: ${describeError(error)}. Where no flexcord.sqlite is there now, the store that was there is beside it as flexcord.sqlite.replaced-….`,
      { cause: error },
    );
  } finally {
    if (lock) rmSync(staging, { recursive: true, force: true });
    lock?.release();
  }
}

/** Gives the present store another name; null where there is none. */
function setAside(dataDir: string): string | null {
  const path = join(dataDir, STORE_FILE);
  if (!existsSync(path)) return null;
  const aside = `${path}.replaced-${new Date().toISOString().replaceAll(':', '-')}`;
  // Its log goes with it: SQLite finds it by the name.
  for (const end of ['-wal', '-shm'])
    if (existsSync(`${path}${end}`)) renameSync(`${path}${end}`, `${aside}${end}`);
  renameSync(path, aside);
  return aside;
}
