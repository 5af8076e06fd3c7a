import { afterEach, expect, test } from 'bun:test';
import pino from 'pino';
import { storeKinds } from '../../../testing/stores.ts';
import type { PayloadOf } from '../../relay/entries.ts';
import { createRelay } from '../../relay/relay.ts';
import type { announcement } from '../announcements.ts';
import { createFeeds } from './feeds.ts';

const logger = pino({ level: 'silent' });
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

for (const kind of storeKinds) {
  test(`${kind.name}: announces an item once when two processes read the feed at the same time`, async () => {
    const place = await kind.make();
    closing.push(() => place.drop());
    const store = await place.open();
    const entries = () =>
      store.db.selectFrom('journal').select('payload').where('kind', '=', 'discord.announcement').execute();
    const relay = createRelay({
      store,
      logger,
      owner: { id: 'me', leaseMs: 10_000 },
      heartbeat: { alive: () => true, stop: async () => {} },
    });
    const other = kind.name === 'postgres' ? await place.open() : store;
    let items = '<item><guid>old</guid><title>Old</title></item>';
    const server = Bun.serve({
      hostname: '127.0.0.1',
      port: 0,
      fetch: () => new Response(`<rss version="2.0"><channel><title>t</title>${items}</channel></rss>`),
    });
    const url = `http://127.0.0.1:${server.port}/`;
    const looks = [store, other].map((on) =>
      createFeeds({
        store: on,
        relay,
        logger,
        urls: [url],
        allowPrivate: false,
        intervalMs: 5,
        channels: async () => ['news'],
        plain: (text) => text,
      }),
    );
    closing.push(async () => server.stop(true), ...looks.map((each) => () => each.stop()));
    looks[0]?.start();
    const seen = async () => (await store.db.selectFrom('feed_items').selectAll().execute()).length;
    while ((await seen()) < 1) await Bun.sleep(5);
    expect(await entries()).toEqual([]);
    looks[1]?.start();
    for (let n = 0; n < 5; n += 1) items = `<item><guid>n${n}</guid><title>News ${n}</title></item>${items}`;
    while ((await seen()) < 6) await Bun.sleep(5);
    for (const each of looks) await each.stop();
    const titles = (await entries()).map(
      ({ payload }) => (JSON.parse(payload) as PayloadOf<typeof announcement>).announcement.title,
    );
    expect(titles).toEqual(['News 0', 'News 1', 'News 2', 'News 3', 'News 4']);
  });
}

test('ids that change from http to https are no news, and ids that all change are announced up to a number', async () => {
  const place = await (storeKinds[0] as (typeof storeKinds)[number]).make();
  closing.push(() => place.drop());
  const store = await place.open();
  const feed = (guid: (n: number) => string, of = 60) =>
    `<rss version="2.0"><channel><title>t</title>${Array.from({ length: of }, (_, n) => `<item><guid>${guid(n)}</guid><title>News ${n}</title></item>`).join('')}</channel></rss>`;
  let body = feed((n) => `http://x.example/${n}`);
  const server = Bun.serve({ hostname: '127.0.0.1', port: 0, fetch: () => new Response(body) });
  let announced = 0;
  const feeds = createFeeds({
    store,
    relay: { append: async () => ++announced },
    logger,
    urls: [`http://127.0.0.1:${server.port}/`],
    allowPrivate: false,
    intervalMs: 5,
    channels: async () => ['news'],
    plain: (text) => text,
  });
  closing.push(
    async () => server.stop(true),
    () => feeds.stop(),
  );
  const seen = async (count: number) => {
    while ((await store.db.selectFrom('feed_items').selectAll().execute()).length < count) await Bun.sleep(5);
  };
  feeds.start();
  await seen(60);
  body = feed((n) => `https://x.example/${n}`);
  await seen(120);
  expect(announced).toBe(0);
  body = feed((n) => `https://y.example/${n}`);
  await seen(180);
  await feeds.stop();
  expect(announced).toBe(20);
});

test('the bridge goes on while a large feed is read', async () => {
  const place = await (storeKinds[0] as (typeof storeKinds)[number]).make();
  closing.push(() => place.drop());
  const store = await place.open();
  const item = (n: number) =>
    `<item><guid>${n}</guid><title>News ${n}</title><description>${'&lt;p&gt;word '.repeat(40)}</description></item>`;
  const items = Array.from({ length: 6_500 }, (_, n) => item(n)).join('');
  const body = `<rss version="2.0"><channel><title>t</title>${items}</channel></rss>`;
  expect(body.length).toBeGreaterThan(3.5 * 1024 * 1024);
  let sentAt = 0;
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch() {
      sentAt = performance.now();
      return new Response(body);
    },
  });
  const feeds = createFeeds({
    store,
    relay: { append: async () => 0 },
    logger,
    urls: [`http://127.0.0.1:${server.port}/`],
    allowPrivate: false,
    intervalMs: 60_000,
    channels: async () => [],
    plain: (text) => text,
  });
  closing.push(
    async () => server.stop(true),
    () => feeds.stop(),
  );
  feeds.start();
  let last = performance.now();
  let longest = 0;
  const seen = async () => (await store.db.selectFrom('feed_items').selectAll().execute()).length;
  while ((await seen()) < 100) {
    await Bun.sleep(5);
    if (sentAt > 0) longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }
  // Read on the event loop it stands still for all of the time that reading takes.
  expect(longest).toBeLessThan((performance.now() - sentAt) / 2);
});
