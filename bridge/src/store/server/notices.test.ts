import { afterAll, expect, test } from 'bun:test';
import pg from 'pg';
import { startTcpProxy } from '../../../../sandbox/chaos/tcp-proxy.ts';
import { testPostgres } from '../../../testing/postgres.ts';
import { createNotices } from './notices.ts';

const address = await testPostgres();
const closing: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

test.skipIf(!address)(
  'one connection listens after an outage, and each notice is heard once',
  async () => {
    const url = new URL(address as string);
    const attempts: number[] = [];
    const enough = Promise.withResolvers<void>();
    let away = false;
    const proxy = await startTcpProxy(() => {
      if (!away) return [{ host: url.hostname, port: Number(url.port) }];
      if (attempts.push(performance.now()) === 4) enough.resolve();
      return [];
    });
    closing.push(() => proxy.stop());
    const pool = new pg.Pool({ connectionString: url.href });
    closing.push(() => pool.end());
    const behind = new URL(url.href);
    behind.hostname = '127.0.0.1';
    behind.port = String(proxy.port);
    behind.searchParams.set('application_name', 'notices under test');
    const notices = createNotices(pool, { connectionString: behind.href });
    closing.push(() => notices.stop());

    const heard: string[] = [];
    let last = Promise.withResolvers<void>();
    await notices.listen('live', {
      heard: (text) => {
        heard.push(text);
        last.resolve();
      },
      missed: () => last.resolve(),
    });

    last = Promise.withResolvers();
    away = true;
    proxy.cut();
    await enough.promise;
    away = false;
    // Each attempt is followed by one, which waits longer than the one before: 200, 400, 800 ms.
    const waits = attempts.slice(1).map((at, index) => at - (attempts[index] ?? 0));
    for (const [index, wait] of waits.entries()) expect(wait).toBeGreaterThan(150 * 2 ** index);
    await last.promise;
    const { rows } = await pool.query(
      "select count(*)::int as connections from pg_stat_activity where application_name = 'notices under test'",
    );
    expect(rows).toEqual([{ connections: 1 }]);
    last = Promise.withResolvers();
    await notices.announce('live', 'a notice');
    await last.promise;
    expect(heard).toEqual(['a notice']);
  },
  20_000,
);
