import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import { numbered, read, told } from './numbered.ts';
import { closeScenes, openScene, type Scene } from './scene.ts';

afterAll(closeScenes);

describe('webhooks', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene({ env: { CHECK_QUIET_MS: '1000' } });
  });
  afterEach(() => scene.faults.clear());

  test('are lost, doubled and overtaken: the member reads every reply once and in order', async () => {
    const member = scene.newMember('Bo');
    const { conversationSid } = await scene.meet(member);
    const on = { on: 'webhook', match: /onMessageAdded/, rate: 0.3 } as const;
    scene.faults.add({ ...on, effect: { kind: 'drop' } });
    scene.faults.add({ ...on, effect: { kind: 'duplicate', extra: 2 } });
    scene.faults.add({ ...on, effect: { kind: 'delay', ms: 40 } });
    for (const text of numbered('reply', 40)) scene.kim.send(conversationSid, text);
    await scene.twilio.webhooksSettled();
    await scene.hears('reply 39', member);
    expect(told(scene, 'reply', member)).toEqual(numbered('reply', 40));
  });

  test('the last one is lost: the bridge notices the silence by itself', async () => {
    const member = scene.newMember('Cleo');
    const { conversationSid, task } = await scene.meet(member);
    scene.faults.add({ on: 'webhook', effect: { kind: 'drop' } });
    scene.kim.send(conversationSid, 'are you there?');
    await scene.hears('are you there?', member);
    scene.kim.complete(task);
    await scene.hears('This chat has ended', member);
  });
});

describe('requests and the gateway', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene();
  });
  afterEach(() => scene.faults.clear());

  test('both clouds fail in every way at once: each message and each reply arrives once and in order', async () => {
    const [bo, cleo] = [scene.newMember('Bo'), scene.newMember('Cleo')];
    // Two at once: in a single lane one message may meet most of the faults, and each makes it wait twice as long.
    const chats = [
      { member: bo, ...(await scene.meet(bo)) },
      { member: cleo, ...(await scene.meet(cleo)) },
    ];
    for (const [match, status] of [
      [/conversations\/v1\/.*\/Messages/, 503],
      [/channels\/\d+\/messages/, 500],
    ] as const) {
      const on = { on: 'api', method: 'POST', match, rate: 0.5 } as const;
      scene.faults.add({ ...on, times: 3, effect: { kind: 'reset-after' } });
      scene.faults.add({ ...on, times: 2, effect: { kind: 'reset-before' } });
      scene.faults.add({ ...on, times: 2, effect: { kind: 'status', status } });
    }
    for (const { member, conversationSid } of chats) {
      for (const text of numbered('word', 12)) member.dm(text);
      for (const text of numbered('reply', 12)) scene.kim.send(conversationSid, text);
    }
    for (const { member, conversationSid } of chats) {
      await scene.reads(conversationSid, (body) => body === 'word 11', 1);
      await scene.hears('reply 11', member);
      expect(read(scene, conversationSid, 'word')).toEqual(numbered('word', 12));
      expect(told(scene, 'reply', member)).toEqual(numbered('reply', 12));
    }
    expect(scene.faults.list()).toEqual([]);
  });

  test('the gateway session is lost while members write: the gap is filled, nothing comes twice', async () => {
    const member = scene.newMember('Dan');
    const { conversationSid } = await scene.meet(member);
    scene.discord.gateway.dropConnections({ resumable: false });
    for (const text of numbered('word', 5)) member.dm(text);
    await scene.reads(conversationSid, (body) => body === 'word 4', 1);
    member.dm('word 5');
    await scene.reads(conversationSid, (body) => body === 'word 5', 1);
    expect(read(scene, conversationSid, 'word')).toEqual(numbered('word', 6));
  });

  test('one member’s trouble is not another’s', async () => {
    const member = scene.newMember('Eve');
    const { conversationSid } = await scene.meet(member);
    scene.faults.add({
      on: 'api',
      method: 'POST',
      match: new RegExp(`${conversationSid}/Messages`),
      effect: { kind: 'status', status: 503 },
    });
    member.dm('held back');
    scene.newMember('Flo').dm('I want to talk to a person');
    const offered = await scene.kim.waitForReservation(({ task }) => task.attributes.customerName === 'Flo', {
      timeoutMs: 15_000,
    });
    expect(offered.task.conversationSid).not.toBe(conversationSid);
    scene.faults.clear();
    await scene.reads(conversationSid, (body) => body === 'held back', 1);
  });
});
