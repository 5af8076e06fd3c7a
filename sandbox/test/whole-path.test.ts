import { afterEach, expect, test } from 'bun:test';
import { storeKinds } from '../../bridge/testing/stores.ts';
import { story } from '../src/tour/conversation.ts';
import { closeScenes, openScene } from './scene.ts';

afterEach(closeScenes);

/** The story that `bun run demo --tour` tells, on every way in which a conversation can reach an agent. */
for (const kind of storeKinds) {
  for (const options of [
    { routing: 'studio', studioWebhookSurvives: false },
    { routing: 'studio', studioWebhookSurvives: true },
    { routing: 'bridge', studioWebhookSurvives: false },
  ] as const) {
    // What Studio leaves behind does not depend on the store.
    if (kind.name === 'postgres' && !options.studioWebhookSurvives) continue;
    test(`${kind.name}: ${JSON.stringify(options)}`, async () => {
      const place = await kind.make();
      const scene = await openScene({
        ...options,
        databaseUrl: place.options.databaseUrl,
        env: { KNOWLEDGE_SAMPLE: 'true' },
      });
      scene.kim.setAvailable(false);
      await story(scene, () => {});
      await closeScenes();
      await place.drop();
    });
  }
}

test('first contact costs four Twilio requests, every message after it one, every answer one Discord request', async () => {
  const scene = await openScene();
  const { ada, kim, twilio, discord, reads, hears, heard } = scene;
  const asked = () => twilio.requests.filter(({ path }) => !path.startsWith('/studio'));
  const said = () =>
    discord.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'));

  const provisioning = asked().length;
  ada.dm('can you help me find my lost ship');
  const sid = await twilio.waitFor(() => twilio.conversations()[0]?.sid);
  await twilio.waitFor(() => asked().length >= provisioning + 4);
  const first = asked()
    .slice(provisioning)
    .map(({ method, path }) => `${method} ${path.replace(sid, 'CH').split('?')[0]}`);
  expect(first.slice(0, 4)).toEqual([
    'POST /conversations/v1/ConversationWithParticipants',
    'POST /conversations/v1/Conversations/CH/Webhooks',
    'POST /conversations/v1/Conversations/CH/Webhooks',
    'POST /conversations/v1/Conversations/CH/Messages',
  ]);

  const { conversationSid } = await scene.meet();
  kim.send(conversationSid, 'settled?');
  await hears('settled?');
  const before = asked().length;
  for (let n = 0; n < 5; n += 1) ada.dm(`word ${n}`);
  await reads(conversationSid, (body) => body.startsWith('word'), 5);
  await twilio.waitFor(() => asked().length - before >= 5);
  expect(asked().length - before).toBe(5);

  const sent = said().length;
  const looked = asked().length;
  for (let n = 0; n < 5; n += 1) kim.send(conversationSid, `reply ${n}`);
  await hears('reply 4');
  expect(said().length - sent).toBe(5);
  expect(heard().filter((text) => text.includes('reply'))).toHaveLength(5);
  expect(asked().length - looked).toBeLessThanOrEqual(2);
});

test('a case is called after the member’s matter, not after the wish for a person', async () => {
  const { ada, hears } = await openScene();
  ada.dm('hello');
  await hears('Hi Ada!');
  ada.dm('my golden lantern has vanished');
  ada.dm('I want to talk to a person');
  await hears('case number');
  const button = ada.inbox().find(({ content }) => content.startsWith('Hi Ada!'));
  if (!button) throw new Error('no greeting');
  ada.click(button, 'flexcord:cases');
  await hears('my golden lantern has vanished');
});
