import { chmodSync, chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '@flexcord/sandbox/src/bridge-process.ts';
import { findPostgresPrograms, postgresUser } from '@flexcord/sandbox/src/postgres-programs.ts';
import { SQL } from 'bun';
import type { FsyncCounters, FsyncShim } from './fsync-shim.ts';
import { cpuMs } from './process.ts';

/** A PostgreSQL server that keeps its promises: fsync and synchronous_commit are on. */
export interface PostgresServer {
  version: string;
  /** Set where the server was started by this run. */
  counters: FsyncCounters | null;
  /** A new, empty database; resolves with its URL. */
  createDatabase(): Promise<string>;
  /** Transactions that wrote something, of all databases, so far. */
  writes(): Promise<number>;
  /** Processor time of all its processes so far; null where they are not ours. */
  cpuMs(): number | null;
  stop(): Promise<void>;
}

const LOCAL = 'postgres://postgres@127.0.0.1:5432/postgres';
const START_TIMEOUT_MS = 15_000;

/**
 * A server of our own in `folder`, from this machine's programs: nobody else writes there, so counts are exact, and its
 * fsyncs can be slowed down. Else the one at `url` (default 127.0.0.1:5432). Null, said loudly, where there is neither.
 */
export async function findPostgres(
  folder: string,
  shim: FsyncShim | null,
  url: string | undefined,
): Promise<PostgresServer | null> {
  const programs = findPostgresPrograms();
  if (!url && programs) return startOwn(programs, folder, shim);
  const given = url ?? LOCAL;
  try {
    return await connect(given, { counters: null, cpuMs: () => null, stop: async () => {} });
  } catch (error) {
    console.warn(`\n*** PostgreSQL is SKIPPED: ${new URL(given).host} cannot be reached (${error}). ***\n`);
    return null;
  }
}

async function startOwn(programs: string, folder: string, shim: FsyncShim | null): Promise<PostgresServer> {
  const { user, prefix } = postgresUser();
  mkdirSync(folder);
  if (user !== null) chownSync(folder, user, user);
  chmodSync(folder, 0o700);
  const data = join(folder, 'data');
  const init = [join(programs, 'initdb'), '-D', data, '-U', 'flexcord', '-A', 'trust', '-E', 'UTF8'];
  const made = Bun.spawnSync([...prefix, ...init, '--locale=C'], { cwd: folder });
  if (!made.success) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const counters = shim?.counters('postgres') ?? null;
  const child = Bun.spawn(
    [
      ...[...prefix, join(programs, 'postgres'), '-D', data, '-p', String(port), '-k', folder],
      ...['-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=200'],
    ],
    { cwd: folder, env: { ...process.env, ...counters?.env }, stdout: 'ignore', stderr: 'ignore' },
  );
  const stop = async () => {
    child.kill('SIGINT');
    await child.exited;
    counters?.close();
  };
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    try {
      return await connect(`postgres://flexcord@127.0.0.1:${port}/postgres`, {
        counters,
        cpuMs: () => [child.pid, ...childrenOf(child.pid)].reduce((sum, pid) => sum + (cpuMs(pid) ?? 0), 0),
        stop,
      });
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline) {
        await stop();
        throw new Error('PostgreSQL did not start', { cause: error });
      }
      await Bun.sleep(50);
    }
  }
}

function childrenOf(pid: number): number[] {
  return Bun.spawnSync(['pgrep', '-P', String(pid)])
    .stdout.toString()
    .split('\n')
    .filter(Boolean)
    .map(Number);
}

async function connect(
  url: string,
  own: Pick<PostgresServer, 'counters' | 'cpuMs' | 'stop'>,
): Promise<PostgresServer> {
  const sql = new SQL(url, { max: 1 });
  const [found] = await sql`show server_version`;
  const made: string[] = [];
  return {
    version: found.server_version,
    counters: own.counters,
    cpuMs: own.cpuMs,
    async createDatabase() {
      const name = `bench_${crypto.randomUUID().replaceAll('-', '')}`;
      await sql.unsafe(`create database ${name}`);
      made.push(name);
      const database = new URL(url);
      database.pathname = `/${name}`;
      return database.href;
    },
    async writes() {
      // Only a transaction that writes gets a number, and asking for the next one takes none.
      const [row] = await sql`select txid_snapshot_xmax(txid_current_snapshot())::text as next`;
      return Number(row.next);
    },
    async stop() {
      for (const name of made) await sql.unsafe(`drop database if exists ${name} with (force)`);
      await sql.close();
      await own.stop();
    },
  };
}
