import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openStore, type Store, type StoreOptions } from '../src/store/open.ts';
import { testPostgres } from './postgres.ts';

/** A fresh place to keep things in, gone after `drop`. */
export interface TestPlace {
  options: StoreOptions;
  open(): Promise<Store>;
  drop(): Promise<void>;
}

export interface TestStoreKind {
  name: 'sqlite' | 'postgres';
  make(): Promise<TestPlace>;
}

const serverUrl = await testPostgres();

/** Both stores, or the embedded one alone where no PostgreSQL can be had. */
export const storeKinds: [TestStoreKind, ...TestStoreKind[]] = [
  { name: 'sqlite', make: embedded },
  ...(serverUrl ? [{ name: 'postgres' as const, make: () => onServer(serverUrl) }] : []),
];

async function embedded(): Promise<TestPlace> {
  const dataDir = mkdtempSync(join(tmpdir(), 'flexcord-store-'));
  return place({ dataDir }, async () => rmSync(dataDir, { recursive: true, force: true }));
}

async function onServer(url: string): Promise<TestPlace> {
  const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  await administer(url, `create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
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
