import { afterEach, expect, test } from 'bun:test';
import twilioSdk from 'twilio';
import { openConversation, openInteraction, registerInteractionWebhook, start, stopAll } from './testing.ts';

afterEach(stopAll);

test('a member’s message reaches an agent, whose reply is delivered as a signed webhook', async () => {
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
