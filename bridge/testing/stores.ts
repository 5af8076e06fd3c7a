import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openStore, type Store, type StoreOptions } from '../src/store/open.ts';
import { testPostgres } from './postgres.ts';
import { beginsNow, fillDataDir, TEMPLATES, templates } from './templates.ts';

/** A fresh place to keep things in, gone after `drop`. */
export interface TestPlace {
  options: StoreOptions;
  open(): Promise<Store>;
  drop(): Promise<void>;
}

export interface TestStoreKind {
  name: 'sqlite' | 'postgres';
  /** With the tables of this version, as the bridge's first start leaves them. */
  make(): Promise<TestPlace>;
  /** With nothing, as the bridge's first start finds it. */
  makeEmpty(): Promise<TestPlace>;
}

const serverUrl = await testPostgres();

/** Both stores, or the embedded one alone where no PostgreSQL can be had. */
export const storeKinds: [TestStoreKind, ...TestStoreKind[]] = [
  {
    name: 'sqlite',
    makeEmpty: () => embedded(),
    async make() {
      const made = await embedded();
      fillDataDir(made.options.dataDir);
      return made;
    },
  },
  ...(serverUrl
    ? [
        {
          name: 'postgres' as const,
          makeEmpty: () => onServer(serverUrl),
          make: () => onServer(serverUrl, templates.database),
        },
      ]
    : []),
];

/**
 * Makes stores to copy for the tests of processes that get `env`: migrations take most of the time in which a store is
 * opened first. `drop` when they have ended.
 */
export async function makeTemplates(): Promise<{ env: Record<string, string>; drop(): Promise<void> }> {
  const places = await Promise.all(storeKinds.map((kind) => kind.makeEmpty()));
  for (const made of places) await (await openStore(made.options)).close();
  const env = {
    folder: places[0]?.options.dataDir,
    database: places[1]?.options.databaseUrl && new URL(places[1].options.databaseUrl).pathname.slice(1),
  };
  return {
    env: { [TEMPLATES]: JSON.stringify(env) },
    drop: async () => void (await Promise.all(places.map((made) => made.drop()))),
  };
}

async function embedded(): Promise<TestPlace> {
  const dataDir = mkdtempSync(join(tmpdir(), 'flexcord-store-'));
  return place({ dataDir }, async () => rmSync(dataDir, { recursive: true, force: true }));
}

async function onServer(url: string, template?: string): Promise<TestPlace> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  await administer(url, `create database ${name}${template ? ` template ${template}` : ''}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  if (template) await administer(own.href, beginsNow());
  return place({ databaseUrl: own.href, dataDir: tmpdir() }, () =>
    administer(url, `drop database ${name} with (force)`),
  );
}

async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function place(options: StoreOptions, remove: () => Promise<void>): TestPlace {
  const opened: Store[] = [];
  return {
    options,
    async open() {
      const store = await openStore(options);
      opened.push(store);
      return store;
    },
    async drop() {
      for (const store of opened) await store.close().catch(() => {});
      await remove();
    },
  };
}
