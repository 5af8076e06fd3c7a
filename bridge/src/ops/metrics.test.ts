import { afterAll, beforeAll, expect, test } from 'bun:test';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { type Chat, eventually, startChat } from '../../testing/panel-bridge.ts';
import { storeKinds, type TestPlace } from '../../testing/stores.ts';

const TOKEN = 'a-token-of-sixteen-characters';

let place: TestPlace;
let chat: Chat;
beforeAll(async () => {
  place = await (storeKinds.at(-1) as (typeof storeKinds)[number]).make();
  chat = await startChat(place, { METRICS_TOKEN: TOKEN });
});
afterAll(async () => {
  await chat?.stop();
  await place?.drop();
});

interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** The exposition format of Prometheus (https://prometheus.io/docs/instrumenting/exposition_formats/), without comments. */
function parse(exposition: string): Sample[] {
  return exposition
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value = ''] = /^([a-z_:][\w:]*)(?:\{(.*)\})? (\S+)$/i.exec(line) ?? [];
      if (!name) throw new Error(`this is no sample: ${line}`);
      return {
        name,
        labels: Object.fromEntries(
          [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, label, text]) => [label, text]),
        ),
        value: Number(value),
      };
    });
}

const ask = (headers: Record<string, string>) => chat.call<string>('/metrics', { token: null, headers });

async function scrape() {
  const { status, body } = await ask({ authorization: `Bearer ${TOKEN}` });
  expect(status).toBe(200);
  const samples = parse(body);
  return {
    samples,
    body,
    sum: (name: string, labels: Record<string, string> = {}) =>
      samples
        .filter((one) => one.name === name)
        .filter((one) => Object.entries(labels).every(([label, text]) => one.labels[label] === text))
        .reduce((total, { value }) => total + value, 0),
  };
}

test('shows metrics to whoever has the token, and to nobody else', async () => {
  expect((await ask({})).status).toBe(401);
  expect((await ask({ authorization: 'Bearer a-token-of-another-operator' })).status).toBe(401);
  expect((await ask({ authorization: `Bearer ${TOKEN}` })).headers.get('content-type')).toContain(
    'text/plain',
  );
});

test('counts what a conversation takes: requests to both clouds, attempts, answers, what Twilio bills', async () => {
  const before = await scrape();
  expect({
    open: before.sum('flexcord_conversations_open', { phase: 'agent' }),
    users: before.sum('flexcord_active_users'),
    ready: before.sum('flexcord_ready'),
    breakers: before.sum('flexcord_breaker_open'),
  }).toEqual({ open: 1, users: 1, ready: 3, breakers: 0 });
  expect(before.sum('flexcord_billed_total', { item: 'conversation' })).toBeGreaterThanOrEqual(1);
  expect(before.sum('flexcord_billed_total', { item: 'interaction' })).toBeGreaterThanOrEqual(1);
  expect(before.sum('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
  const message = { cloud: 'discord', method: 'POST', route: '/channels/:id/messages', status: '200' };
  await chat.agent.send(chat.conversationSid, 'One more.');
  await chat.ada.dm('And one back');
  const done = { kind: 'discord.message', result: 'done' };
  const after = await eventually(scrape, ({ sum }) => {
    const posted = {
      cloud: 'twilio',
      method: 'POST',
      route: '/conversations/v1/Conversations/:id/Messages',
      status: '201',
    };
    return (
      sum('flexcord_attempts_total', done) > before.sum('flexcord_attempts_total', done) &&
      sum('flexcord_cloud_requests_total', message) > before.sum('flexcord_cloud_requests_total', message) &&
      sum('flexcord_cloud_requests_total', posted) > before.sum('flexcord_cloud_requests_total', posted)
    );
  });
  expect(after.sum('flexcord_cloud_request_duration_seconds_count', { cloud: 'discord' })).toBeGreaterThan(
    before.sum('flexcord_cloud_request_duration_seconds_count', { cloud: 'discord' }),
  );
});

test('counts requests to the bridge by the template of their route', async () => {
  const count = async (labels: Record<string, string>) =>
    (await scrape()).sum('flexcord_http_requests_total', labels);
  const member = { method: 'GET', route: '/panel/members/:id', status: '200' };
  const before = await count(member);
  await chat.get(panelRoutes.member(chat.ada.id));
  await eventually(
    () => count(member),
    (now) => now === before + 1,
  );
  await chat.call('/nothing/here', { token: null });
  await eventually(
    () => count({ route: 'none', status: '404' }),
    (now) => now > 0,
  );
  expect(await count({ method: 'POST', route: '/twilio/conversations', status: '200' })).toBeGreaterThan(0);
});

test('no label holds an id, a name or a path as it was asked for', async () => {
  await chat.call(`/panel/members/${chat.ada.id}`, { token: null, method: 'PURGE' });
  const { samples, body } = await scrape();
  for (const told of [chat.ada.id, 'Ada', 'kim', chat.conversationSid, 'PURGE', '/nothing/here'])
    expect(body).not.toContain(told);
  const values = samples.flatMap(({ name, labels }) =>
    name.startsWith('flexcord_') ? Object.values(labels) : [],
  );
  expect(values.filter((value) => /\d{6,}|[0-9a-f]{16,}/i.test(value))).toEqual([]);
});
