import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { closeScenes, openScene, type Scene } from './scene.ts';

afterAll(closeScenes);

describe('with Studio', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene();
  });

  test('joining and leaving are told once, however often and in whatever order the webhooks come', async () => {
    const member = scene.newMember('Bo');
    const repair = scene.faults.add({
      on: 'webhook',
      match: /onParticipant/,
      effect: { kind: 'duplicate', extra: 3 },
    });
    const { conversationSid, task } = await scene.meet(member);
    const leo = scene.twilio.createAgent({ identity: 'leo', fullName: 'Leo' });
    scene.kim.transfer(task, leo);
    const offered = await leo.waitForReservation(undefined, { timeoutMs: 10_000 });
    await leo.accept(offered);
    // He takes no other member's task.
    leo.setAvailable(false);
    await scene.hears('Leo joined the chat.', member);
    leo.send(conversationSid, 'my turn');
    await scene.hears('my turn', member);
    await scene.twilio.webhooksSettled();
    repair();
    const notes = scene.heard(member).filter((text) => /joined|left/.test(text));
    expect(notes).toHaveLength(3);
    expect(new Set(notes).size).toBe(3);
  });

  test('everybody left: the next word brings a new task on the same conversation, and the member knows', async () => {
    const member = scene.newMember('Cleo');
    const { conversationSid, task } = await scene.meet(member);
    scene.kim.leave(task);
    await scene.hears('Kim left the chat.', member);
    member.dm('hello?');
    const again = await scene.kim.waitForReservation(undefined, { timeoutMs: 10_000 });
    expect(again.task.conversationSid).toBe(conversationSid);
    await scene.kim.accept(again);
    await scene.hears('Kim joined', member, { count: 2, timeoutMs: 10_000 });
    expect(scene.heard(member).filter((text) => text.includes('Kim joined'))).toHaveLength(2);
  });

  test('the agent reads in the summary how the member sounded when they asked for a person', async () => {
    const member = scene.newMember('Finn');
    member.dm('this is useless, I want to talk to a person!!');
    const { task } = await scene.kim.waitForReservation(
      (offer) => offer.task.attributes.customerName === 'Finn',
      { timeoutMs: 15_000 },
    );
    const [note] = await scene.reads(task.conversationSid ?? '', (body) => body.startsWith('Summary'), 1);
    expect(note).toContain('Mood: upset');
  });

  test('closed direct messages are answered where the command was used', async () => {
    const member = scene.newMember('Dan');
    member.closeDms();
    const view = member.slash('helpme', {}, { guild: scene.guild });
    await view.waitFor(() => view.response?.content.includes('direct messages are closed') ?? false, {
      timeoutMs: 10_000,
    });
  });

  test('an agent is told what did not reach the member, and why', async () => {
    const member = scene.newMember('Eve');
    const { conversationSid } = await scene.meet(member);
    member.closeDms();
    scene.kim.send(conversationSid, 'can you read me?');
    await scene.reads(conversationSid, (body) => body.includes('does not accept direct messages'), 1);
    member.openDms();
    scene.guild.leave(member);
    scene.kim.send(conversationSid, 'are you still there?');
    await scene.reads(conversationSid, (body) => body.includes('has left the server'), 1);
  });
});

test('Studio never asks: the bridge answers and hands over by itself, once', async () => {
  const scene = await openScene({ env: { STUDIO_DEADLINE_MS: '1000', KNOWLEDGE_SAMPLE: 'true' } });
  scene.twilio.attachStudio({ onMessageAdded() {} });
  scene.ada.dm('I forgot my password');
  await scene.hears('Reset a forgotten password');
  scene.ada.dm('talk to a person please');
  const offered = await scene.kim.waitForReservation(undefined, { timeoutMs: 10_000 });
  await scene.kim.accept(offered);
  await scene.hears('Kim joined the chat.');
  expect(scene.twilio.tasks()).toHaveLength(1);
});
