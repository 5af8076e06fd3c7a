/** `bun run store`: backups of the store, and moves of it. */
import { truncate } from '@flexcord/shared/messages/truncate';
import { OperatorError, readArguments, runCommand, UsageError } from './config/command-line.ts';
import { loadSettings } from './config/config.ts';
import { closest } from './config/did-you-mean.ts';
import { checkStore } from './store/check.ts';
import { steadyNow } from './store/clock.ts';
import { backUp, restore } from './store/embedded/backup.ts';
import { markRestored } from './store/marks.ts';
import { moveToServer } from './store/moving/move.ts';
import { openStore } from './store/open.ts';
import { refuseWhileUsed } from './store/server/used.ts';

const USAGE = `Usage:
  bun run store backup <file>
      copies the embedded store while the bridge runs: one moment of it, checked; overwrites nothing
  bun run store restore <file>
      puts a backup in its place; the bridge must be stopped. What was there stays beside it under another name.
      What was sent since the backup is looked for in both clouds before it is sent again
  bun run store mark-restored
      says the same of a store that was restored in another way: a folder copied back, pg_restore, a snapshot
  bun run store move
      copies everything from the embedded store (DATA_DIR) into an empty PostgreSQL database (DATABASE_URL), compares
      both row by row, and marks the embedded one as moved; the bridge must be stopped
  bun run store check
      reads the store through and says how it stands

The store is the one that DATABASE_URL or DATA_DIR names, as for the bridge. Backups of PostgreSQL are made with its own
programs: see docs/backup-and-upgrade.md.

Exit codes:
  0  done
  1  it could not be done, or check found a fault; what happened is said, and what was kept
  2  wrong options or a wrong configuration`;

interface Given {
  databaseUrl: string | undefined;
  dataDir: string;
  /** What follows the name of the command. */
  file: string;
}

const COMMANDS: Record<string, { takesFile: boolean; run(given: Given): Promise<number> }> = {
  backup: { takesFile: true, run: runBackup },
  restore: { takesFile: true, run: runRestore },
  'mark-restored': { takesFile: false, run: runMark },
  move: { takesFile: false, run: runMove },
  check: { takesFile: false, run: runCheck },
};

async function main(): Promise<number> {
  const { positionals, values } = readArguments({ allowPositionals: true, options: {} });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const [name, file, ...more] = positionals;
  if (name === undefined) throw new UsageError('Name a command.');
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const meant = closest(name, Object.keys(COMMANDS));
    throw new UsageError(`There is no command "${name}".${meant ? ` Did you mean ${meant}?` : ''}`);
  }
  const [surplus] = command.takesFile ? more : [file, ...more];
  if (surplus !== undefined) throw new UsageError(`"${surplus}" is one argument too many.`);
  if (command.takesFile && !file)
    throw new UsageError(`Say which file to ${name === 'backup' ? 'write' : 'restore'}.`);
  const { config } = loadSettings(process.env, ['DATABASE_URL', 'DATA_DIR']);
  return command.run({
    databaseUrl: config.DATABASE_URL || undefined,
    dataDir: config.DATA_DIR,
    file: file ?? '',
  });
}

async function runBackup({ databaseUrl, dataDir, file }: Given): Promise<number> {
  if (databaseUrl)
    throw new OperatorError(
      `PostgreSQL writes its own backups, while the bridges run:\n  pg_dump --format=custom --file=${quoted(file)} "$DATABASE_URL"`,
    );
  const { bytes, entries, version } = await backUp(dataDir, file, (done, of) =>
    progress(`${mebibytes(done)} of about ${mebibytes(of)} written`),
  );
  endProgress();
  console.log(
    `${file}: ${mebibytes(bytes)}, ${entries} entries of the journal, tables at ${version}. It is whole, and only its owner can read it.`,
  );
  return 0;
}

async function runRestore({ databaseUrl, dataDir, file }: Given): Promise<number> {
  if (databaseUrl)
    throw new OperatorError(
      `Stop every bridge and let PostgreSQL restore its own backup, then say so:\n  pg_restore --clean --if-exists --no-owner --single-transaction --dbname="$DATABASE_URL" ${quoted(file)}\n  bun run store mark-restored`,
    );
  const { restored, replaced } = await restore(file, dataDir);
  console.log(
    [
      `${file} is in its place in ${dataDir}.`,
      replaced ? `What was there is kept as ${replaced}.` : 'There was nothing before.',
      told(restored.since),
    ].join('\n'),
  );
  return 0;
}

async function runMark({ databaseUrl, dataDir }: Given): Promise<number> {
  const store = await openStore({ databaseUrl, dataDir, evenIfMoved: true });
  try {
    if (store.isShared) await refuseWhileUsed(store.db, 'mark it');
    const { since } = await store.transact((tx) => markRestored(tx, steadyNow()));
    console.log(`The store is marked as restored.\n${told(since)}`);
    return 0;
  } finally {
    await store.close();
  }
}

async function runMove({ databaseUrl, dataDir }: Given): Promise<number> {
  if (!databaseUrl)
    throw new OperatorError(
      'DATABASE_URL is missing. Name the empty PostgreSQL database into which the store of DATA_DIR is to be moved.',
    );
  const { tables, withoutZero, to } = await moveToServer(dataDir, databaseUrl, (table, rows) =>
    progress(`${table}: ${rows} rows`),
  );
  endProgress();
  const width = Math.max(...tables.map(({ table }) => table.length));
  for (const { table, rows, hash } of tables)
    console.log(`${table.padEnd(width)}  ${String(rows).padStart(9)}  ${truncate(hash, 16)}`);
  if (withoutZero > 0)
    console.log(
      `${withoutZero} ${withoutZero === 1 ? 'text' : 'texts'} had a zero character (U+0000), for which PostgreSQL has no place; it was left out.`,
    );
  console.log(
    `Everything is in ${to}, the same as here row by row. Start the bridge with DATABASE_URL; the store in ${dataDir} is marked as moved and can be removed once you are content.`,
  );
  return 0;
}

async function runCheck({ databaseUrl, dataDir }: Given): Promise<number> {
  const store = await openStore({ databaseUrl, dataDir, beside: true, asIs: true });
  try {
    const { version, entries, restored, moved, faults } = await checkStore(store);
    if (version === null) {
      console.log('There are no tables yet: the first start of the bridge makes them.');
      return 0;
    }
    const counts = Object.entries(entries).map(([status, count]) => `${count} ${status}`);
    console.log(`Tables at ${version}. Journal: ${counts.join(', ') || 'empty'}.`);
    if (restored) console.log(`Restored on ${iso(restored.at)}. ${told(restored.since)}`);
    if (moved) console.log(`Moved to ${moved.to} on ${iso(moved.at)}; no bridge starts on it.`);
    for (const fault of faults) console.log(`Damaged: ${fault}`);
    if (faults.length > 0) console.log('Restore a backup: bun run store restore <file>');
    return faults.length > 0 ? 1 : 0;
  } finally {
    await store.close();
  }
}

const told = (since: number): string =>
  `What was sent since ${iso(since)} it may not know: what is heard anew is looked for in both clouds before it is sent.`;

const iso = (at: number): string => new Date(at).toISOString();
const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
/** A word for a shell. */
const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** On a terminal one line that goes on; in a log a line each. */
function progress(said: string): void {
  process.stderr.write(process.stderr.isTTY ? `\r\u001B[K${said}` : `${said}\n`);
}

function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
}

runCommand(USAGE, main);
