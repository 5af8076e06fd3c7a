import { afterEach, describe, expect, test } from 'bun:test';
import { storeKinds } from '../../bridge/testing/stores.ts';
import { numbered, read, told } from './numbered.ts';
import { closeScenes, openScene } from './scene.ts';

/** A successor need not wait long for what the killed process held. */
const SOON = { LEASE_MS: '3000' };

afterEach(closeScenes);

for (const kind of storeKinds) {
  describe(`killed without warning, on ${kind.name}`, () => {
    test('a member’s message that Twilio took but could not confirm is there once', async () => {
      const place = await kind.make();
      const scene = await openScene({ databaseUrl: place.options.databaseUrl, env: SOON });
      const { conversationSid } = await scene.meet();
      scene.faults.add({
        on: 'api',
        method: 'POST',
        match: /conversations\/v1\/.*\/Messages/,
        effect: { kind: 'reset-after' },
      });
      scene.ada.dm('precious 0');
      await scene.reads(conversationSid, (body) => body.startsWith('precious'), 1);
      await scene.bridge.kill();
      scene.faults.clear();
      scene.ada.dm('precious 1');
      await scene.bridge.start();
      await scene.reads(conversationSid, (body) => body === 'precious 1', 1);
      expect(read(scene, conversationSid, 'precious')).toEqual(numbered('precious', 2));
      await closeScenes();
      await place.drop();
    });

    test('an agent’s message that Discord took but could not confirm is there once', async () => {
      const place = await kind.make();
      const scene = await openScene({ databaseUrl: place.options.databaseUrl, env: SOON });
      const { conversationSid } = await scene.meet();
      scene.faults.add({
        on: 'api',
        method: 'POST',
        match: /channels\/\d+\/messages/,
        effect: { kind: 'reset-after' },
      });
      scene.kim.send(conversationSid, 'precious 0');
      await scene.hears('precious 0');
      await scene.bridge.kill();
      scene.faults.clear();
      scene.kim.send(conversationSid, 'precious 1');
      await scene.bridge.start();
      await scene.hears('precious 1');
      expect(told(scene, 'precious')).toEqual(numbered('precious', 2));
      await closeScenes();
      await place.drop();
    });
  });
}

test('what was journalled but not delivered when the process was killed goes out after the start', async () => {
  const scene = await openScene();
  const { conversationSid } = await scene.meet();
  scene.faults.add({
    on: 'api',
    method: 'POST',
    match: /Messages|messages/,
    effect: { kind: 'status', status: 503 },
  });
  for (const text of numbered('word', 3)) scene.ada.dm(text);
  for (const text of numbered('reply', 3)) scene.kim.send(conversationSid, text);
  await scene.twilio.webhooksSettled();
  await scene.bridge.kill();
  scene.faults.clear();
  await scene.bridge.start();
  await Promise.all([scene.hears('reply 2'), scene.reads(conversationSid, (body) => body === 'word 2', 1)]);
  expect(told(scene, 'reply')).toEqual(numbered('reply', 3));
  expect(read(scene, conversationSid, 'word')).toEqual(numbered('word', 3));
});

test('both sides write while no bridge runs: nothing is lost, nothing comes twice', async () => {
  const scene = await openScene();
  const { conversationSid } = await scene.meet();
  expect(await scene.bridge.stop()).toBe(0);
  scene.discord.gateway.invalidateSessions();
  for (const text of numbered('word', 5)) scene.ada.dm(text);
  for (const text of numbered('reply', 5)) scene.kim.send(conversationSid, text);
  await scene.twilio.webhooksSettled();
  await scene.bridge.start();
  await Promise.all([scene.hears('reply 4'), scene.reads(conversationSid, (body) => body === 'word 4', 1)]);
  expect(told(scene, 'reply')).toEqual(numbered('reply', 5));
  expect(read(scene, conversationSid, 'word')).toEqual(numbered('word', 5));
});

test('the agent ends the chat while no bridge runs: the member is told after the start', async () => {
  const scene = await openScene();
  const { conversationSid, task } = await scene.meet();
  await scene.bridge.kill();
  scene.kim.send(conversationSid, 'last words 0');
  scene.kim.complete(task);
  await scene.twilio.webhooksSettled();
  await scene.bridge.start();
  await scene.hears('This chat has ended');
  const ends = scene.heard().slice(-2);
  expect(ends[0]).toContain('last words 0');
  expect(ends[1]).toContain('This chat has ended');
});
