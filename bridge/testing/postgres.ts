import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { findPostgresPrograms, freePort, postgresUser } from './sandbox.ts';

/** Generous: the machine may be busy. */
const START_TIMEOUT_MS = 60_000;

let server: Promise<string | null> | undefined;

/**
 * Address of a PostgreSQL server for tests: FLEXCORD_TEST_DATABASE_URL, else a server of our own from this machine's
 * programs in a temporary folder, else null after saying so loudly.
 */
export function testPostgres(): Promise<string | null> {
  server ??= find();
  return server;
}

async function find(): Promise<string | null> {
  const given = process.env.FLEXCORD_TEST_DATABASE_URL;
  if (given) return given;
  const started = await startOwn().catch((error: unknown) => {
    console.warn(`A PostgreSQL for tests did not start: ${error instanceof Error ? error.message : error}`);
    return null;
  });
  if (!started) {
    console.warn(
      '\n*** PostgreSQL tests are SKIPPED: set FLEXCORD_TEST_DATABASE_URL, or install PostgreSQL so that initdb can be found. ***\n',
    );
  }
  return started;
}

async function startOwn(): Promise<string | null> {
  const programs = findPostgresPrograms();
  if (!programs) return null;
  const folder = mkdtempSync(join(tmpdir(), 'flexcord-postgres-'));
  const { user, prefix } = postgresUser();
  if (user !== null) chownSync(folder, user, user);
  const data = join(folder, 'data');
  const [command = '', ...args] = [
    ...prefix,
    join(programs, 'initdb'),
    ...['-D', data, '-U', 'flexcord', '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'],
  ];
  const made = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr || String(made.error));
  const port = await freePort();
  // The shell outlives this process just long enough to end the server: its input closes however this process dies.
  const supervise = '"$@" & server=$!; cat > /dev/null; kill -QUIT $server; wait $server; rm -rf "$FOLDER"';
  const child = Bun.spawn(
    [
      ...['sh', '-c', supervise, 'sh', ...prefix],
      join(programs, 'postgres'),
      ...['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'],
      ...['-c', 'fsync=off', '-c', 'max_connections=200'],
    ],
    {
      cwd: folder,
      env: { ...process.env, FOLDER: folder },
      stdin: 'pipe',
      stdout: 'ignore',
      stderr: 'ignore',
    },
  );
  child.unref();
  const url = `postgres://flexcord@127.0.0.1:${port}/postgres`;
  await untilReady(url);
  return url;
}

async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await Bun.sleep(50);
    } finally {
      await client.end().catch(() => {});
    }
  }
}
