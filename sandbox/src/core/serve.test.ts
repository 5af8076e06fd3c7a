import { afterEach, expect, test } from 'bun:test';
import { Faults } from './faults.ts';
import { type Exchange, type Served, serve, type Trace } from './serve.ts';

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

test('late work is done although its caller has gone', async () => {
  const faults = new Faults();
  const done = Promise.withResolvers<string>();
  served = serve({
    service: 'late',
    faults,
    handle: async (request) => {
      done.resolve(await request.text());
      return new Response('');
    },
  });
  faults.add({ on: 'api', effect: { kind: 'latency', ms: 3000 } });
  // Long enough for the request to arrive on a busy machine.
  const signal = AbortSignal.timeout(1500);
  await expect(fetch(served.url, { method: 'POST', body: 'hello', signal })).rejects.toThrow();
  expect(await done.promise).toBe('hello');
});

test('every request is traced with what hit it, and with the answer that the work had', async () => {
  const faults = new Faults();
  const traces: Trace[] = [];
  served = serve({
    service: 'traced',
    faults,
    onTrace: (trace) => traces.push(trace),
    handle: () => new Response('', { status: 201 }),
  });
  faults.add({ on: 'api', effect: { kind: 'status', status: 503 }, times: 1 });
  await fetch(`${served.url}/a?b`, { method: 'POST', body: 'one' });
  faults.add({ on: 'api', effect: { kind: 'reset-after' }, times: 1 });
  await fetch(`${served.url}/a`, { method: 'POST', body: 'two' }).catch(() => {});
  const seen = traces.map(({ path, body, effects, status }) => ({
    path,
    body: new TextDecoder().decode(body),
    effects: effects.map(({ kind }) => kind),
    status,
  }));
  expect(seen).toEqual([
    { path: '/a?b', body: 'one', effects: ['status'], status: undefined },
    { path: '/a', body: 'two', effects: ['reset-after'], status: 201 },
  ]);
});
