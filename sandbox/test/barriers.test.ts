import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { closeHarnesses, type Harness, startHarness } from './harness.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
/** A weekday that is neither today nor tomorrow, whatever happens at midnight. */
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

  test('a case is opened, the member reads when we open, and the virtual agent stays', async () => {
    harness.ada.dm('My login does not work, I want to talk to a person');
    await harness.hears(/not here right now; we open next at <t:\d+:f> .*case \*\*#1\*\*/);
    harness.ada.dm('hello');
    await harness.hears('Hi Ada!');
    expect(harness.heard().join('\n')).not.toContain('being transferred');
    expect(harness.twilio.tasks()).toEqual([]);
  });

  test('in the member’s language, and one case however often they ask', async () => {
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

describe('against abuse', () => {
  let harness: Harness;
  let met: Awaited<ReturnType<Harness['meet']>>;
  beforeAll(async () => {
    harness = await startHarness({ routing: 'bridge', env: { HANDOFF_COOLDOWN_MS: '600000' } });
    met = await harness.meet();
  });

  test('the member sees that the agent is writing, once for many keys', async () => {
    const seen: string[] = [];
    harness.discord.on('typing', ({ userId }) => seen.push(userId));
    const typed = new Promise<void>((resolve) => harness.discord.on('typing', () => resolve()));
    const asked = await Promise.all(
      Array.from({ length: 5 }, () => panel(harness, panelRoutes.agentTyping(met.conversationSid))),
    );
    expect(asked.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
    await typed;
    harness.kim.send(met.conversationSid, 'Here I am.');
    await harness.hears('Here I am.');
    expect(seen).toEqual([harness.discord.applicationId]);
  });

  test('after a chat with a person the next one has to wait; nothing of it reaches the queue', async () => {
    harness.kim.complete(met.task);
    await harness.hears('This chat has ended');
    harness.ada.dm('I want to talk to a person');
    await harness.hears('You can ask for a person again at <t:');
    expect(harness.twilio.tasks().length).toBe(1);
  });

  test('a blocked member is told so and not heard; unblocked, they are heard again', async () => {
    const blocked = await panel(harness, panelRoutes.blockMember(harness.ada.id), { reason: 'threats' });
    expect(blocked.body.blocked).toMatchObject({ by: 'Kim', reason: 'threats' });
    const before = harness.heard().length;
    harness.ada.dm('first words after the block');
    await harness.hears('does not take messages from you');
    expect((await panel(harness, panelRoutes.unblockMember(harness.ada.id))).body.blocked).toBeNull();
    harness.ada.dm('hello');
    await harness.hears('Hi Ada!');
    expect(harness.heard().length - before).toBe(2);
    const sid = harness.twilio.conversations().at(-1)?.sid ?? '';
    const bodies = await harness.reads(sid, () => true, 4);
    expect(bodies).toContain('hello');
    expect(bodies).not.toContain('first words after the block');
  });
});
