import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

afterAll(closeHarnesses);

describe('with Studio', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });

  test('announces each join and leave once when webhooks are duplicated and reordered', async () => {
    const member = harness.newMember('Bo');
    const repair = harness.faults.add({
      on: 'webhook',
      match: /onParticipant/,
      effect: { kind: 'duplicate', extra: 3 },
    });
    const { conversationSid, task } = await harness.startChatWithAgent(member);
    const leo = harness.twilio.createAgent({ identity: 'leo', fullName: 'Leo' });
    harness.kim.transfer(task, leo);
    const offered = await leo.waitForReservation();
    await leo.accept(offered);
    // So that the tasks of the following tests go to Kim.
    leo.setAvailable(false);
    await harness.waitForBotMessage('Leo joined the chat.', member);
    leo.send(conversationSid, 'my turn');
    await harness.waitForBotMessage('my turn', member);
    await harness.twilio.webhooksSettled();
    repair();
    const notes = harness.botMessages(member).filter((text) => /joined|left/.test(text));
    expect(notes).toHaveLength(3);
    expect(new Set(notes).size).toBe(3);
  });

  test('creates a new task on the same conversation when the member writes after every agent left', async () => {
    const member = harness.newMember('Cleo');
    const { conversationSid, task } = await harness.startChatWithAgent(member);
    harness.kim.leave(task);
    await harness.waitForBotMessage('Kim left the chat.', member);
    member.dm('hello?');
    const again = await harness.kim.waitForReservation(({ task }) => task.attributes.customerName === 'Cleo');
    expect(again.task.conversationSid).toBe(conversationSid);
    await harness.kim.accept(again);
    await harness.waitForBotMessage('Kim joined', member, { count: 2 });
    expect(harness.botMessages(member).filter((text) => text.includes('Kim joined'))).toHaveLength(2);
  });

  test('the summary for the agent states the member’s mood', async () => {
    const member = harness.newMember('Finn');
    member.dm('this is useless, I want to talk to a person!!');
    const { task } = await harness.kim.waitForReservation(
      (offer) => offer.task.attributes.customerName === 'Finn',
    );
    const [note] = await harness.waitForTranscript(task.conversationSid ?? '', (body) =>
      body.startsWith('Summary'),
    );
    expect(note).toContain('Mood: upset');
  });

  test('answers /helpme in the channel when direct messages are closed', async () => {
    const member = harness.newMember('Dan');
    member.closeDms();
    const view = member.slash('helpme', {}, { guild: harness.guild });
    await view.waitFor(() => view.response?.content.includes('direct messages are closed') ?? false);
  });

  test('tells the agent why a message did not reach the member', async () => {
    const member = harness.newMember('Eve');
    const { conversationSid } = await harness.startChatWithAgent(member);
    member.closeDms();
    harness.kim.send(conversationSid, 'can you read me?');
    await harness.waitForTranscript(conversationSid, (body) =>
      body.includes('does not accept direct messages'),
    );
    member.openDms();
    harness.guild.leave(member);
    harness.kim.send(conversationSid, 'are you still there?');
    await harness.waitForTranscript(conversationSid, (body) => body.includes('has left the server'));
  });
});

test('answers and hands over once by itself when Studio never calls', async () => {
  const harness = await startHarness({ env: { STUDIO_DEADLINE_MS: '1000', KNOWLEDGE_SAMPLE: 'true' } });
  harness.twilio.attachStudio({ onMessageAdded() {} });
  harness.ada.dm('I forgot my password');
  await harness.waitForBotMessage('Reset a forgotten password');
  harness.ada.dm('talk to a person please');
  const offered = await harness.kim.waitForReservation();
  await harness.kim.accept(offered);
  await harness.waitForBotMessage('Kim joined the chat.');
  expect(harness.twilio.tasks()).toHaveLength(1);
});
