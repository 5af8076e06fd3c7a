import { afterEach, expect, test } from 'bun:test';
import fc from 'fast-check';
import { manualClock } from '../clock.ts';
import { openConversation, sdkFor, start, stopAll } from '../testing.ts';

afterEach(stopAll);

test('a conversation and its participants are found by UniqueName, under the account and under its service', async () => {
  const { twilio, sdk } = await start();
  const { sid } = await sdk.conversations.v1.conversationWithParticipants.create({
    uniqueName: 'discord_1',
    participant: [JSON.stringify({ identity: 'ada' }), JSON.stringify({ identity: 'bob' })],
  });
  expect((await sdk.conversations.v1.conversations('discord_1').fetch()).sid).toBe(sid);
  const service = sdk.conversations.v1.services(twilio.serviceSid);
  const participants = await service.conversations('discord_1').participants.list();
  expect(participants.map(({ identity }) => identity)).toEqual(['ada', 'bob']);
  const [found] = await sdk.conversations.v1.participantConversations.list({ identity: 'ada' });
  expect(found).toMatchObject({ conversationSid: sid, conversationState: 'active' });
  expect(await sdk.conversations.v1.users('ada').fetch()).toMatchObject({
    identity: 'ada',
    friendlyName: 'ada',
  });

  await expect(sdk.conversations.v1.conversations.create({ uniqueName: 'discord_1' })).rejects.toMatchObject({
    status: 409,
  });
  expect(
    sdk.conversations.v1.conversations(sid).participants.create({ identity: 'ada' }),
  ).rejects.toMatchObject({
    status: 409,
    code: 50433,
  });
  await sdk.conversations.v1.conversations(sid).remove();
  await expect(sdk.conversations.v1.conversations(sid).fetch()).rejects.toMatchObject({
    status: 404,
    code: 20404,
  });
  expect(await sdk.conversations.v1.participantConversations.list({ identity: 'ada' })).toEqual([]);
});

test('the SDK pages through messages in either order, whatever the page size, also with gaps in the index', async () => {
  const { sdk } = await start({
    variants: { indexGaps: true },
    limits: { mutationsPerSecond: Number.POSITIVE_INFINITY },
  });
  const { sid } = await sdk.conversations.v1.conversations.create();
  const { messages } = sdk.conversations.v1.conversations(sid);
  const sent = Array.from({ length: 23 }, (_, number) => `message ${number}`);
  for (const body of sent) await messages.create({ body });
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 30 }),
      fc.constantFrom('asc', 'desc'),
      async (pageSize, order) => {
        const read = await messages.list({ pageSize, order: order as 'asc' });
        const bodies = read.map(({ body }) => body);
        expect(order === 'asc' ? bodies : bodies.toReversed()).toEqual(sent);
        const indexes = read.map(({ index }) => (order === 'asc' ? index : -index));
        expect(indexes).toEqual(indexes.toSorted((a, b) => a - b));
        expect(new Set(indexes).size).toBe(sent.length);
      },
    ),
    { numRuns: 10 },
  );
});

test('requests beyond Twilio’s limits are refused', async () => {
  const { sdk, hooks } = await start();
  const { sid } = await sdk.conversations.v1.conversations.create();
  const conversation = sdk.conversations.v1.conversations(sid);
  const refused = (work: Promise<unknown>, expected: object) => expect(work).rejects.toMatchObject(expected);
  const big = (kilobytes: number) => JSON.stringify({ big: 'x'.repeat(kilobytes * 1024) });

  await refused(conversation.messages.create({ body: 'é'.repeat(16 * 1024 + 1) }), { status: 400 });
  await refused(conversation.messages.create({ body: 'a', attributes: big(4) }), { status: 400 });
  await refused(conversation.messages.create({ body: 'a', attributes: 'no JSON' }), { status: 400 });
  await refused(conversation.messages.create({ author: 'ada' }), { status: 400 });
  await refused(conversation.participants.create({ identity: 'ada', attributes: big(4) }), { status: 400 });
  await refused(conversation.update({ attributes: big(16) }), { status: 400 });
  await refused(conversation.update({ 'timers.inactive': 'PT59S' }), { status: 400 });
  await refused(conversation.update({ 'timers.closed': 'PT9M' }), { status: 400 });
  await conversation.messages.create({ body: 'é'.repeat(16 * 1024) });

  const webhook = {
    target: 'webhook' as const,
    'configuration.url': hooks.url,
    'configuration.filters': ['onMessageAdded'],
  };
  for (let number = 0; number < 5; number++) await conversation.webhooks.create(webhook);
  await refused(conversation.webhooks.create(webhook), { code: 50361 });
  const [first] = await conversation.webhooks.list();
  await conversation.webhooks(first?.sid ?? '').remove();
  await refused(conversation.webhooks.create({ ...webhook, 'configuration.filters': ['onNothing'] }), {
    status: 400,
  });
});

test('writes beyond the rate of one conversation answer 429 and do not affect others', async () => {
  const { sdk } = await start({ limits: { mutationsPerSecond: 3, rateWindowMs: 60_000 } });
  const [one, other] = [
    await sdk.conversations.v1.conversations.create(),
    await sdk.conversations.v1.conversations.create(),
  ];
  const write = (sid: string) => sdk.conversations.v1.conversations(sid).messages.create({ body: 'x' });
  const outcomes = await Promise.allSettled([write(one.sid), write(one.sid), write(one.sid), write(one.sid)]);
  const refusals = outcomes.filter(({ status }) => status === 'rejected');
  expect(refusals).toHaveLength(1);
  expect(refusals[0]).toMatchObject({ reason: { status: 429, code: 20429 } });
  await write(other.sid);
  expect(await sdk.conversations.v1.conversations(one.sid).messages.list()).toHaveLength(3);
});

test('timers set a conversation inactive and close it, a message activates it, and closed is final', async () => {
  const clock = manualClock();
  const { twilio, hooks, sdk } = await start({ clock });
  const sid = await openConversation(twilio, hooks.url);
  const conversation = sdk.conversations.v1.conversations(sid);
  await conversation.update({ 'timers.inactive': 'PT1M', 'timers.closed': 'PT10M' });
  clock.advance(60_000);
  expect((await conversation.fetch()).state).toBe('inactive');
  await conversation.messages.create({ author: 'discord_1', body: 'Still there?' });
  expect((await conversation.fetch()).state).toBe('active');
  clock.advance(11 * 60_000);
  const closed = await hooks.next(({ fields }) => fields.StateTo === 'closed');
  expect(closed.fields).toMatchObject({
    EventType: 'onConversationStateUpdated',
    StateFrom: 'inactive',
    Reason: 'TIMER',
  });
  for (const work of [
    () => conversation.messages.create({ body: 'late' }),
    () => conversation.update({ state: 'active' }),
    () => conversation.participants.create({ identity: 'late' }),
  ]) {
    await expect(work()).rejects.toMatchObject({ status: 400 });
  }
});

test('requests without valid credentials are refused; the auth token and an API key are accepted', async () => {
  const { twilio, sdk } = await start();
  await expect(
    sdkFor(twilio, { authToken: 'wrong' }).conversations.v1.conversations.list(),
  ).rejects.toMatchObject({
    status: 401,
    code: 20003,
  });
  const response = await fetch(`${twilio.url}/api/2010-04-01/Accounts/${twilio.accountSid}.json`, {
    headers: { authorization: `Basic ${btoa(`${twilio.apiKey}:${twilio.apiSecret}`)}` },
  });
  expect(await response.json()).toMatchObject({ sid: twilio.accountSid, status: 'active' });
  expect((await sdk.api.v2010.accounts(twilio.accountSid).fetch()).status).toBe('active');
  expect(twilio.requests.map(({ status }) => status)).toEqual([401, 200, 200]);
});
