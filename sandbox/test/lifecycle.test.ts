import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

afterAll(closeHarnesses);

describe('with Studio', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });

  test('joining and leaving are told once, however often and in whatever order the webhooks come', async () => {
    const member = harness.newMember('Bo');
    const repair = harness.faults.add({
      on: 'webhook',
      match: /onParticipant/,
      effect: { kind: 'duplicate', extra: 3 },
    });
    const { conversationSid, task } = await harness.meet(member);
    const leo = harness.twilio.createAgent({ identity: 'leo', fullName: 'Leo' });
    harness.kim.transfer(task, leo);
    const offered = await leo.waitForReservation(undefined, { timeoutMs: 10_000 });
    await leo.accept(offered);
    // He takes no other member's task.
    leo.setAvailable(false);
    await harness.hears('Leo joined the chat.', member);
    leo.send(conversationSid, 'my turn');
    await harness.hears('my turn', member);
    await harness.twilio.webhooksSettled();
    repair();
    const notes = harness.heard(member).filter((text) => /joined|left/.test(text));
    expect(notes).toHaveLength(3);
    expect(new Set(notes).size).toBe(3);
  });

  test('everybody left: the next word brings a new task on the same conversation, and the member knows', async () => {
    const member = harness.newMember('Cleo');
    const { conversationSid, task } = await harness.meet(member);
    harness.kim.leave(task);
    await harness.hears('Kim left the chat.', member);
    member.dm('hello?');
    const again = await harness.kim.waitForReservation(undefined, { timeoutMs: 10_000 });
    expect(again.task.conversationSid).toBe(conversationSid);
    await harness.kim.accept(again);
    await harness.hears('Kim joined', member, { count: 2, timeoutMs: 10_000 });
    expect(harness.heard(member).filter((text) => text.includes('Kim joined'))).toHaveLength(2);
  });

  test('the agent reads in the summary how the member sounded when they asked for a person', async () => {
    const member = harness.newMember('Finn');
    member.dm('this is useless, I want to talk to a person!!');
    const { task } = await harness.kim.waitForReservation(
      (offer) => offer.task.attributes.customerName === 'Finn',
      { timeoutMs: 15_000 },
    );
    const [note] = await harness.reads(task.conversationSid ?? '', (body) => body.startsWith('Summary'), 1);
    expect(note).toContain('Mood: upset');
  });

  test('closed direct messages are answered where the command was used', async () => {
    const member = harness.newMember('Dan');
    member.closeDms();
    const view = member.slash('helpme', {}, { guild: harness.guild });
    await view.waitFor(() => view.response?.content.includes('direct messages are closed') ?? false, {
      timeoutMs: 10_000,
    });
  });

  test('an agent is told what did not reach the member, and why', async () => {
    const member = harness.newMember('Eve');
    const { conversationSid } = await harness.meet(member);
    member.closeDms();
    harness.kim.send(conversationSid, 'can you read me?');
    await harness.reads(conversationSid, (body) => body.includes('does not accept direct messages'), 1);
    member.openDms();
    harness.guild.leave(member);
    harness.kim.send(conversationSid, 'are you still there?');
    await harness.reads(conversationSid, (body) => body.includes('has left the server'), 1);
  });
});

test('Studio never asks: the bridge answers and hands over by itself, once', async () => {
  const harness = await startHarness({ env: { STUDIO_DEADLINE_MS: '1000', KNOWLEDGE_SAMPLE: 'true' } });
  harness.twilio.attachStudio({ onMessageAdded() {} });
  harness.ada.dm('I forgot my password');
  await harness.hears('Reset a forgotten password');
  harness.ada.dm('talk to a person please');
  const offered = await harness.kim.waitForReservation(undefined, { timeoutMs: 10_000 });
  await harness.kim.accept(offered);
  await harness.hears('Kim joined the chat.');
  expect(harness.twilio.tasks()).toHaveLength(1);
});
