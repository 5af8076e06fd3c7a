import { afterEach, expect, test } from 'bun:test';
import twilioSdk from 'twilio';
import { startTwilio, type Twilio, type TwilioOptions } from './index.ts';
import { receiveWebhooks, sandboxAddress, sdkFor } from './testing.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function start(options?: TwilioOptions) {
  const twilio = await startTwilio(options);
  const hooks = receiveWebhooks();
  stops.push(twilio.stop, hooks.stop);
  return { twilio, hooks, sdk: sdkFor(twilio) };
}

/** A member's conversation with a relay webhook, waiting for an agent. */
async function openConversation(twilio: Twilio, hookUrl: string, member = 'discord_1') {
  const sdk = sdkFor(twilio);
  const conversation = await sdk.conversations.v1.conversationWithParticipants.create({
    friendlyName: 'Ada',
    participant: [JSON.stringify({ identity: member })],
  });
  await sdk.conversations.v1.conversations(conversation.sid).webhooks.create({
    target: 'webhook',
    'configuration.url': hookUrl,
    'configuration.method': 'post',
    'configuration.filters': [
      'onMessageAdded',
      'onMessageUpdated',
      'onMessageRemoved',
      'onConversationStateUpdated',
    ],
  });
  await sdk.conversations.v1
    .conversations(conversation.sid)
    .messages.create({ author: member, body: 'Hello', xTwilioWebhookEnabled: 'true' });
  return conversation.sid;
}

async function openInteraction(twilio: Twilio, conversationSid: string) {
  return sdkFor(twilio).flexApi.v1.interaction.create({
    channel: { type: 'web', initiated_by: 'customer', properties: { media_channel_sid: conversationSid } },
    routing: {
      properties: {
        workspace_sid: twilio.workspaceSid,
        workflow_sid: twilio.workflowSid,
        task_channel_unique_name: 'chat',
        attributes: { from: 'Ada', customerName: 'Ada', customerAddress: 'discord_1' },
      },
    },
  });
}

async function registerInteractionWebhook(twilio: Twilio, url: string) {
  const form = new URLSearchParams({ WebhookUrl: url, WebhookMethod: 'POST', Type: 'global' });
  const events = [
    'onInteractionCreated',
    'onChannelCreated',
    'onChannelCreateFailed',
    'onChannelStatusUpdated',
  ];
  for (const event of [...events, 'onParticipantJoined', 'onParticipantLeft'])
    form.append('WebhookEvents', event);
  const address = `https://flex-api.twilio.com/v1/Instances/${twilio.flexInstanceSid}/InteractionWebhooks`;
  const response = await fetch(sandboxAddress(address, twilio.url), {
    method: 'POST',
    body: form,
    headers: { authorization: `Basic ${btoa(`${twilio.accountSid}:${twilio.authToken}`)}` },
  });
  expect(response.status).toBe(201);
}

test('a member writes, an agent accepts and answers, and the signed answer arrives', async () => {
  const { twilio, hooks } = await start();
  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
  await registerInteractionWebhook(twilio, `${hooks.url}/flex`);
  const url = `${hooks.url}/relay?of=discord_1`;
  const conversationSid = await openConversation(twilio, url);
  const interaction = await openInteraction(twilio, conversationSid);
  expect(interaction.channel).toMatchObject({ type: 'web' });

  const offer = await kim.waitForReservation();
  expect(offer.task.attributes).toMatchObject({
    conversationSid,
    flexInteractionSid: interaction.sid,
    channelType: 'web',
    direction: 'inbound',
    customers: { name: 'Ada', phone: null, email: null },
  });
  await kim.accept(offer);
  const joined = await hooks.next(
    ({ fields }) => fields.EventType === 'onParticipantJoined' && fields.ParticipantType === 'agent',
  );
  expect(joined.fields).toMatchObject({ TaskSid: offer.task.sid, MediaChannelSid: conversationSid });

  expect(kim.transcript(conversationSid).map(({ body }) => body)).toEqual(['Hello']);
  kim.send(conversationSid, 'Good day — how can I help?');
  const answer = await hooks.next(({ fields }) => fields.Author === 'kim');
  expect(answer.fields).toMatchObject({
    EventType: 'onMessageAdded',
    Source: 'SDK',
    ClientIdentity: 'kim',
    ConversationSid: conversationSid,
    Body: 'Good day — how can I help?',
    RetryCount: '0',
    Index: '1',
  });
  expect(twilioSdk.validateRequest(twilio.authToken, answer.signature, url, answer.fields)).toBe(true);
  expect(twilioSdk.validateRequest('another token', answer.signature, url, answer.fields)).toBe(false);
});
