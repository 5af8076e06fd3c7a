import { afterAll, afterEach, beforeAll, describe, expect, test } from 'bun:test';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';
import { numberedTexts, receivedByAgent } from './numbered-messages.ts';

afterAll(closeHarnesses);

/** More than one page, and more than any fixed number that a reader may have in mind. */
const MEANWHILE = 130;
const UNAVAILABLE = { kind: 'status', status: 503 } as const;

const refusal = (status: number, code: number) =>
  ({ kind: 'status', status, body: { code, message: 'No', status } }) as const;

/** Longer than the bridge waits for an answer. */
const LATE = { on: 'api', method: 'POST', times: 1, effect: { kind: 'latency', ms: 17_000 } } as const;

const MAX_WAIT_MS = 90_000;
/** Requests of this bridge are under way while the other tests run, so what becomes of them is watched from the start. */
let late: Harness;
let lateConversationSid: string;
let cameTwice: Promise<unknown>;
const lateWords = () => receivedByAgent(late, lateConversationSid, 'word');
beforeAll(async () => {
  late = await startHarness({ routing: 'bridge' });
  const bo = late.newMember('Bo');
  ({ conversationSid: lateConversationSid } = await late.startChatWithAgent(bo));
  late.faults.add({ ...LATE, match: new RegExp(`${lateConversationSid}/Messages`) });
  late.faults.add({ ...LATE, match: /\/Interactions$/ });
  bo.dm('word 0');
  late.newMember('Cleo').dm('I want to talk to a person');
  cameTwice = waitUntil(() => lateWords().length === 2, { timeoutMs: MAX_WAIT_MS, what: 'the late message' });
  cameTwice.catch(() => {});
});

describe('when Twilio does what it does not confirm', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterEach(() => harness.faults.clear());

  const conversationWith = (words: string) =>
    harness.twilio.waitFor(
      () =>
        harness.twilio
          .conversations()
          .find(({ sid }) => harness.twilio.messages(sid).some(({ body }) => body === words)),
      { what: `“${words}” in a conversation` },
    );

  test('finds a member’s message again however much was written after it', async () => {
    const member = harness.newMember('Bo');
    const { conversationSid } = await harness.startChatWithAgent(member);
    const match = new RegExp(`${conversationSid}/Messages`);
    harness.faults.add({ on: 'api', method: 'POST', match, times: 1, effect: { kind: 'reset-after' } });
    harness.faults.add({ on: 'api', method: 'GET', match, effect: UNAVAILABLE });
    member.dm('word 0');
    await harness.waitForTranscript(conversationSid, (body) => body === 'word 0');
    for (const text of numberedTexts('reply', MEANWHILE)) harness.kim.send(conversationSid, text);
    await harness.twilio.webhooksSettled();
    harness.faults.clear();
    member.dm('word 1');
    await harness.waitForTranscript(conversationSid, (body) => body === 'word 1');
    expect(receivedByAgent(harness, conversationSid, 'word')).toEqual(numberedTexts('word', 2));
  });

  test('takes over a conversation that it had made, also where the message that did so was given up', async () => {
    const member = harness.newMember('Cleo');
    const create = { on: 'api', method: 'POST', match: /ConversationWithParticipants/ } as const;
    harness.faults.add({ ...create, times: 1, effect: { kind: 'reset-after' } });
    const byName = { on: 'api', method: 'GET', match: /Conversations\/flexcord-/ } as const;
    harness.faults.add({ ...byName, effect: refusal(400, 99_999) });
    member.dm('hello?');
    await harness.waitForBotMessage('was not delivered', member);
    harness.faults.clear();
    member.dm('hello again, Cleo');
    await conversationWith('hello again, Cleo');
  });

  test('attaches one Studio flow, also where the message that did so was given up', async () => {
    const member = harness.newMember('Dan');
    const webhooks = /Conversations\/[^/]+\/Webhooks/;
    harness.faults.add({
      on: 'api',
      method: 'POST',
      match: webhooks,
      times: 1,
      effect: { kind: 'reset-after' },
    });
    harness.faults.add({ on: 'api', method: 'GET', match: webhooks, effect: refusal(400, 99_999) });
    member.dm('hello?');
    await harness.waitForBotMessage('was not delivered', member);
    harness.faults.clear();
    member.dm('hello again, Dan');
    const { sid } = await conversationWith('hello again, Dan');
    const created = harness.twilio.requests.filter(
      ({ method, path }) => method === 'POST' && path.includes(`${sid}/Webhooks`),
    );
    expect(created.length).toBe(2);
  });
});

describe('when Twilio finishes a request after the bridge has stopped waiting for it', () => {
  const requests = (method: string, path: RegExp) =>
    late.twilio.requests.filter((one) => one.method === method && path.test(one.path)).length;

  test(
    'takes the message away that came twice',
    async () => {
      await cameTwice;
      await waitUntil(() => lateWords().length === 1, { timeoutMs: MAX_WAIT_MS, what: 'its removal' });
      expect(lateWords()).toEqual(['word 0']);
    },
    2 * MAX_WAIT_MS,
  );

  test(
    'makes no second task',
    async () => {
      const created = () => requests('POST', /\/Interactions$/);
      const looked = () => requests('GET', /EvaluateTaskAttributes/) > 0;
      // The first is Bo's.
      await waitUntil(() => (looked() && created() >= 2) || created() > 2, {
        timeoutMs: MAX_WAIT_MS,
        what: 'the late task',
      });
      expect(created()).toBe(2);
    },
    2 * MAX_WAIT_MS,
  );
});
