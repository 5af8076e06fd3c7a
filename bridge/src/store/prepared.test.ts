import { expect, test } from 'bun:test';
import { sql } from 'kysely';
import { storeKinds } from '../../testing/stores.ts';
import { prepared } from './prepared.ts';

const leaseRow = prepared<{ name: string }, { name: string; epoch: number }>((db, value) =>
  db.selectFrom('leases').selectAll().where('name', '=', value('name')).where('epoch', '=', 1),
);

for (const kind of storeKinds) {
  test(`a query of all columns goes on while another process adds one, on ${kind.name}`, async () => {
    const place = await kind.make();
    const store = await place.open();
    const other = kind.name === 'postgres' ? await place.open() : store;
    try {
      await store.db
        .insertInto('leases')
        .values({ name: 'x', owner: 'me', epoch: 1, lease_until: 1 })
        .execute();
      const read = () => store.transact(async (tx) => (await leaseRow(tx, { name: 'x' })).rows);
      for (let again = 0; again < 8; again += 1) await read();
      await sql`alter table leases add column added_later text`.execute(other.db);
      expect(await read()).toEqual([
        { name: 'x', owner: 'me', epoch: 1, lease_until: 1, added_later: null },
      ] as never);
    } finally {
      if (other !== store) await other.close();
      await store.close();
      await place.drop();
    }
  });
}
