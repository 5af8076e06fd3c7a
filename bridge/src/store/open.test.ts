import { expect, test } from 'bun:test';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import pRetry from 'p-retry';
import { storeKinds } from '../../testing/stores.ts';
import { HeartbeatLost, StoreError } from './errors.ts';
import { openStore } from './open.ts';
import { startHeartbeat } from './server/heartbeat.ts';

for (const kind of storeKinds) {
  test(`${kind.name}: what was committed is there after opening again, and migrations run once`, async () => {
    const place = await kind.makeEmpty();
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

  test(`${kind.name}: no text is kept with U+0000 in it, or refused for it`, async () => {
    const place = await kind.make();
    const store = await place.open();
    const lease = { name: 'a\0b', owner: '\0', epoch: 1, lease_until: 1 };
    await store.db.insertInto('leases').values(lease).execute();
    await store.transact((tx) =>
      tx
        .insertInto('leases')
        .values({ ...lease, name: '\0c' })
        .execute(),
    );
    const found = store.db.selectFrom('leases').select(['name', 'owner']).orderBy('name');
    expect(await found.execute()).toEqual([
      { name: 'ab', owner: '' },
      { name: 'c', owner: '' },
    ]);
    expect(await found.where('name', '=', 'a\0b').execute()).toHaveLength(1);
    await place.drop();
  });

  test(`${kind.name}: a transaction that throws leaves nothing`, async () => {
    const place = await kind.makeEmpty();
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
    const place = await kind.makeEmpty();
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
    const place = await kind.makeEmpty();
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

test('refuses a store file that was cut to nothing instead of beginning a new one', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'flexcord-cut-'));
  await (await openStore({ dataDir })).close();
  truncateSync(join(dataDir, 'flexcord.sqlite'), 0);
  await expect(openStore({ dataDir })).rejects.toThrow(/is empty although it was in use/);
  rmSync(dataDir, { recursive: true, force: true });
});

test('a first start that broke off before it made its tables is simply made again', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'flexcord-first-'));
  writeFileSync(join(dataDir, 'flexcord.sqlite'), '');
  await (await openStore({ dataDir })).close();
  rmSync(dataDir, { recursive: true, force: true });
});

for (const kind of storeKinds.filter(({ name }) => name === 'postgres')) {
  test('goes on after all connections to the server were cut, and no call waits for ever', async () => {
    const place = await kind.makeEmpty();
    const store = await place.open();
    let works = 0;
    const heard = () => {
      works += 1;
    };
    await store.listen('work', { heard, missed: () => {} });
    const write = (number: number) =>
      store.transact(async (tx) => {
        const row = { name: `row ${number}`, owner: 'me', epoch: 1, lease_until: number };
        await tx.insertInto('leases').values(row).execute();
        await tx.selectFrom('leases').selectAll().where('name', '=', row.name).execute();
      });
    const outcomes: Promise<PromiseSettledResult<void>[]>[] = [];
    for (let round = 0; round < 3; round += 1) {
      const numbers = Array.from({ length: 40 }, (_, at) => round * 40 + at);
      outcomes.push(Promise.allSettled(numbers.map(write)));
      await sql`select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and pid <> pg_backend_pid()`.execute(store.db);
    }
    const settled = (await Promise.all(outcomes)).flat();
    // A call may fail on a connection whose end was not noticed yet; the next ones have others.
    const read = () => store.db.selectFrom('leases').select('name').execute();
    const rows = await pRetry(read, { retries: 20, minTimeout: 10, factor: 1 });
    expect(rows.length).toBeGreaterThanOrEqual(settled.filter(({ status }) => status === 'fulfilled').length);
    const before = works;
    const { promise, resolve } = Promise.withResolvers<void>();
    const asking = setInterval(() => {
      if (works > before) resolve();
      else store.announce('work').catch(() => {});
    }, 50);
    await promise;
    clearInterval(asking);
    await write(1000);
    await place.drop();
  });

  test('a call on a connection that went silent ends, and the next ones have others', async () => {
    const place = await kind.make();
    const server = new URL(place.options.databaseUrl ?? '');
    let isSilent = false;
    const proxy = createServer((near) => {
      const far = connect(Number(server.port || 5432), server.hostname);
      for (const [from, to] of [
        [near, far],
        [far, near],
      ] as const) {
        from.on('data', (chunk) => void (isSilent || to.write(chunk)));
        from.on('error', () => {});
        from.on('close', () => to.destroy());
      }
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const through = new URL(server);
    Object.assign(through, { hostname: '127.0.0.1', port: String((proxy.address() as AddressInfo).port) });
    const store = await openStore({ ...place.options, databaseUrl: through.href });
    const read = () => store.db.selectFrom('leases').select('name').execute();
    await read();
    isSilent = true;
    await expect(read()).rejects.toThrow('timeout');
    isSilent = false;
    await pRetry(read, { retries: 20, minTimeout: 10, factor: 1 });
    await store.close();
    proxy.close();
    await place.drop();
  });

  test('a heartbeat keeps what its owner holds, and says when it no longer can', async () => {
    const place = await kind.makeEmpty();
    const store = await place.open();
    // Long enough that a busy machine lets a beat through before it is over.
    const leaseMs = 3_000;
    const owner = { id: 'one', leaseMs };
    const heartbeat = await store.heartbeat(owner);
    expect(await store.leases.take('gateway', owner)).toBe(0);
    const until = async () =>
      (await store.db.selectFrom('leases').select('lease_until').executeTakeFirstOrThrow()).lease_until;
    const first = await until();
    while ((await until()) <= first) await Bun.sleep(20);
    expect(heartbeat.alive()).toBe(true);
    expect(await store.leases.take('gateway', { id: 'two', leaseMs })).toBeGreaterThan(0);
    expect(await store.leases.isElsewhere('gateway', owner)).toBe(false);
    expect(await store.leases.isElsewhere('gateway', { id: 'two', leaseMs })).toBe(true);
    await heartbeat.stop();
    const stoppedAt = performance.now();
    while (heartbeat.alive()) await Bun.sleep(20);
    const other = { id: 'two', leaseMs };
    for (let wait = 1; wait > 0; ) {
      wait = await store.leases.take('gateway', other);
      await Bun.sleep(wait);
    }
    // Whoever waits is back at the moment at which the lease runs out.
    expect(performance.now() - stoppedAt).toBeLessThan(5_000);
    await place.drop();
  });
}

for (const kind of storeKinds.filter(({ name }) => name === 'postgres')) {
  const leaseMs = 3_000;

  /** A heartbeat whose threads the test holds. */
  async function beating() {
    const place = await kind.make();
    const store = await place.open();
    const threads: Worker[] = [];
    const logged: string[] = [];
    const owner = { id: 'one', leaseMs };
    const heartbeat = await startHeartbeat({
      url: place.options.databaseUrl ?? '',
      owner,
      logger: { error: (_: unknown, message: string) => void logged.push(message) } as never,
      makeThread() {
        const thread = new Worker(new URL('./server/heartbeat-worker.ts', import.meta.url));
        threads.push(thread);
        return thread;
      },
    });
    const drop = async () => {
      await heartbeat.stop();
      await place.drop();
    };
    return { store, owner, heartbeat, threads, logged, drop };
  }

  test('a main thread that is busy for a second and a half keeps its leases, and one that hangs loses them', async () => {
    const { store, owner, heartbeat, drop } = await beating();
    await store.leases.take('gateway', owner);
    while (!heartbeat.alive()) await Bun.sleep(5);
    const left = async () => {
      const query = store.db.selectFrom('leases').select(sql<number>`lease_until - ${store.now()}`.as('ms'));
      return (await query.executeTakeFirstOrThrow()).ms;
    };
    Bun.sleepSync(1_500);
    expect(heartbeat.alive()).toBe(true);
    // Renewed meanwhile, every half second.
    expect(await left()).toBeGreaterThan(2_000);
    Bun.sleepSync(3_300);
    expect(heartbeat.alive()).toBe(false);
    // Not renewed since it had been silent for two seconds.
    expect(await left()).toBeLessThan(2_100);
    await drop();
  });

  test('a thread of the heartbeat that ends is replaced', async () => {
    const { store, owner, heartbeat, threads, logged, drop } = await beating();
    await store.leases.take('gateway', owner);
    threads[0]?.terminate();
    while (threads.length < 2) await Bun.sleep(5);
    const held = () =>
      store.db.selectFrom('leases').select('lease_until').where('name', '=', 'gateway').executeTakeFirst();
    const before = (await held())?.lease_until ?? 0;
    while (((await held())?.lease_until ?? 0) <= before) await Bun.sleep(20);
    expect(logged).toContain('the thread that renews the leases of this process ended; it is started again');
    while (!heartbeat.alive()) await Bun.sleep(5);
    await drop();
  });

  test('where no thread can renew, the heartbeat is over and says why', async () => {
    const { heartbeat, threads, drop } = await beating();
    const ending = setInterval(() => threads.at(-1)?.terminate(), 5);
    const reason = await heartbeat.over.catch((error: unknown) => error);
    clearInterval(ending);
    expect(reason).toBeInstanceOf(HeartbeatLost);
    expect(String(reason)).toContain('started anew');
    await drop();
  });

  test('a lane that is being settled is left out by the heartbeat, which so waits for nobody', async () => {
    const { store, owner, drop } = await beating();
    for (const name of ['busy', 'idle'])
      await store.db
        .insertInto('lanes')
        .values({ name, owner: owner.id, epoch: 1, lease_until: 1, ready_at: 0 })
        .execute();
    const until = async (name: string) =>
      Number(
        (
          await store.db
            .selectFrom('lanes')
            .select('lease_until')
            .where('name', '=', name)
            .executeTakeFirstOrThrow()
        ).lease_until,
      );
    await store.transact(async (tx) => {
      await store.lockRow(tx.selectFrom('lanes').select('name').where('name', '=', 'busy')).execute();
      while ((await until('idle')) === 1) await Bun.sleep(20);
      expect(await until('busy')).toBe(1);
    });
    while ((await until('busy')) === 1) await Bun.sleep(20);
    await drop();
  });
}

test('a new store is for its user alone, and so is its log', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'flexcord-mode-'));
  const dataDir = join(folder, 'data');
  const store = await openStore({ dataDir });
  const modeOf = (path: string) => statSync(path).mode & 0o077;
  const files = readdirSync(dataDir).filter((name) => name.startsWith('flexcord.sqlite'));
  expect(files).toContain('flexcord.sqlite-wal');
  expect([dataDir, ...files.map((name) => join(dataDir, name))].map(modeOf)).toEqual([
    0,
    ...files.map(() => 0),
  ]);
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});
