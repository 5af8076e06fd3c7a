import { afterAll, expect, test } from 'bun:test';
import { sql } from 'kysely';
import pg from 'pg';
import { fillOldDatabase } from '../../testing/old-databases.ts';
import { storeKinds, type TestPlace } from '../../testing/stores.ts';
import { append } from '../relay/journal.ts';
import { claimLanes } from '../relay/lanes.ts';
import { watchTimer } from '../support/watch.ts';
import { watchStore } from '../wiring/store-watch.ts';
import { readMark } from './marks.ts';
import { KNOWN_VERSION, versionOf } from './migrate.ts';
import { openStore } from './open.ts';
import type { Store } from './store.ts';

const NOWHERE = 'http://127.0.0.1:1';
const ADDRESSES = {
  ...{ discord: NOWHERE, twilio: NOWHERE, bridge: NOWHERE, hook: NOWHERE, feed: NOWHERE },
  'discord-host': '127.0.0.1:1',
};
const OWNER = { id: 'one', leaseMs: 60_000 };

const places: TestPlace[] = [];
async function make(kind: (typeof storeKinds)[number]): Promise<TestPlace> {
  const place = await kind.makeEmpty();
  places.push(place);
  return place;
}
afterAll(async () => {
  for (const place of places) await place.drop();
});

const becomesNewer = ({ db }: Store) =>
  sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01T00:00:00.000Z')`.execute(
    db,
  );

for (const kind of storeKinds) {
  test(`${kind.name}: an upgrade that fails half-way leaves the tables as they were, and is made later`, async () => {
    const place = await make(kind);
    await fillOldDatabase(place, '0013', ADDRESSES);
    // The last migration fails on it, after several others.
    const before = await openStore({ ...place.options, beside: true, asIs: true });
    await sql`create table marks (something text)`.execute(before.db);
    await expect(openStore(place.options)).rejects.toThrow(/cannot be used: .*marks/);
    expect(await versionOf(before.db)).toBe('0013-matter');
    expect((await before.db.introspection.getTables()).map(({ name }) => name)).not.toContain('reactions');
    await sql`drop table marks`.execute(before.db);
    await before.close();
    const store = await place.open();
    expect(await versionOf(store.db)).toBe(KNOWN_VERSION);
  });

  test(`${kind.name}: refuses tables of a newer version, and names both`, async () => {
    const place = await make(kind);
    const store = await place.open();
    await becomesNewer(store);
    await store.close();
    await expect(openStore(place.options)).rejects.toThrow(
      `a newer version of Flexcord has changed its tables (they are at 9999-later; this version knows them up to ${KNOWN_VERSION}). Start the newer version, or restore a backup from before the upgrade.`,
    );
  });
}

for (const kind of storeKinds.filter(({ name }) => name === 'postgres')) {
  test('several processes that upgrade at once all start, and it is done once', async () => {
    const place = await make(kind);
    await fillOldDatabase(place, '0013', ADDRESSES);
    const stores = await Promise.all([place.open(), place.open(), place.open()]);
    for (const { db } of stores) expect(await versionOf(db)).toBe(KNOWN_VERSION);
  });

  test('a running older version takes no work once a newer one has migrated, and ends with a sentence', async () => {
    const place = await make(kind);
    const store = await place.open();
    const watch = watchStore(store, { debug: () => {} }, 20);
    const journal = (conversationId: string) =>
      store.transact((tx) =>
        append(tx, watchTimer({ conversationId }, 0), Date.now(), null, false, '0'.repeat(32)),
      );
    await journal('first');
    expect((await claimLanes(store, OWNER, 10)).length).toBe(1);
    await journal('second');
    await becomesNewer(store);
    expect(await claimLanes(store, OWNER, 10)).toEqual([]);
    await expect(watch.over).rejects.toThrow(/in use by a newer version: .*9999-later/);
    await watch.stop();
  });

  test('a dump that was restored into another database is seen to be one, by one of several that start', async () => {
    const place = await make(kind);
    const first = await place.open();
    await first.transact((tx) =>
      append(tx, watchTimer({ conversationId: 'a' }, 0), Date.now(), null, false, '0'.repeat(32)),
    );
    expect(first.restored).toBeNull();
    await first.close();
    const again = await place.open();
    expect(again.restored).toBeNull();
    await again.close();
    const copy = await restoredElsewhere(place.options.databaseUrl ?? '');
    try {
      const options = { ...place.options, databaseUrl: copy.url };
      const stores = await Promise.all([openStore(options), openStore(options)]);
      for (const store of stores) expect(store.restored?.since).toBeGreaterThan(0);
      const [row] = await stores[0].db.selectFrom('journal').select('begun').execute();
      expect(row).toEqual({ begun: 2 });
      for (const store of stores) await store.close();
    } finally {
      await copy.drop();
    }
  });

  test('a start on a server that has taken over takes the store for restored', async () => {
    const place = await make(kind);
    const store = await place.open();
    // As if the timeline had been another until now.
    const lineage = await readMark(store.db, 'lineage');
    expect(lineage).toMatch(/^\d+\/\d+\/[0-9A-F]{8}$/);
    await sql`update marks set value = '"1/2/00000001"' where name = 'lineage'`.execute(store.db);
    await store.close();
    const next = await place.open();
    expect(next.restored).not.toBeNull();
    expect(await readMark(next.db, 'lineage')).toBe(lineage);
  });
}

/** What pg_restore leaves: the same rows in a database that is another one. */
async function restoredElsewhere(url: string) {
  const name = new URL(url).pathname.slice(1);
  const administration = new URL(url);
  administration.pathname = '/postgres';
  const copy = new URL(url);
  copy.pathname = `/${name}_copy`;
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: administration.href });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await run(`create database ${name}_copy template ${name}`);
  return { url: copy.href, drop: () => run(`drop database ${name}_copy with (force)`) };
}
