import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';
import { numbered, read, told } from './numbered.ts';

afterAll(closeHarnesses);

describe('webhooks', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ env: { TRANSCRIPT_CHECK_MS: '1000' } });
  });
  afterEach(() => harness.faults.clear());

  test('are lost, doubled and overtaken: the member reads every reply once and in order', async () => {
    const member = harness.newMember('Bo');
    const { conversationSid } = await harness.meet(member);
    const on = { on: 'webhook', match: /onMessageAdded/, rate: 0.3 } as const;
    harness.faults.add({ ...on, effect: { kind: 'drop' } });
    harness.faults.add({ ...on, effect: { kind: 'duplicate', extra: 2 } });
    harness.faults.add({ ...on, effect: { kind: 'delay', ms: 40 } });
    for (const text of numbered('reply', 40)) harness.kim.send(conversationSid, text);
    await harness.twilio.webhooksSettled();
    await harness.hears('reply 39', member);
    expect(told(harness, 'reply', member)).toEqual(numbered('reply', 40));
  });

  test('the last one is lost: the bridge notices the silence by itself', async () => {
    const member = harness.newMember('Cleo');
    const { conversationSid, task } = await harness.meet(member);
    harness.faults.add({ on: 'webhook', effect: { kind: 'drop' } });
    harness.kim.send(conversationSid, 'are you there?');
    await harness.hears('are you there?', member);
    harness.kim.complete(task);
    await harness.hears('This chat has ended', member);
  });
});

describe('requests and the gateway', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.faults.clear());

  test('both clouds fail in every way at once: each message and each reply arrives once and in order', async () => {
    const [bo, cleo] = [harness.newMember('Bo'), harness.newMember('Cleo')];
    // Two at once: in a single lane one message may meet most of the faults, and each makes it wait twice as long.
    const chats = [
      { member: bo, ...(await harness.meet(bo)) },
      { member: cleo, ...(await harness.meet(cleo)) },
    ];
    for (const [match, status] of [
      [/conversations\/v1\/.*\/Messages/, 503],
      [/channels\/\d+\/messages/, 500],
    ] as const) {
      const on = { on: 'api', method: 'POST', match, rate: 0.5 } as const;
      harness.faults.add({ ...on, times: 3, effect: { kind: 'reset-after' } });
      harness.faults.add({ ...on, times: 2, effect: { kind: 'reset-before' } });
      harness.faults.add({ ...on, times: 2, effect: { kind: 'status', status } });
    }
    for (const { member, conversationSid } of chats) {
      for (const text of numbered('word', 12)) member.dm(text);
      for (const text of numbered('reply', 12)) harness.kim.send(conversationSid, text);
    }
    for (const { member, conversationSid } of chats) {
      await harness.reads(conversationSid, (body) => body === 'word 11', 1);
      await harness.hears('reply 11', member);
      expect(read(harness, conversationSid, 'word')).toEqual(numbered('word', 12));
      expect(told(harness, 'reply', member)).toEqual(numbered('reply', 12));
    }
    expect(harness.faults.list()).toEqual([]);
  });

  test('the gateway session is lost while members write: the gap is filled, nothing comes twice', async () => {
    const member = harness.newMember('Dan');
    const { conversationSid } = await harness.meet(member);
    harness.discord.gateway.dropConnections({ resumable: false });
    for (const text of numbered('word', 5)) member.dm(text);
    await harness.reads(conversationSid, (body) => body === 'word 4', 1);
    member.dm('word 5');
    await harness.reads(conversationSid, (body) => body === 'word 5', 1);
    expect(read(harness, conversationSid, 'word')).toEqual(numbered('word', 6));
  });

  test('one member’s trouble is not another’s', async () => {
    const member = harness.newMember('Eve');
    const { conversationSid } = await harness.meet(member);
    harness.faults.add({
      on: 'api',
      method: 'POST',
      match: new RegExp(`${conversationSid}/Messages`),
      effect: { kind: 'status', status: 503 },
    });
    member.dm('held back');
    harness.newMember('Flo').dm('I want to talk to a person');
    const offered = await harness.kim.waitForReservation(
      ({ task }) => task.attributes.customerName === 'Flo',
      {
        timeoutMs: 15_000,
      },
    );
    expect(offered.task.conversationSid).not.toBe(conversationSid);
    harness.faults.clear();
    await harness.reads(conversationSid, (body) => body === 'held back', 1);
  });
});
