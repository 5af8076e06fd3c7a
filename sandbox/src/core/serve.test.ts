import { afterEach, expect, test } from 'bun:test';
import { Faults } from './faults.ts';
import { type Exchange, type Served, serve } from './serve.ts';

let served: Served | undefined;
afterEach(() => served?.stop());

function counter(faults: Faults, seen: Exchange[] = []) {
  let count = 0;
  served = serve({
    service: 'counter',
    faults,
    onExchange: (exchange) => seen.push(exchange),
    handle: async (request) => Response.json({ count: ++count, got: await request.text() }),
  });
  return { url: served.url, count: () => count };
}

test('a reset before the request is handled has no effect, a reset after it has', async () => {
  const faults = new Faults();
  const { url, count } = counter(faults);
  faults.add({ on: 'api', effect: { kind: 'reset-before' }, times: 1 });
  expect(fetch(url)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(count()).toBe(0);
  faults.add({ on: 'api', effect: { kind: 'reset-after' }, times: 1 });
  await expect(fetch(`${url}/b`)).rejects.toMatchObject({ code: 'ECONNRESET' });
  expect(count()).toBe(1);
  expect((await fetch(url)).status).toBe(200);
});

test('a fault applies only to matching requests, and only as often as configured', async () => {
  const faults = new Faults();
  const { url } = counter(faults);
  faults.add({ on: 'api', method: 'POST', match: /^\/x/, effect: { kind: 'status', status: 503 }, times: 2 });
  const statuses = [];
  for (const [method, path] of [
    ['GET', '/x'],
    ['POST', '/y'],
    ['POST', '/x'],
    ['POST', '/x'],
    ['POST', '/x'],
  ]) {
    statuses.push((await fetch(url + path, { method })).status);
  }
  expect(statuses).toEqual([200, 200, 503, 503, 200]);
});

test('an observer sees the bytes of request and response', async () => {
  const seen: Exchange[] = [];
  const { url } = counter(new Faults(), seen);
  await fetch(`${url}/a?b=c`, { method: 'POST', body: 'hello' });
  expect(seen).toHaveLength(1);
  expect(new TextDecoder().decode(seen[0]?.requestBody)).toBe('hello');
  expect(JSON.parse(new TextDecoder().decode(seen[0]?.responseBody))).toEqual({ count: 1, got: 'hello' });
});
