import { expect, test } from 'bun:test';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeKinds } from '../../testing/stores.ts';
import { StoreError } from './errors.ts';
import { openStore } from './open.ts';

for (const kind of storeKinds) {
  test(`${kind.name}: what was committed is there after opening again, and migrations run once`, async () => {
    const place = await kind.make();
    const first = await place.open();
    await first.db
      .insertInto('leases')
      .values({ name: 'x', owner: 'me', epoch: 1, lease_until: 2 ** 41 })
      .execute();
    await first.close();
    const second = await place.open();
    expect(await second.db.selectFrom('leases').selectAll().execute()).toEqual([
      { name: 'x', owner: 'me', epoch: 1, lease_until: 2 ** 41 },
    ]);
    await place.drop();
  });

  test(`${kind.name}: a transaction that throws leaves nothing`, async () => {
    const place = await kind.make();
    const store = await place.open();
    const broken = store.transact(async (tx) => {
      await tx.insertInto('leases').values({ name: 'x', owner: 'me', epoch: 1, lease_until: 1 }).execute();
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(await store.db.selectFrom('leases').selectAll().execute()).toEqual([]);
    await place.drop();
  });
}

for (const kind of storeKinds) {
  test(`${kind.name}: a hook that fails after the commit is logged, and neither the transaction nor other hooks suffer`, async () => {
    const place = await kind.make();
    const logged: unknown[] = [];
    const store = await openStore({
      ...place.options,
      logger: { error: (fields: { err: Error }) => logged.push(fields.err.message) },
    });
    const followed: string[] = [];
    const result = await store.transact(async (tx) => {
      await tx.insertInto('leases').values({ name: 'x', owner: 'me', epoch: 1, lease_until: 1 }).execute();
      store.afterCommit(tx, () => {
        throw new Error('thrown');
      });
      store.afterCommit(tx, async () => {
        throw new Error('rejected');
      });
      store.afterCommit(tx, () => void followed.push('the last hook'));
      return 'committed';
    });
    expect(result).toBe('committed');
    expect(followed).toEqual(['the last hook']);
    expect(await store.db.selectFrom('leases').select('name').execute()).toEqual([{ name: 'x' }]);
    expect(logged).toEqual(['thrown', 'rejected']);
    await store.close();
    await place.drop();
  });
}

test('a second process on the embedded store is refused in words, and may come once the first is gone', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'flexcord-lock-'));
  const holder = Bun.spawn(
    [process.execPath, join(import.meta.dir, '../../testing/hold-store.ts'), dataDir],
    {
      stdout: 'pipe',
    },
  );
  const { value } = await holder.stdout.getReader().read();
  expect(new TextDecoder().decode(value)).toContain('held');
  await expect(openStore({ dataDir })).rejects.toThrow(/Another Flexcord bridge is using this DATA_DIR/);
  holder.kill('SIGKILL');
  await holder.exited;
  await (await openStore({ dataDir })).close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('a folder that is not one, and a server that does not answer, are named', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'flexcord-bad-'));
  const file = join(dataDir, 'file');
  writeFileSync(file, '');
  chmodSync(file, 0o600);
  await expect(openStore({ dataDir: file })).rejects.toThrow(/^DATA_DIR .* cannot be used/);
  await expect(openStore({ dataDir, databaseUrl: 'postgres://nobody@127.0.0.1:1/x' })).rejects.toBeInstanceOf(
    StoreError,
  );
  rmSync(dataDir, { recursive: true, force: true });
});

for (const kind of storeKinds.filter(({ name }) => name === 'postgres')) {
  test('two transactions that wait for each other both succeed in the end', async () => {
    const place = await kind.make();
    const store = await place.open();
    for (const name of ['a', 'b']) {
      await store.db.insertInto('leases').values({ name, owner: 'me', epoch: 0, lease_until: 0 }).execute();
    }
    let arrived = 0;
    let meet = () => {};
    const both = new Promise<void>((resolve) => {
      meet = resolve;
    });
    const raise = (first: string, second: string) =>
      store.transact(async (tx) => {
        const up = (name: string) =>
          tx
            .updateTable('leases')
            .set((eb) => ({ epoch: eb('epoch', '+', 1) }))
            .where('name', '=', name)
            .execute();
        await up(first);
        arrived += 1;
        if (arrived === 2) meet();
        await both;
        await up(second);
      });
    await Promise.all([raise('a', 'b'), raise('b', 'a')]);
    const rows = await store.db.selectFrom('leases').select('epoch').execute();
    expect(rows).toEqual([{ epoch: 2 }, { epoch: 2 }]);
    await place.drop();
  });
}
