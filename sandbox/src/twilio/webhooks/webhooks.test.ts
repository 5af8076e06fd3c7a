import { afterEach, expect, test } from 'bun:test';
import twilioSdk from 'twilio';
import { Faults } from '../../core/faults.ts';
import type { MessageAddedEvent, Twilio } from '../index.ts';
import { receiveWebhooks, sdkFor, start, stopAll } from '../testing.ts';

afterEach(stopAll);

async function conversationWith(twilio: Twilio, url: string, more: object = {}) {
  const sdk = sdkFor(twilio);
  const { sid } = await sdk.conversations.v1.conversationWithParticipants.create({
    participant: [JSON.stringify({ identity: 'ada' })],
  });
  const conversation = sdk.conversations.v1.conversations(sid);
  await conversation.webhooks.create({
    target: 'webhook',
    'configuration.url': url,
    'configuration.filters': ['onMessageAdded', 'onMessageUpdated', 'onMessageRemoved', 'onParticipantAdded'],
    ...more,
  });
  return conversation;
}

test('REST writes fire webhooks only with the header, each with its fields and a valid signature', async () => {
  const { twilio, hooks } = await start();
  const url = `${hooks.url}/hook?a=1&b=%20c`;
  const conversation = await conversationWith(twilio, url);
  const loud = { xTwilioWebhookEnabled: 'true' } as const;
  await conversation.messages.create({ author: 'ada', body: 'silent' });
  const { sid } = await conversation.messages.create({
    author: 'ada',
    body: 'Grüße 🎉',
    attributes: '{"a":1}',
    ...loud,
  });
  await conversation.messages(sid).update({ body: 'changed', ...loud });
  await conversation.messages(sid).remove(loud);
  await conversation.participants.create({ identity: 'bob', ...loud });
  await twilio.webhooksSettled();
  const byEvent = Object.fromEntries(hooks.received.map(({ fields }) => [fields.EventType, fields]));
  expect(hooks.received).toHaveLength(4);
  expect(byEvent.onMessageAdded).toMatchObject({
    Source: 'API',
    Body: 'Grüße 🎉',
    Author: 'ada',
    Index: '1',
    Attributes: '{"a":1}',
    MessageSid: sid,
    AccountSid: twilio.accountSid,
  });
  expect(byEvent.onMessageAdded).not.toHaveProperty('ClientIdentity');
  expect(byEvent.onMessageUpdated?.Body).toBe('changed');
  expect(byEvent.onMessageRemoved).toHaveProperty('DateRemoved');
  expect(byEvent.onParticipantAdded?.Identity).toBe('bob');
  for (const { signature, fields } of hooks.received) {
    expect(twilioSdk.validateRequest(twilio.authToken, signature, url, fields)).toBe(true);
  }
});

test('a GET webhook has its signed fields in the query', async () => {
  const { twilio, hooks } = await start();
  const conversation = await conversationWith(twilio, `${hooks.url}/get`, { 'configuration.method': 'get' });
  await conversation.messages.create({ author: 'ada', body: 'hi', xTwilioWebhookEnabled: 'true' });
  const { url, signature } = await hooks.next(({ path }) => path === '/get');
  expect(new URL(url).searchParams.get('Body')).toBe('hi');
  expect(twilioSdk.validateRequest(twilio.authToken, signature, url, {})).toBe(true);
});

test('the account webhook fires for its filters, triggers for their words, and a new webhook replays messages', async () => {
  const { twilio, hooks, sdk } = await start();
  await sdk.conversations.v1.configuration.webhooks().update({
    postWebhookUrl: `${hooks.url}/account`,
    filters: ['onConversationAdded'],
  });
  await sdk.conversations.v1.conversations.create({ friendlyName: 'one', xTwilioWebhookEnabled: 'true' });
  expect((await hooks.next(({ path }) => path === '/account')).fields.FriendlyName).toBe('one');

  const conversation = await conversationWith(twilio, `${hooks.url}/trigger`, {
    target: 'trigger',
    'configuration.triggers': ['agent'],
    'configuration.filters': ['onMessageAdded'],
  });
  for (const body of ['hello', 'an Agent, please']) {
    await conversation.messages.create({ author: 'ada', body, xTwilioWebhookEnabled: 'true' });
  }
  await conversation.webhooks.create({
    target: 'webhook',
    'configuration.url': `${hooks.url}/replay`,
    'configuration.filters': ['onMessageAdded'],
    'configuration.replayAfter': 0,
  });
  await twilio.webhooksSettled();
  const bodies = (path: string) =>
    hooks.received.filter((hook) => hook.path === path).map(({ fields }) => fields.Body);
  expect(bodies('/trigger')).toEqual(['an Agent, please']);
  expect(bodies('/replay')).toEqual(['an Agent, please']);
});

test('webhooks can be dropped, duplicated, delayed and, if enabled, retried', async () => {
  const faults = new Faults();
  const { twilio } = await start({
    faults,
    limits: { webhookTries: 3, webhookRetryDelayMs: 1 },
  });
  let refusals = 1;
  const hooks = receiveWebhooks(() => new Response('', { status: refusals-- > 0 ? 503 : 200 }));
  const conversation = await conversationWith(twilio, hooks.url);
  const send = (body: string) =>
    conversation.messages.create({ author: 'ada', body, xTwilioWebhookEnabled: 'true' });
  const seen = () => hooks.received.splice(0).map(({ fields }) => `${fields.Body} ${fields.RetryCount}`);

  await send('retried');
  await twilio.webhooksSettled();
  expect(seen()).toEqual(['retried 0', 'retried 1']);

  faults.add({ on: 'webhook', match: /onMessageAdded/, effect: { kind: 'drop' }, times: 1 });
  await send('dropped');
  faults.add({ on: 'webhook', effect: { kind: 'duplicate', extra: 1 }, times: 1 });
  await send('doubled');
  faults.add({ on: 'webhook', effect: { kind: 'delay', ms: 1_000 }, times: 1 });
  await send('first');
  await send('second');
  await twilio.webhooksSettled();
  expect(seen()).toEqual(['doubled 0', 'doubled 0', 'second 0', 'first 0']);
  hooks.stop();
});

test('a Studio webhook reaches the attached engine, whose own messages and hand-off fire no webhooks', async () => {
  const { twilio, hooks, sdk } = await start();
  const heard: MessageAddedEvent[] = [];
  twilio.attachStudio({ onMessageAdded: (event) => heard.push(event) });
  const conversation = await conversationWith(twilio, hooks.url);
  const { sid } = await conversation.fetch();
  const flowSid = `FW${'0'.repeat(32)}`;
  await conversation.webhooks.create({ target: 'studio', 'configuration.flowSid': flowSid });
  await conversation.messages.create({ author: 'ada', body: 'unheard' });
  await conversation.messages.create({ author: 'ada', body: 'agent', xTwilioWebhookEnabled: 'true' });
  expect(heard).toMatchObject([{ flowSid, conversationSid: sid, body: 'agent', author: 'ada' }]);

  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
  await twilio.studio.sendMessage({ conversationSid: sid, body: 'One moment', from: 'bot' });
  const sent = await twilio.studio.sendToFlex({
    conversationSid: sid,
    workflowSid: twilio.workflowSid,
    channelSid: twilio.taskChannelSid('chat'),
    attributes: { from: 'Ada' },
    priority: 1,
    timeout: 3600,
  });
  const offer = await kim.waitForReservation();
  expect(offer.task).toMatchObject({
    sid: sent.routing.properties.sid,
    attributes: { from: 'Ada', customerAddress: 'ada', channelType: 'web' },
  });
  expect((await sdk.conversations.v1.conversations(sid).webhooks.list()).map(({ target }) => target)).toEqual(
    ['webhook'],
  );
  await twilio.webhooksSettled();
  expect(hooks.received.map(({ fields }) => fields.Body)).toEqual(['agent']);
});
