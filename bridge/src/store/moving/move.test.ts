import { afterAll, expect, test } from 'bun:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { fillOldDatabase } from '../../../testing/old-databases.ts';
import { storeKinds, type TestPlace } from '../../../testing/stores.ts';
import { caseQuery, indexCase, matchingCases } from '../case-search.ts';
import { openStore } from '../open.ts';
import type { Store } from '../store.ts';
import { moveToServer } from './move.ts';

const kinds = new Map(storeKinds.map((kind) => [kind.name, kind]));
const [embedded, server] = [kinds.get('sqlite'), kinds.get('postgres')];
const NOWHERE = 'http://127.0.0.1:1';
const ADDRESSES = {
  discord: NOWHERE,
  'discord-host': '127.0.0.1:1',
  twilio: NOWHERE,
  bridge: NOWHERE,
  hook: NOWHERE,
  feed: NOWHERE,
};

const places: TestPlace[] = [];
async function make(kind: typeof embedded): Promise<TestPlace> {
  if (!kind) throw new Error('there is no such store here');
  const place = await kind.makeEmpty();
  places.push(place);
  return place;
}
afterAll(async () => {
  for (const place of places) await place.drop();
});

const urlOf = ({ options }: TestPlace) => options.databaseUrl ?? '';
const silent = () => {};

/** All rows of some tables, in the order of their keys. */
async function rowsOf({ db }: Store) {
  return {
    members: await db.selectFrom('members').selectAll().orderBy('created_at').execute(),
    journal: await db.selectFrom('journal').selectAll().orderBy('id').execute(),
    vectors: (await db.selectFrom('text_vectors').selectAll().orderBy('used_at').execute()).map((row) => ({
      ...row,
      steps: Buffer.from(row.steps).toString('hex'),
    })),
    lessons: await db.selectFrom('knowledge_lessons').selectAll().orderBy('id').execute(),
  };
}

/** What people write: every plane of Unicode, quotes, escapes and control characters; halves of characters no store keeps. */
const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '👩‍👩‍👧‍👦',
    '\\',
    "'; drop table members; --",
    '{"a":"\\u0000"}',
    '\\x00',
    'a,b{"}',
    'NULL',
    '',
    '\u2028',
  ),
);
const integer = fc.maxSafeInteger();
const optional = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });

test.skipIf(!server)(
  'moves every row of a store full of odd ones, which the next bridge goes on numbering',
  async () => {
    const [from, to] = [await make(embedded), await make(server)];
    const store = await from.open();
    const rows = fc.sample(
      fc.record({
        name: oddText,
        locale: optional(oddText),
        fields: oddText,
        at: integer,
        weight: fc.double({ noNaN: true, noDefaultInfinity: true }),
        steps: fc.uint8Array({ maxLength: 64 }),
      }),
      { numRuns: 600, seed: 42 },
    );
    await store.transact(async (tx) => {
      for (const [at, row] of rows.entries()) {
        await tx
          .insertInto('members')
          .values({
            id: String(at),
            name: row.name,
            locale: row.locale,
            fields: row.fields,
            created_at: at,
            seen_at: row.at,
          })
          .execute();
        await tx
          .insertInto('journal')
          .values({
            lane: row.name,
            key: String(at),
            kind: 'k',
            payload: row.fields,
            status: 'done',
            created_at: row.at,
          })
          .execute();
        await tx
          .insertInto('text_vectors')
          .values({ key: String(at), steps: row.steps, used_at: at })
          .execute();
        await tx
          .insertInto('knowledge_lessons')
          .values({
            source: 'thumb',
            article_id: row.name,
            question: row.fields,
            weight: row.weight,
            revision: row.at,
            created_at: 1,
          })
          .execute();
      }
      // The highest number was given out, and its row is gone.
      await tx
        .deleteFrom('journal')
        .where('key', '=', String(rows.length - 1))
        .execute();
      await tx
        .insertInto('cases')
        .values({ member_id: '0', title: 'Lanterns', status: 'open', created_at: 1, changed_at: 1 })
        .execute();
      await indexCase(store, tx, 1, `${'paddle '.repeat(300)}Lanterns 灯台 are 👩‍👩‍👧‍👦 out`);
    });
    // Versions before kept this character, which nothing that goes through the store's queries brings in any more.
    await sql`update members set name = 'a' || char(0) || 'b' where id = '3'`.execute(store.db);
    const before = await rowsOf(store);
    await store.close();

    const report = await moveToServer(from.options.dataDir, urlOf(to), silent);
    const moved = await to.open();
    const withoutZero = (text: string) => text.replaceAll('\u0000', '');
    const expected = JSON.parse(JSON.stringify(before), (_key, value) =>
      typeof value === 'string' ? withoutZero(value) : value,
    );
    expect(await rowsOf(moved)).toEqual(expected);
    expect(report.withoutZero).toBeGreaterThan(0);
    expect(report.tables.find(({ table }) => table === 'members')?.rows).toBe(rows.length);
    for (const words of ['lantern', '灯台', 'paddle']) {
      const query = caseQuery(moved, words);
      expect(query && (await matchingCases(moved, query))).toEqual([1]);
    }
    const next = await moved.db
      .insertInto('journal')
      .values({ lane: 'l', key: 'next', kind: 'k', payload: 'null', created_at: 1 })
      .returning('id')
      .executeTakeFirstOrThrow();
    expect(next.id).toBe(rows.length + 1);
    const first = await moved.db
      .insertInto('agents')
      .values({ conversation_id: await conversationIn(moved), name: 'Kim', joined_at: 1 })
      .returning('id')
      .executeTakeFirstOrThrow();
    expect(first.id).toBe(1);

    await expect(openStore(from.options)).rejects.toThrow(
      /everything in it was moved to postgres:\/\/127\.0\.0\.1:\d+\/test_\w+ on .*Set DATABASE_URL/,
    );
  },
);

async function conversationIn({ db }: Store): Promise<string> {
  await db
    .insertInto('conversations')
    .values({ id: 'c', member_id: '0', phase: 'bot', opened_at: 1, changed_at: 1 })
    .execute();
  return 'c';
}

test.skipIf(!server)(
  'moves a database of an earlier version, and refuses one that is not empty',
  async () => {
    const [from, to] = [await make(embedded), await make(server)];
    await fillOldDatabase(from, '0013', ADDRESSES);
    const report = await moveToServer(from.options.dataDir, urlOf(to), silent);
    expect(report.tables.filter(({ rows }) => rows > 0).length).toBeGreaterThan(20);
    const other = await make(embedded);
    await fillOldDatabase(other, '0013', ADDRESSES);
    await expect(moveToServer(other.options.dataDir, urlOf(to), silent)).rejects.toThrow(
      /is not empty: members has rows/,
    );
    // What was refused goes on where it was.
    await (await other.open()).close();
  },
);

test.skipIf(!server)('moves nothing while a bridge uses either store', async () => {
  const [from, to] = [await make(embedded), await make(server)];
  const held = await from.open();
  await expect(moveToServer(from.options.dataDir, urlOf(to), silent)).rejects.toThrow(
    /Another Flexcord bridge/,
  );
  await held.close();
  const used = await to.open();
  const heartbeat = await used.heartbeat({ id: 'one', leaseMs: 60_000 });
  await expect(moveToServer(from.options.dataDir, urlOf(to), silent)).rejects.toThrow(
    /A Flexcord bridge is using the database of DATABASE_URL/,
  );
  await heartbeat.stop();
});

test.skipIf(!server)(
  'leaves the database empty and the store in use where a row does not arrive as it is',
  async () => {
    const [from, to] = [await make(embedded), await make(server)];
    const store = await from.open();
    await store.db
      .insertInto('members')
      .values({ id: '1', name: 'Ada', created_at: 1, seen_at: 1 })
      .execute();
    await store.close();
    const target = await to.open();
    await sql`create function spoil() returns trigger language plpgsql as
    $$ begin new.name = 'Eve'; return new; end $$`.execute(target.db);
    await sql`create trigger spoil before insert on members for each row execute function spoil()`.execute(
      target.db,
    );
    await expect(moveToServer(from.options.dataDir, urlOf(to), silent)).rejects.toThrow(
      /members is not the same on both sides/,
    );
    expect(await target.db.selectFrom('members').selectAll().execute()).toEqual([]);
    const again = await from.open();
    expect((await again.db.selectFrom('members').select('name').execute())[0]?.name).toBe('Ada');
  },
);
