import { afterEach, expect, test } from 'bun:test';
import { createHmac } from 'node:crypto';
import { CaseWebhook } from '@flexcord/shared/panel/case-webhook';
import pino from 'pino';
import { as, eventually } from '../../testing/panel-bridge.ts';
import { storeKinds } from '../../testing/stores.ts';
import { createCases } from '../cases/cases.ts';
import { handlersFor } from '../relay/entries.ts';
import { createRelay } from '../relay/relay.ts';
import { parseWebhookUrls } from './address.ts';
import { createWebhooks, webhookDelivery } from './webhooks.ts';

const SECRET = 'a-secret-of-some-length';
const ADA = '100000000000000001';
const KIM = { identity: 'kim', name: 'Kim' };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A receiver that answers as told, oldest answer first, and then with 204. */
function startReceiver() {
  const got: { headers: Headers; body: string }[] = [];
  const answers: Response[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      got.push({ headers: request.headers, body: await request.text() });
      return answers.shift() ?? new Response(null, { status: 204 });
    },
  });
  closing.push(() => server.stop(true));
  return { got, answers, url: `http://127.0.0.1:${server.port}/hook?key=secret` };
}

async function startWebhooks(kind: (typeof storeKinds)[number], url?: string) {
  const place = await kind.make();
  closing.push(() => place.drop());
  const store = await place.open();
  await store.db.insertInto('members').values({ id: ADA, name: 'Ada', created_at: 1, seen_at: 1 }).execute();
  const relay = createRelay({
    store,
    logger: pino({ level: 'silent' }),
    owner: { id: 'test', leaseMs: 10_000 },
    backoff: { first: 1, max: 5 },
    heartbeat: { alive: () => true, stop: async () => {} },
  });
  closing.push(() => relay.stop());
  const receiver = startReceiver();
  const urls = [url ?? receiver.url];
  const webhooks = createWebhooks({ store, relay, urls, secret: SECRET, allowPrivate: false });
  const cases = createCases({ store, tell: async () => {}, changed: () => {}, fields: [] });
  cases.subscribe(webhooks.listener);
  await relay.start(handlersFor([{ webhookDelivery }], webhooks.handlers));
  const open = async () => {
    const draft = {
      title: 'Crash',
      description: '',
      type: 'bug',
      priority: 'high',
      tags: [],
      fields: {},
    } as const;
    const change = await store.transact((tx) =>
      cases.open(tx, { ...draft, tags: [], memberId: ADA, conversationId: null, assignee: null }, KIM),
    );
    if (change.is !== 'done') throw new Error(change.is);
    return change.case.number;
  };
  const settled = (count: number) =>
    eventually(
      () => webhooks.list({}),
      ({ deliveries }) => deliveries.filter(({ status }) => status !== 'pending').length === count,
    );
  return { store, cases, webhooks, receiver, open, settled };
}

for (const kind of storeKinds) {
  test(`${kind.name}: sends the changes of a case signed and in order, and nothing internal`, async () => {
    const { store, cases, receiver, open, settled } = await startWebhooks(kind);
    // The first is taken in the end, and those after it wait for it.
    receiver.answers.push(new Response(null, { status: 500 }), new Response(null, { status: 429 }));
    const number = await open();
    const say = (text: string, visibility: 'public' | 'internal') =>
      store.transact((tx) => cases.comment(tx, number, null, { text, visibility }, KIM));
    await say('for the team', 'internal');
    await store.transact((tx) => cases.transition(tx, number, null, 'elevated', KIM));
    await store.transact((tx) => cases.vote(tx, { id: ADA, name: 'Ada' }, number, true));
    await say('We are on it', 'public');
    await store.transact((tx) => cases.remove(tx, number, null, KIM));
    const { deliveries } = await settled(4);
    const bodies = receiver.got.map(({ body }) => as(CaseWebhook, JSON.parse(body)));
    expect(bodies.map(({ event }) => event)).toEqual([
      ...Array(3).fill('case.created'),
      ...['case.changed', 'case.commented', 'case.deleted'],
    ]);
    expect(new Set(bodies.slice(0, 3).map(({ id }) => id)).size).toBe(1);
    expect(bodies[3]).toMatchObject({
      case: { number, status: 'elevated', memberName: 'Ada', version: 3 },
      actor: { kind: 'agent', name: 'Kim' },
      changes: { status: { before: 'open', after: 'elevated' } },
    });
    expect(bodies[4]?.comment).toBe('We are on it');
    expect(JSON.stringify(bodies)).not.toContain('for the team');
    for (const { headers, body } of receiver.got) {
      const timestamp = headers.get('flexcord-timestamp');
      const expected = createHmac('sha256', SECRET).update(`${timestamp}.${body}`).digest('hex');
      expect(headers.get('flexcord-signature')).toBe(`v1=${expected}`);
      expect(headers.get('flexcord-delivery')).toBe(JSON.parse(body).id);
    }
    expect(deliveries.at(-1)).toMatchObject({ attempts: 3, status: 'delivered', lastStatus: 204 });
    // What may be secret in an address is not shown.
    expect(deliveries[0]?.url).toEndWith('/hook');
  });
}

test('gives up on a refusal or a redirect, lists the delivery, and replays it by hand', async () => {
  const kind = storeKinds[0];
  if (!kind) throw new Error('there is no store');
  const { webhooks, receiver, open, settled } = await startWebhooks(kind);
  receiver.answers.push(Response.redirect('http://127.0.0.1:1/', 302), new Response(null, { status: 401 }));
  await open();
  await open();
  const { deliveries } = await settled(2);
  expect(deliveries.map(({ status, lastStatus, attempts }) => [status, lastStatus, attempts]).sort()).toEqual(
    [
      ['failed', 302, 1],
      ['failed', 401, 1],
    ],
  );
  const { id } = deliveries[0] as { id: string };
  expect(await webhooks.replay('none')).toEqual({ is: 'missing' });
  expect(await webhooks.replay(id)).toMatchObject({ is: 'done', delivery: { id, status: 'pending' } });
  await settled(2);
  expect((await webhooks.list({ status: 'delivered' })).deliveries).toMatchObject([{ id, attempts: 2 }]);
  expect(receiver.got.at(-1)?.headers.get('flexcord-delivery')).toBe(id);
  await webhooks.forget(Date.now() + 1);
  expect((await webhooks.list({})).deliveries).toEqual([]);
});

test('gives up on an address in a private network and records why', async () => {
  const kind = storeKinds[0];
  if (!kind) throw new Error('there is no store');
  const { open, settled } = await startWebhooks(kind, 'https://169.254.169.254/hook');
  await open();
  const { deliveries } = await settled(1);
  expect(deliveries).toMatchObject([
    {
      status: 'failed',
      attempts: 1,
      lastStatus: null,
      lastError:
        '169.254.169.254 is an address of this machine or of a private network; CASE_WEBHOOK_PRIVATE=allow would permit it',
    },
  ]);
});

test('accepts https addresses and http ones of this machine, each once', () => {
  expect(parseWebhookUrls('https://example.com/a, http://localhost:9/b')).toEqual([
    'https://example.com/a',
    'http://localhost:9/b',
  ]);
  for (const bad of ['http://example.com', 'ftp://example.com', 'x', 'https://a.example,https://a.example'])
    expect(parseWebhookUrls(bad)).toBeUndefined();
});
