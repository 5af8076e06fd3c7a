import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import type { DiscordUser } from '../src/discord/index.ts';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';
import { numberedTexts, receivedByMember } from './numbered-messages.ts';

/** Longer than the bridge's own limit for a request. */
const TOO_LATE_MS = 20_000;
/** The request is given up after 15 seconds, and what was sent again is looked for after this. */
const SECOND_LOOK_MS = 10_000;
/** A bridge is started anew and has sent again well before the request of the killed one takes effect. */
const SECOND_LOOK_AFTER_KILL_MS = 25_000;

async function startBridge(): Promise<Harness> {
  const harness = await startHarness({ env: { SECOND_LOOK_MS: String(SECOND_LOOK_MS) } });
  // The minutes in which Discord itself knows a nonce again are over.
  harness.discord.limits.nonceWindowMs = 0;
  return harness;
}

async function chat(harness: Harness, member: DiscordUser) {
  const { conversationSid } = await harness.startChatWithAgent(member);
  const messages = new RegExp(`channels/${member.dmChannelId}/messages`);
  return {
    member,
    messages,
    say: (text: string) => harness.kim.send(conversationSid, text),
    counted: (text: string) => harness.botMessages(member).filter((sent) => sent.endsWith(text)).length,
    arrived: (text: string, count = 1) => harness.waitForBotMessage(text, member, { count }),
    isLate: () =>
      harness.faults.add({
        on: 'api',
        method: 'POST',
        match: messages,
        times: 1,
        effect: { kind: 'latency', ms: TOO_LATE_MS },
      }),
  };
}

// These tests wait for time-outs nearly all the time, so they do it together.
describe.concurrent('what is sent to a member', () => {
  /** As where another process holds the gateway: this bridge hears nothing of what it sent itself. */
  let harness: Harness;
  let bo: Awaited<ReturnType<typeof chat>>;
  let cleo: Awaited<ReturnType<typeof chat>>;
  beforeAll(async () => {
    harness = await startBridge();
    bo = await chat(harness, harness.newMember('Bo'));
    cleo = await chat(harness, harness.newMember('Cleo'));
    harness.discord.gateway.refuse(true);
    harness.discord.gateway.dropConnections({ resumable: false });
  });
  afterAll(closeHarnesses);

  test('arrives once although reading back meets 429, 401 and 503', async () => {
    const { say, arrived, messages, member } = bo;
    const failing = { on: 'api', method: 'GET', match: new RegExp(`${messages.source}.*after=`) } as const;
    harness.faults.add({
      on: 'api',
      method: 'POST',
      match: messages,
      times: 1,
      effect: { kind: 'reset-after' },
    });
    const answer = (status: number, times: number, more: object = {}) =>
      harness.faults.add({ ...failing, times, effect: { kind: 'status', status, ...more } });
    const limited = { retry_after: 60, global: false, message: 'You are being rate limited.' };
    answer(503, 1);
    answer(401, 2, { body: { message: '401: Unauthorized', code: 0 } });
    // Longer than a request waits by itself, and then not waited for: the stand-in takes the next.
    answer(429, 3, { body: limited, headers: { 'retry-after': '0.2' } });
    for (const text of numberedTexts('precious', 2)) say(text);
    await arrived('precious 1');
    expect(receivedByMember(harness, 'precious', member)).toEqual(numberedTexts('precious', 2));
  });

  test('is there once after a request that was given up took effect all the same', async () => {
    const { say, counted, arrived, isLate } = cleo;
    say('late 0');
    await arrived('late 0');
    isLate();
    say('again');
    await arrived('again', 2);
    say('again');
    await waitUntil(() => counted('again') === 3);
    await waitUntil(() => counted('again') === 2);
    say('late 1');
    await arrived('late 1');
    expect(counted('again')).toBe(2);
  });

  test('is there once after a process was killed whose last request took effect later', async () => {
    const own = await startBridge();
    const { say, counted, arrived, isLate } = await chat(own, own.ada);
    say('here 0');
    await arrived('here 0');
    isLate();
    say('killed');
    await waitUntil(() => own.faults.list().length === 0);
    await own.bridge.kill();
    await own.bridge.start({ SECOND_LOOK_MS: String(SECOND_LOOK_AFTER_KILL_MS) });
    await waitUntil(() => counted('killed') === 2);
    await waitUntil(() => counted('killed') === 1);
    say('here 1');
    await arrived('here 1');
    expect(counted('killed')).toBe(1);
  });
});
