import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
/** A weekday that is neither today nor tomorrow, also when the test runs across midnight. */
const anotherDay = DAYS[(new Date().getUTCDay() + 3) % 7];

afterAll(closeHarnesses);

/** Calls the panel API as the harness's agent. */
async function panel(harness: Harness, path: string, body: unknown = {}) {
  const response = await fetch(harness.bridge.url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${harness.twilio.issueToken(harness.kim)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: response.status === 204 ? null : await response.json() };
}

describe('outside business hours', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness({ env: { BUSINESS_HOURS: `${anotherDay} 09:00-17:00` } });
  });

  test('opens a case, tells the member the opening time, and the virtual agent stays', async () => {
    harness.ada.dm('My login does not work, I want to talk to a person');
    await harness.waitForBotMessage(/not here right now; we open next at <t:\d+:f> .*case \*\*#1\*\*/);
    harness.ada.dm('hello');
    await harness.waitForBotMessage('Hi Ada!');
    expect(harness.botMessages().join('\n')).not.toContain('being transferred');
    expect(harness.twilio.tasks()).toEqual([]);
  });

  test('answers in the member’s language and opens one case for repeated requests', async () => {
    const yui = harness.discord.createUser({ username: 'yui', globalName: 'Yui', locale: 'ja' });
    harness.guild.join(yui);
    const answer = () =>
      harness.discord.waitForMessage(
        ({ message }) => message.embeds[0]?.description?.includes('営業時間外') ?? false,
      );
    const first = answer();
    yui.slash('helpme', { question: '担当者と話したいです' }, { guild: harness.guild });
    expect((await first).embeds[0]?.description).toContain('#2');
    const second = answer();
    yui.dm('担当者をお願いします');
    expect((await second).embeds[0]?.description).toContain('#2');
  });
});

describe('limits against abuse', () => {
  let harness: Harness;
  let chat: Awaited<ReturnType<Harness['startChatWithAgent']>>;
  beforeAll(async () => {
    harness = await startHarness({ routing: 'bridge', env: { HANDOFF_COOLDOWN_MS: '600000' } });
    chat = await harness.startChatWithAgent();
  });

  test('shows the agent’s typing once for many keystrokes', async () => {
    const seen: string[] = [];
    harness.discord.on('typing', ({ userId }) => seen.push(userId));
    const typed = new Promise<void>((resolve) => harness.discord.on('typing', () => resolve()));
    const asked = await Promise.all(
      Array.from({ length: 5 }, () => panel(harness, panelRoutes.agentTyping(chat.conversationSid))),
    );
    expect(asked.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
    await typed;
    harness.kim.send(chat.conversationSid, 'Here I am.');
    await harness.waitForBotMessage('Here I am.');
    expect(seen).toEqual([harness.discord.applicationId]);
  });

  test('refuses a second chat with a person during the cooldown, without a task', async () => {
    harness.kim.complete(chat.task);
    await harness.waitForBotMessage('This chat has ended');
    harness.ada.dm('I want to talk to a person');
    await harness.waitForBotMessage('You can ask for a person again at <t:');
    expect(harness.twilio.tasks().length).toBe(1);
  });

  test('tells a blocked member once and ignores their messages until they are unblocked', async () => {
    const blocked = await panel(harness, panelRoutes.blockMember(harness.ada.id), { reason: 'threats' });
    expect(blocked.body.blocked).toMatchObject({ by: 'Kim', reason: 'threats' });
    const before = harness.botMessages().length;
    harness.ada.dm('first words after the block');
    await harness.waitForBotMessage('does not take messages from you');
    expect((await panel(harness, panelRoutes.unblockMember(harness.ada.id))).body.blocked).toBeNull();
    harness.ada.dm('hello');
    await harness.waitForBotMessage('Hi Ada!');
    expect(harness.botMessages().length - before).toBe(2);
    const sid = harness.twilio.conversations().at(-1)?.sid ?? '';
    const bodies = await harness.waitForTranscript(sid, () => true, { count: 4 });
    expect(bodies).toContain('hello');
    expect(bodies).not.toContain('first words after the block');
  });
});
