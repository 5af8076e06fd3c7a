import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { closeScenes, openScene, type Scene } from './scene.ts';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
/** A weekday that is neither today nor tomorrow, whatever happens at midnight. */
const anotherDay = DAYS[(new Date().getUTCDay() + 3) % 7];

afterAll(closeScenes);

/** Calls the panel API as the scene's agent. */
async function panel(scene: Scene, path: string, body: unknown = {}) {
  const response = await fetch(scene.bridge.url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${scene.twilio.issueToken(scene.kim)}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: response.status === 204 ? null : await response.json() };
}

describe('outside business hours', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await openScene({ env: { BUSINESS_HOURS: `${anotherDay} 09:00-17:00` } });
  });

  test('a case is opened, the member reads when we open, and the virtual agent stays', async () => {
    scene.ada.dm('My login does not work, I want to talk to a person');
    await scene.hears(/not here right now; we open next at <t:\d+:f> .*case \*\*#1\*\*/);
    scene.ada.dm('hello');
    await scene.hears('Hi Ada!');
    expect(scene.heard().join('\n')).not.toContain('being transferred');
    expect(scene.twilio.tasks()).toEqual([]);
  });

  test('in the member’s language, and one case however often they ask', async () => {
    const yui = scene.discord.createUser({ username: 'yui', globalName: 'Yui', locale: 'ja' });
    scene.guild.join(yui);
    const answer = () =>
      scene.discord.waitForMessage(
        ({ message }) => message.embeds[0]?.description?.includes('営業時間外') ?? false,
      );
    const first = answer();
    yui.slash('helpme', { question: '担当者と話したいです' }, { guild: scene.guild });
    expect((await first).embeds[0]?.description).toContain('#2');
    const second = answer();
    yui.dm('担当者をお願いします');
    expect((await second).embeds[0]?.description).toContain('#2');
  });
});

describe('against abuse', () => {
  let scene: Scene;
  let met: Awaited<ReturnType<Scene['meet']>>;
  beforeAll(async () => {
    scene = await openScene({ routing: 'bridge', env: { HANDOFF_COOLDOWN_MS: '600000' } });
    met = await scene.meet();
  });

  test('the member sees that the agent is writing, once for many keys', async () => {
    const seen: string[] = [];
    scene.discord.on('typing', ({ userId }) => seen.push(userId));
    const typed = new Promise<void>((resolve) => scene.discord.on('typing', () => resolve()));
    const asked = await Promise.all(
      Array.from({ length: 5 }, () => panel(scene, panelRoutes.agentTyping(met.conversationSid))),
    );
    expect(asked.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
    await typed;
    scene.kim.send(met.conversationSid, 'Here I am.');
    await scene.hears('Here I am.');
    expect(seen).toEqual([scene.discord.applicationId]);
  });

  test('after a chat with a person the next one has to wait; nothing of it reaches the queue', async () => {
    scene.kim.complete(met.task);
    await scene.hears('This chat has ended');
    scene.ada.dm('I want to talk to a person');
    await scene.hears('You can ask for a person again at <t:');
    expect(scene.twilio.tasks().length).toBe(1);
  });

  test('a blocked member is told so and not heard; unblocked, they are heard again', async () => {
    const blocked = await panel(scene, panelRoutes.blockMember(scene.ada.id), { reason: 'threats' });
    expect(blocked.body.blocked).toMatchObject({ by: 'Kim', reason: 'threats' });
    const before = scene.heard().length;
    scene.ada.dm('first words after the block');
    await scene.hears('does not take messages from you');
    expect((await panel(scene, panelRoutes.unblockMember(scene.ada.id))).body.blocked).toBeNull();
    scene.ada.dm('hello');
    await scene.hears('Hi Ada!');
    expect(scene.heard().length - before).toBe(2);
    const sid = scene.twilio.conversations().at(-1)?.sid ?? '';
    const bodies = await scene.reads(sid, () => true, 4);
    expect(bodies).toContain('hello');
    expect(bodies).not.toContain('first words after the block');
  });
});
