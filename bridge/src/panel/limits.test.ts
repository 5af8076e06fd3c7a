import { afterAll, beforeAll, expect, test } from 'bun:test';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { type Chat, startChat } from '../../testing/panel-bridge.ts';
import { storeKinds, type TestPlace } from '../../testing/stores.ts';

const PROXIED = { TRUSTED_PROXIES: '127.0.0.1, ::1' };

let place: TestPlace;
let chat: Chat;
beforeAll(async () => {
  place = await (storeKinds[0] as (typeof storeKinds)[number]).make();
  chat = await startChat(place, PROXIED);
});
afterAll(async () => {
  await chat?.stop();
  await place?.drop();
});

const newToken = (identity: string) =>
  chat.twilio.issueToken(chat.twilio.createAgent({ identity, fullName: identity }));
const guess = () => `guess-${crypto.randomUUID()}`;
const from = (address: string) => ({ 'x-forwarded-for': address });
const ask = (token: string, address: string) =>
  chat.call(panelRoutes.member(chat.ada.id), { token, headers: from(address) });

test('who tries out tokens locks no agent out, from another address or the same one', async () => {
  chat.faults.add({ on: 'api', match: /validate/, effect: { kind: 'latency', ms: 20 } });
  const guesses = Array.from({ length: 100 }, () => ask(guess(), '203.0.113.1'));
  const agents = Array.from({ length: 20 }, (_, n) =>
    ask(newToken(`agent${n}`), n % 2 ? '198.51.100.1' : '203.0.113.1'),
  );
  expect((await Promise.all(agents)).map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(new Set((await Promise.all(guesses)).map(({ status }) => status))).toEqual(new Set([401]));
  chat.faults.clear();
});

test.each([20_000, 200_000])('%i brackets are refused before anything parses them', async (count) => {
  const path = panelRoutes.notes(chat.ada.id);
  const half = count / 2;
  for (const body of [
    '['.repeat(count),
    '['.repeat(half) + ']'.repeat(half),
    `{"text":${'['.repeat(half)}${']'.repeat(half)}}`,
    `{"text":[${'1,'.repeat(half)}1]}`,
    '{"a":'.repeat(count / 5),
  ]) {
    const answer = await chat.post(path, body);
    expect(answer).toMatchObject({ status: 422, body: { code: 'invalid' } });
    expect(JSON.stringify(answer.body).length).toBeLessThan(300);
  }
});

test.each(['toString', 'to\\u0053tring'])(
  'an object with the name %s is refused as any other that does not fit',
  async (name) => {
    const body = `{"text":{"${name}":{"a":1}}}`;
    expect(await chat.post(panelRoutes.notes(chat.ada.id), body)).toMatchObject({
      status: 422,
      body: { code: 'invalid' },
    });
  },
);

test('a body is not read before its sender may call, and brackets in words are words', async () => {
  const path = panelRoutes.notes(chat.ada.id);
  expect((await chat.call(path, { token: guess(), body: '['.repeat(200_000) })).status).toBe(401);
  const text = `${'['.repeat(500)} and "${'{'.repeat(100)}"`;
  expect((await chat.post(path, { text })).status).toBe(200);
});

test('one agent cannot take all event streams', async () => {
  const stop = new AbortController();
  const open = (token: string) =>
    fetch(chat.url + panelRoutes.events, {
      headers: { authorization: `Bearer ${token}` },
      signal: stop.signal,
    });
  const greedy = newToken('greedy');
  const first = await Promise.all(Array.from({ length: 30 }, () => open(greedy)));
  expect(first.filter(({ status }) => status === 200)).toHaveLength(20);
  expect(first.filter(({ status }) => status === 429)).toHaveLength(10);
  expect((await open(newToken('modest'))).status).toBe(200);
  stop.abort();
});

test('one agent’s requests are limited, and another’s go on', async () => {
  const busy = newToken('busy');
  const statuses = [];
  for (let n = 0; n < 10; n += 1) {
    const some = await Promise.all(Array.from({ length: 40 }, () => ask(busy, '203.0.113.1')));
    statuses.push(...some.map(({ status }) => status));
  }
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(300);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
  expect((await ask(newToken('calm'), '203.0.113.1')).status).toBe(200);
});
