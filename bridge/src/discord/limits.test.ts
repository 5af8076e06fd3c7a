import { afterAll, beforeEach, expect, test } from 'bun:test';
import { type REST, Routes } from 'discord.js';
import { storeKinds } from '../../testing/stores.ts';
import { createRest } from './gateway/gateway.ts';
import { createLimitedRequests } from './limits.ts';

const TIMEOUT_MS = 2_000;
let heard: { path: string; at: number }[] = [];
let status = 200;
const server = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  fetch(request) {
    heard.push({ path: new URL(request.url).pathname, at: performance.now() });
    return Response.json({ id: '1', code: 0, message: '' }, { status });
  },
});
beforeEach(() => {
  heard = [];
  status = 200;
});
afterAll(() => server.stop(true));

for (const kind of storeKinds) {
  test(`a process whose lease is in doubt sends nothing on ${kind.name} but answers to interactions, where others may have taken over`, async () => {
    const place = await kind.make();
    const store = await place.open();
    let isAlive = true;
    const rest = createRest({
      token: 'x',
      apiUrl: `${server.url.origin}/api`,
      threads: false,
      limited: createLimitedRequests(store, { alive: () => isAlive }, TIMEOUT_MS),
    });
    await send(rest, 1);
    isAlive = false;
    if (store.isShared)
      await expect(send(rest, 1)).rejects.toMatchObject({ name: 'Transient', ambiguous: false });
    await rest.post(Routes.interactionCallback('1', 'token'), { auth: false, body: { type: 5 } });
    expect(heard.map(({ path }) => path.split('/')[3])).toEqual(['channels', 'interactions']);
    await place.drop();
  });

  test.skipIf(kind.name === 'sqlite')(
    `who finds no place on ${kind.name} waits a moment, and does not take Discord for down`,
    async () => {
      const place = await kind.make();
      const store = await place.open();
      const limited = createLimitedRequests(store, { alive: () => true }, TIMEOUT_MS);
      const rest = createRest({ token: 'x', apiUrl: `${server.url.origin}/api`, threads: false, limited });
      await store.close();
      // With such a time, an entry waits by itself, and the breaker of its side hears nothing.
      await expect(send(rest, 1)).rejects.toMatchObject({ name: 'Transient', retryAfterMs: 500 });
      await place.drop();
    },
  );

  test(`answers that count as invalid slow those down who go on asking, on ${kind.name}`, async () => {
    const place = await kind.make();
    const store = await place.open();
    const rest = createRest({
      token: 'x',
      apiUrl: `${server.url.origin}/api`,
      threads: false,
      limited: createLimitedRequests(store, { alive: () => true }, TIMEOUT_MS),
    });
    status = 403;
    const goOn = async (channel: number) => {
      for (let n = 0; n < 8; n += 1) await send(rest, channel).catch(() => {});
    };
    const before = performance.now();
    await Promise.all([goOn(1), goOn(2), goOn(3)]);
    expect(heard).toHaveLength(24);
    // Sixteen a second.
    expect(performance.now() - before).toBeGreaterThan(1000);
    await place.drop();
  });
}

const send = (rest: REST, channel: number) =>
  rest.post(Routes.channelMessages(String(channel)), { body: { content: 'x' } });
