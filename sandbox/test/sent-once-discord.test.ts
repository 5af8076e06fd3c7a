import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { join } from 'node:path';
import { GatewayIntentBits } from 'discord-api-types/v10';
import type { DiscordGuild, DiscordUser } from '../src/discord/index.ts';
import { waitUntil } from '../src/wait-until.ts';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';
import { numberedTexts, receivedByMember } from './numbered-messages.ts';

afterAll(closeHarnesses);

/** How long a closed direct message is left alone, and more. */
const DMS_TRIED_AGAIN_MS = 11 * 60_000;
const TESTS = 3;

describe('what is sent to a member', () => {
  let harness: Harness;
  let member: DiscordUser;
  let conversationSid: string;
  const chats: { member: DiscordUser; conversationSid: string }[] = [];

  beforeAll(async () => {
    harness = await startHarness();
    // The minutes in which Discord itself knows a nonce again are over.
    harness.discord.limits.nonceWindowMs = 0;
    for (let n = 0; n < TESTS; n += 1) {
      const newMember = harness.newMember(`Member ${n}`);
      chats.push({ member: newMember, ...(await harness.startChatWithAgent(newMember)) });
    }
  });
  beforeEach(() => {
    ({ member, conversationSid } = chats.pop() as (typeof chats)[number]);
  });
  afterEach(() => {
    harness.faults.clear();
    harness.discord.gateway.refuse(false);
  });

  const messages = () => new RegExp(`channels/${member.dmChannelId}/messages`);
  const on = (method: 'GET' | 'POST') => ({ on: 'api', method, match: messages() }) as const;
  const say = (text: string) => harness.kim.send(conversationSid, text);
  const counted = (text: string) => harness.botMessages(member).filter((sent) => sent.endsWith(text)).length;

  /** As where another process holds the gateway: this one hears nothing of what it sent itself. */
  function withoutGateway(): void {
    harness.discord.gateway.refuse(true);
    harness.discord.gateway.dropConnections({ resumable: false });
  }

  test('is known by the gateway’s echo while nothing can be read back', async () => {
    harness.faults.add({ ...on('POST'), times: 1, effect: { kind: 'reset-after' } });
    harness.faults.add({ ...on('GET'), effect: { kind: 'status', status: 503 } });
    for (const text of numberedTexts('echo', 2)) say(text);
    await harness.waitForBotMessage('echo 1', member);
    expect(receivedByMember(harness, 'echo', member)).toEqual(numberedTexts('echo', 2));
    expect(new Set(harness.botMessages(member)).size).toBe(harness.botMessages(member).length);
  });

  test('arrives as often as it was said, also where all says the same', async () => {
    withoutGateway();
    harness.faults.add({ ...on('POST'), rate: 0.5, times: 5, effect: { kind: 'reset-after' } });
    harness.faults.add({ ...on('POST'), rate: 0.5, times: 3, effect: { kind: 'reset-before' } });
    for (let said = 0; said < 12; said += 1) say('ok');
    say('the end');
    await harness.waitForBotMessage('the end', member);
    expect(counted('ok')).toBe(12);
  });

  test('is found behind more than a page of other messages', async () => {
    withoutGateway();
    say('before');
    await harness.waitForBotMessage('before', member);
    harness.faults.add({ ...on('POST'), times: 2, effect: { kind: 'status', status: 503 } });
    // The first two are answered with 503.
    harness.faults.add({ ...on('POST'), times: 3, effect: { kind: 'reset-after' } });
    say('far behind 0');
    await waitUntil(() => harness.faults.list().length === 1);
    for (let n = 0; n < 130; n += 1) member.dm(`meanwhile ${n}`);
    say('far behind 1');
    await harness.waitForBotMessage('far behind 1', member);
    expect(receivedByMember(harness, 'far behind', member)).toEqual(numberedTexts('far behind', 2));
  });
});

describe('what is sent to a member whose direct messages are closed', () => {
  let harness: Harness;
  let guild: DiscordGuild;
  let conversationSid: string;

  beforeAll(async () => {
    harness = await startHarness({
      routing: 'bridge',
      grantedIntents: GatewayIntentBits.MessageContent,
      prepare(discord) {
        guild = discord.createGuild({ name: 'Lantern Isles', channels: [{ name: 'support' }] });
        return { DISCORD_SUPPORT_CHANNEL_ID: guild.channel('support') };
      },
    });
    harness.discord.limits.nonceWindowMs = 0;
    guild.join(harness.ada);
    ({ conversationSid } = await harness.startChatWithAgent());
    harness.ada.closeDms();
  });
  afterEach(() => harness.faults.clear());

  const inThreads = () =>
    harness.ada
      .threads()
      .flatMap(({ id }) => harness.ada.read(id))
      .flatMap(({ content }) => content.match(/(thread|odd) \d/)?.[0] ?? []);
  const say = (text: string) => harness.kim.send(conversationSid, text);

  test('arrives once while the answers to opening a thread are lost', async () => {
    const lost = { on: 'api', times: 1, effect: { kind: 'reset-after' } } as const;
    harness.faults.add({ ...lost, method: 'POST', match: /channels\/\d+\/threads/ });
    harness.faults.add({ ...lost, method: 'PUT', match: /thread-members/ });
    for (const text of numberedTexts('thread', 2)) say(text);
    await waitUntil(() => inThreads().includes('thread 1'));
    expect(inThreads()).toEqual(numberedTexts('thread', 2));
  });

  test('stays in its thread when Discord says once that there is none', async () => {
    const [thread] = harness.ada.threads();
    const unknown = { message: 'Unknown Channel', code: 10003 };
    harness.faults.add({
      ...{ on: 'api', method: 'POST', match: new RegExp(`channels/${thread?.id}/messages`), times: 1 },
      effect: { kind: 'status', status: 404, body: unknown },
    });
    for (const text of numberedTexts('odd', 2)) say(text);
    await waitUntil(() => inThreads().includes('odd 1'));
    expect(inThreads().slice(-2)).toEqual(numberedTexts('odd', 2));
    expect(harness.ada.threads().map(({ id }) => id)).toEqual([thread?.id as string]);
  });

  test('is not sent again in a direct message that was opened while it was uncertain', async () => {
    const thread = harness.ada.threads().at(-1);
    const match = new RegExp(`channels/${thread?.id}/messages`);
    harness.faults.add({ on: 'api', method: 'POST', match, times: 1, effect: { kind: 'reset-after' } });
    harness.faults.add({ on: 'api', method: 'GET', match, effect: { kind: 'status', status: 503 } });
    say('odd 2');
    await waitUntil(() => inThreads().includes('odd 2'));
    await harness.bridge.kill();
    harness.ada.openDms();
    harness.faults.clear();
    // By then direct messages are tried again.
    await harness.bridge.start({
      CLOCK_OFFSET_MS: String(DMS_TRIED_AGAIN_MS),
      BUN_OPTIONS: `--preload ${join(import.meta.dir, 'clock-offset.ts')}`,
    });
    say('odd 3');
    await harness.waitForBotMessage('odd 3');
    expect(inThreads().filter((text) => text === 'odd 2')).toHaveLength(1);
    expect(receivedByMember(harness, 'odd')).toEqual(['odd 3']);
  });
});
