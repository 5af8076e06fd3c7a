import { afterEach, expect, test } from 'bun:test';
import { openConversation, openInteraction, start, stopAll } from '../testing.ts';

afterEach(stopAll);

test('an agent sends a file, edits a message and removes it', async () => {
  const { twilio, hooks } = await start();
  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
  const conversationSid = await openConversation(twilio, hooks.url);
  await openInteraction(twilio, conversationSid);
  await kim.accept(await kim.waitForReservation());
  const media = { filename: 'a.txt', contentType: 'text/plain', bytes: new TextEncoder().encode('hello') };
  const sent = kim.send(conversationSid, '', { media });
  const { fields } = await hooks.next((hook) => hook.fields.MessageSid === sent.sid);
  expect(fields).toMatchObject({ Source: 'SDK', Author: 'kim' });
  expect(fields).not.toHaveProperty('Body');
  const edited = kim.edit(kim.send(conversationSid, 'tpyo'), 'typo');
  expect((await hooks.next((hook) => hook.fields.EventType === 'onMessageUpdated')).fields.Body).toBe('typo');
  kim.remove(edited);
  const removed = await hooks.next((hook) => hook.fields.EventType === 'onMessageRemoved');
  expect(removed.fields.MessageSid).toBe(edited.sid);
});

test('an invalid action of an agent throws', async () => {
  const { twilio, hooks } = await start();
  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim', capacity: 1 });
  const lee = twilio.createAgent({ identity: 'lee', fullName: 'Lee', available: false });
  const conversationSid = await openConversation(twilio, hooks.url);
  await openInteraction(twilio, conversationSid);
  const offer = await kim.waitForReservation();
  expect(() => kim.send(conversationSid, 'too early')).toThrow('kim is not in');
  await expect(lee.accept(offer)).rejects.toThrow('is not an offer to lee');
  const task = await kim.accept(offer);
  await expect(kim.accept(offer)).rejects.toThrow('accepted');

  // Beyond her capacity a task waits until the first one is completed.
  const other = await openConversation(twilio, hooks.url, 'discord_2');
  await openInteraction(twilio, other);
  await twilio.waitFor(
    () => twilio.tasks().find((view) => view.conversationSid === other)?.channelStatus === 'active',
  );
  expect(kim.reservations()).toHaveLength(1);
  kim.complete(task);
  expect((await kim.waitForReservation()).task.conversationSid).toBe(other);
  expect(() => kim.send(conversationSid, 'too late')).toThrow('closed');
});

test('a wait that times out names what it waited for', async () => {
  const { twilio } = await start();
  const kim = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
  await expect(kim.waitForReservation(undefined, { timeoutMs: 5 })).rejects.toThrow('an offer to kim');
});
