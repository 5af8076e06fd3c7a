import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';
import { numberedTexts, receivedByAgent, receivedByMember } from './numbered-messages.ts';

afterAll(closeHarnesses);

/** Longer than the bridge may wait before it retries, so that a retry that comes too late fails the test. */
const MAX_DELIVERY_MS = 15_000;

describe('when webhooks fail', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ env: { TRANSCRIPT_CHECK_MS: '1000' } });
  });
  afterEach(() => harness.faults.clear());

  test('delivers every reply once and in order when webhooks are lost, duplicated and reordered', async () => {
    const member = harness.newMember('Bo');
    const { conversationSid } = await harness.startChatWithAgent(member);
    const on = { on: 'webhook', match: /onMessageAdded/, rate: 0.3 } as const;
    harness.faults.add({ ...on, effect: { kind: 'drop' } });
    harness.faults.add({ ...on, effect: { kind: 'duplicate', extra: 2 } });
    harness.faults.add({ ...on, effect: { kind: 'delay', ms: 40 } });
    for (const text of numberedTexts('reply', 40)) harness.kim.send(conversationSid, text);
    await harness.twilio.webhooksSettled();
    await harness.waitForBotMessage('reply 39', member);
    expect(receivedByMember(harness, 'reply', member)).toEqual(numberedTexts('reply', 40));
  });

  test('recovers a webhook that was lost, also the last one of a chat', async () => {
    const member = harness.newMember('Cleo');
    const { conversationSid, task } = await harness.startChatWithAgent(member);
    harness.faults.add({ on: 'webhook', effect: { kind: 'drop' } });
    harness.kim.send(conversationSid, 'are you there?');
    await harness.waitForBotMessage('are you there?', member);
    harness.kim.complete(task);
    await harness.waitForBotMessage('This chat has ended', member);
  });
});

describe('when requests or the gateway fail', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.faults.clear());

  test('delivers every message once and in order while requests to both clouds fail', async () => {
    const [bo, cleo] = [harness.newMember('Bo'), harness.newMember('Cleo')];
    // Two chats, so that the faults are spread over two lanes.
    const chats = [
      { member: bo, ...(await harness.startChatWithAgent(bo)) },
      { member: cleo, ...(await harness.startChatWithAgent(cleo)) },
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
      for (const text of numberedTexts('word', 12)) member.dm(text);
      for (const text of numberedTexts('reply', 12)) harness.kim.send(conversationSid, text);
    }
    for (const { member, conversationSid } of chats) {
      await harness.waitForTranscript(conversationSid, (body) => body === 'word 11', {
        timeoutMs: MAX_DELIVERY_MS,
      });
      await harness.waitForBotMessage('reply 11', member, { timeoutMs: MAX_DELIVERY_MS });
      expect(receivedByAgent(harness, conversationSid, 'word')).toEqual(numberedTexts('word', 12));
      expect(receivedByMember(harness, 'reply', member)).toEqual(numberedTexts('reply', 12));
    }
    expect(harness.faults.list()).toEqual([]);
  });

  test('fetches the messages that were sent while the gateway session was lost, once', async () => {
    const member = harness.newMember('Dan');
    const { conversationSid } = await harness.startChatWithAgent(member);
    harness.discord.gateway.dropConnections({ resumable: false });
    for (const text of numberedTexts('word', 5)) member.dm(text);
    await harness.waitForTranscript(conversationSid, (body) => body === 'word 4');
    member.dm('word 5');
    await harness.waitForTranscript(conversationSid, (body) => body === 'word 5');
    expect(receivedByAgent(harness, conversationSid, 'word')).toEqual(numberedTexts('word', 6));
  });

  test('a conversation whose requests fail does not delay another member', async () => {
    const member = harness.newMember('Eve');
    const { conversationSid } = await harness.startChatWithAgent(member);
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
      { timeoutMs: MAX_DELIVERY_MS },
    );
    expect(offered.task.conversationSid).not.toBe(conversationSid);
    harness.faults.clear();
    await harness.waitForTranscript(conversationSid, (body) => body === 'held back', {
      timeoutMs: MAX_DELIVERY_MS,
    });
  });
});
