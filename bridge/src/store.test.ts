import { Database } from 'bun:sqlite';
import { afterAll, beforeAll, expect, test } from 'bun:test';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUp, restore } from './store/embedded/backup.ts';
import { StoreError } from './store/errors.ts';
import { KNOWN_VERSION } from './store/migrate.ts';
import { openStore } from './store/open.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flexcord-store-command-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function command(env: Record<string, string>, ...args: string[]) {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, 'store.ts'), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...env },
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { out, err, code };
}

/** Commits rows into the store of a folder until it is killed; each was acknowledged when its number is read. */
async function writer(dataDir: string, enough: number) {
  const child = Bun.spawn(
    [process.execPath, join(import.meta.dir, '../testing/commit-forever.ts'), dataDir, 'durable'],
    {
      stdout: 'pipe',
    },
  );
  let read = 0;
  const reader = child.stdout.getReader();
  while (read < enough) {
    const { value } = await reader.read();
    read += new TextDecoder().decode(value).split('\n').length - 1;
  }
  // Its output is read on, or it would wait for us.
  void (async () => {
    while (!(await reader.read()).done);
  })();
  return child;
}

/** Without the progress that long work reports, which on a busy machine any work is. */
const complaints = (err: string) => err.split('\n').filter((line) => line && !/ MiB written$/.test(line));

const numbersIn = (path: string): number[] => {
  const file = new Database(path, { readonly: true });
  const rows = file.query('select lease_until as number from leases order by lease_until').all() as {
    number: number;
  }[];
  file.close();
  return rows.map(({ number }) => number);
};

async function filled(name: string, entries: number): Promise<string> {
  const dataDir = join(folder, name);
  const store = await openStore({ dataDir });
  await append(dataDir, entries, store);
  return dataDir;
}

async function append(dataDir: string, entries: number, store?: Awaited<ReturnType<typeof openStore>>) {
  const own = store ?? (await openStore({ dataDir }));
  for (let n = 0; n < entries; n += 1)
    await own.db
      .insertInto('journal')
      .values({ lane: 'l', key: crypto.randomUUID(), kind: 'k', payload: 'null', created_at: Date.now() })
      .execute();
  await own.close();
}

test('backs a store up while it is written to, and restores it only when nobody has it', async () => {
  const [dataDir, file] = [join(folder, 'live'), join(folder, 'live.sqlite')];
  const env = { DATA_DIR: dataDir };
  const child = await writer(dataDir, 200);
  try {
    const made = await command(env, 'backup', file);
    expect({ code: made.code, err: complaints(made.err) }).toEqual({ code: 0, err: [] });
    expect(made.out).toContain(`tables at ${KNOWN_VERSION}`);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const numbers = numbersIn(file);
    expect(numbers.length).toBeGreaterThanOrEqual(200);
    // One moment: nothing between the first and the last is missing.
    expect(numbers.at(-1)).toBe((numbers[0] ?? 0) + numbers.length - 1);
    const again = await command(env, 'backup', file);
    expect(again).toMatchObject({ code: 1, out: '' });
    expect(again.err).toContain('is there already, and a backup overwrites nothing');
    const dangling = join(folder, 'dangling.sqlite');
    symlinkSync(join(folder, 'nowhere'), dangling);
    const named = await command(env, 'backup', dangling);
    expect(named).toMatchObject({ code: 1, out: '' });
    expect(named.err).toStartWith(`The backup could not be given the name ${dangling}: `);
    const astray = await command({ DATA_DIR: file }, 'restore', file);
    expect(astray).toMatchObject({ code: 1, out: '' });
    expect(astray.err).toStartWith(`The backup could not be restored into ${file}: `);
    expect(named.err + astray.err).not.toMatch(/\n +at /);
    const held = await command(env, 'restore', file);
    expect(held).toMatchObject({ code: 1, out: '' });
    expect(held.err).toContain('Another Flexcord bridge is using this DATA_DIR. Stop it first');
  } finally {
    child.kill('SIGKILL');
    await child.exited;
  }
  const lost = numbersIn(join(dataDir, 'flexcord.sqlite')).length;
  const restored = await command(env, 'restore', file);
  expect({ code: restored.code, err: restored.err }).toEqual({ code: 0, err: '' });
  const [, aside = ''] = /is kept as (.+)\.\n/.exec(restored.out) ?? [];
  expect(numbersIn(aside).length).toBe(lost);
  const store = await openStore({ dataDir });
  expect(store.restored).not.toBeNull();
  await store.close();
  expect(numbersIn(join(dataDir, 'flexcord.sqlite')).length).toBeLessThan(lost);
  expect(readdirSync(folder).filter((name) => name.includes('part'))).toEqual([]);
});

test('sees that an older file was put in its place by hand, and not where it was not', async () => {
  const dataDir = await filled('by-hand', 3);
  const path = join(dataDir, 'flexcord.sqlite');
  copyFileSync(path, join(folder, 'copy.sqlite'));
  await append(dataDir, 2);
  const before = await openStore({ dataDir });
  expect(before.restored).toBeNull();
  await before.close();
  copyFileSync(join(folder, 'copy.sqlite'), path);
  const store = await openStore({ dataDir });
  expect(store.restored).not.toBeNull();
  const begun = await store.db.selectFrom('journal').select('begun').execute();
  expect(begun).toEqual([{ begun: 2 }, { begun: 2 }, { begun: 2 }]);
  await store.close();
});

test('takes the word of whoever restored it in a way that cannot be seen', async () => {
  const dataDir = await filled('marked', 1);
  const marked = await command({ DATA_DIR: dataDir }, 'mark-restored');
  expect({ code: marked.code, err: marked.err }).toEqual({ code: 0, err: '' });
  const checked = await command({ DATA_DIR: dataDir }, 'check');
  expect(checked.code).toBe(0);
  expect(checked.out).toContain(`Tables at ${KNOWN_VERSION}. Journal: 1 pending.`);
  expect(checked.out).toContain('Restored on ');
});

test('says what is wrong with a file, and leaves the store as it is', async () => {
  const dataDir = await filled('good', 1);
  const good = join(folder, 'good.sqlite');
  await backUp(dataDir, good, () => {});
  const make = (name: string, change: (path: string) => void) => {
    const path = join(folder, name);
    copyFileSync(good, path);
    change(path);
    return path;
  };
  const files = [
    [join(folder, 'none.sqlite'), /There is no file/],
    [
      make('text.sqlite', (path) =>
        writeFileSync(path, 'To be or not to be, that is the question.'.repeat(50)),
      ),
      /is not a store of Flexcord/,
    ],
    [make('cut.sqlite', (path) => truncateSync(path, 0)), /is not a store of Flexcord/],
    [make('half.sqlite', (path) => truncateSync(path, statSync(path).size / 2)), /is damaged|is not a store/],
    [
      make('other.sqlite', (path) => {
        rmSync(path);
        new Database(path).run('create table cats (name text)');
      }),
      /is not a store of Flexcord/,
    ],
    [
      make('newer.sqlite', (path) =>
        new Database(path).run(
          "insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00.000Z')",
        ),
      ),
      new RegExp(
        `is of a newer version of Flexcord \\(its tables are at 9999-later; this version knows them up to ${KNOWN_VERSION}\\)`,
      ),
    ],
  ] as const;
  for (const [path, says] of files) {
    const failed = await restore(path, dataDir).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(StoreError);
    expect((failed as Error).message).toMatch(says);
  }
  const store = await openStore({ dataDir });
  expect(store.restored).toBeNull();
  await store.close();
  expect(existsSync(join(dataDir, 'restoring'))).toBe(false);
  for (const [name, says] of [
    ['text.sqlite', /is not a store of Flexcord\. Name another DATA_DIR, or restore a backup/],
    ['half.sqlite', /is damaged/],
    ['newer.sqlite', /a newer version of Flexcord has changed its tables \(they are at 9999-later/],
  ] as const) {
    const other = join(folder, `as-${name}`);
    await (await openStore({ dataDir: other })).close();
    copyFileSync(join(folder, name), join(other, 'flexcord.sqlite'));
    await expect(openStore({ dataDir: other })).rejects.toThrow(says);
  }
});

test('points to the programs of PostgreSQL, with the exact command', async () => {
  const env = { DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/x' };
  const backup = await command(env, 'backup', "it's.dump");
  expect(backup).toMatchObject({ code: 1, out: '' });
  expect(backup.err).toContain(`pg_dump --format=custom --file='it'\\''s.dump' "$DATABASE_URL"`);
  expect(backup.err).not.toContain('secret');
  const restore = await command(env, 'restore', 'x.dump');
  expect(restore.code).toBe(1);
  expect(restore.err).toContain('bun run store mark-restored');
  expect((await command({}, 'move')).err).toContain('DATABASE_URL is missing');
});
