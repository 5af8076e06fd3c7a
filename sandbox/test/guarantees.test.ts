import { afterEach, describe, expect, test } from 'bun:test';
import { storeKinds } from '../../bridge/testing/stores.ts';
import { closeScenes, openScene, type Scene } from './scene.ts';

/** A successor need not wait long for what the killed process held. */
const SOON = { LEASE_MS: '3000' };

afterEach(closeScenes);

const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix} ${n}`);

/** What the agent reads of the member, and the member of the agent, in order. */
const read = (scene: Scene, sid: string, prefix: string) =>
  scene.twilio
    .messages(sid)
    .map(({ body }) => body ?? '')
    .filter((body) => body.startsWith(prefix));
const told = (scene: Scene, prefix: string) =>
  scene.heard().flatMap((text) => text.match(new RegExp(`${prefix} \\d+`))?.[0] ?? []);

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

test('webhooks are lost, doubled and overtaken: the member reads every reply once and in order', async () => {
  const scene = await openScene({ env: { CHECK_QUIET_MS: '1000' } });
  const { conversationSid } = await scene.meet();
  scene.faults.add({ on: 'webhook', match: /onMessageAdded/, rate: 0.3, effect: { kind: 'drop' } });
  scene.faults.add({
    on: 'webhook',
    match: /onMessageAdded/,
    rate: 0.3,
    effect: { kind: 'duplicate', extra: 2 },
  });
  scene.faults.add({ on: 'webhook', match: /onMessageAdded/, rate: 0.3, effect: { kind: 'delay', ms: 40 } });
  for (const text of numbered('reply', 40)) scene.kim.send(conversationSid, text);
  await scene.twilio.webhooksSettled();
  await scene.hears('reply 39');
  expect(told(scene, 'reply')).toEqual(numbered('reply', 40));
});

test('the last webhook is lost: the bridge notices the silence by itself', async () => {
  const scene = await openScene({ env: { CHECK_QUIET_MS: '1000' } });
  const { conversationSid, task } = await scene.meet();
  scene.faults.add({ on: 'webhook', effect: { kind: 'drop' } });
  scene.kim.send(conversationSid, 'are you there?');
  await scene.hears('are you there?');
  scene.kim.complete(task);
  await scene.hears('This chat has ended');
});

test('joining and leaving are told once, however often and in whatever order the webhooks come', async () => {
  const scene = await openScene();
  scene.faults.add({ on: 'webhook', match: /onParticipant/, effect: { kind: 'duplicate', extra: 3 } });
  const { conversationSid, task } = await scene.meet();
  const leo = scene.twilio.createAgent({ identity: 'leo', fullName: 'Leo' });
  scene.kim.transfer(task, leo);
  const offered = await leo.waitForReservation(undefined, { timeoutMs: 10_000 });
  await leo.accept(offered);
  await scene.hears('Leo joined the chat.');
  leo.send(conversationSid, 'my turn');
  await scene.hears('my turn');
  await scene.twilio.webhooksSettled();
  const notes = scene.heard().filter((text) => /joined|left/.test(text));
  expect(notes).toHaveLength(3);
  expect(new Set(notes).size).toBe(3);
});

test('Twilio fails in every way at once: each message arrives once and in order', async () => {
  const scene = await openScene();
  const { conversationSid } = await scene.meet();
  const on = { on: 'api', method: 'POST', match: /conversations\/v1\/.*\/Messages/ } as const;
  scene.faults.add({ ...on, rate: 0.5, times: 3, effect: { kind: 'reset-after' } });
  scene.faults.add({ ...on, rate: 0.5, times: 2, effect: { kind: 'reset-before' } });
  scene.faults.add({ ...on, rate: 0.5, times: 2, effect: { kind: 'status', status: 503 } });
  for (const text of numbered('word', 12)) scene.ada.dm(text);
  await scene.reads(conversationSid, (body) => body === 'word 11', 1);
  expect(read(scene, conversationSid, 'word')).toEqual(numbered('word', 12));
});

test('Discord fails in every way at once: each reply arrives once and in order', async () => {
  const scene = await openScene();
  const { conversationSid } = await scene.meet();
  const on = { on: 'api', method: 'POST', match: /channels\/\d+\/messages/ } as const;
  scene.faults.add({ ...on, rate: 0.5, times: 3, effect: { kind: 'reset-after' } });
  scene.faults.add({ ...on, rate: 0.5, times: 2, effect: { kind: 'reset-before' } });
  scene.faults.add({ ...on, rate: 0.5, times: 2, effect: { kind: 'status', status: 500 } });
  for (const text of numbered('reply', 12)) scene.kim.send(conversationSid, text);
  await scene.hears('reply 11');
  expect(told(scene, 'reply')).toEqual(numbered('reply', 12));
});

test('the gateway session is lost while members write: the gap is filled, nothing comes twice', async () => {
  const scene = await openScene();
  const { conversationSid } = await scene.meet();
  scene.discord.gateway.dropConnections({ resumable: false });
  for (const text of numbered('word', 5)) scene.ada.dm(text);
  await scene.reads(conversationSid, (body) => body === 'word 4', 1);
  scene.ada.dm('word 5');
  await scene.reads(conversationSid, (body) => body === 'word 5', 1);
  expect(read(scene, conversationSid, 'word')).toEqual(numbered('word', 6));
});

test('one member’s trouble is not another’s', async () => {
  const scene = await openScene();
  const { conversationSid } = await scene.meet();
  scene.faults.add({
    on: 'api',
    method: 'POST',
    match: new RegExp(`${conversationSid}/Messages`),
    effect: { kind: 'status', status: 503 },
  });
  scene.ada.dm('held back');
  const bo = scene.discord.createUser({ username: 'bo', globalName: 'Bo' });
  scene.guild.join(bo);
  bo.dm('I want to talk to a person');
  const offered = await scene.kim.waitForReservation(({ task }) => task.attributes.customerName === 'Bo', {
    timeoutMs: 15_000,
  });
  expect(offered.task.conversationSid).not.toBe(conversationSid);
  scene.faults.clear();
  await scene.reads(conversationSid, (body) => body === 'held back', 1);
});

test('Studio never asks: the bridge answers and hands over by itself, once', async () => {
  const scene = await openScene({ env: { STUDIO_DEADLINE_MS: '1000', KNOWLEDGE_SAMPLE: 'true' } });
  scene.twilio.attachStudio({ onMessageAdded() {} });
  scene.ada.dm('I forgot my password');
  await scene.hears('Reset a forgotten password');
  scene.ada.dm('talk to a person please');
  const offered = await scene.kim.waitForReservation(undefined, { timeoutMs: 10_000 });
  await scene.kim.accept(offered);
  await scene.hears('Kim joined the chat.');
  expect(scene.twilio.tasks()).toHaveLength(1);
});

test('everybody left: the next word brings a new task on the same conversation, and the member knows', async () => {
  const scene = await openScene();
  const { conversationSid, task } = await scene.meet();
  scene.kim.leave(task);
  await scene.hears('Kim left the chat.');
  scene.ada.dm('hello?');
  const again = await scene.kim.waitForReservation(undefined, { timeoutMs: 10_000 });
  expect(again.task.conversationSid).toBe(conversationSid);
  await scene.kim.accept(again);
  await scene.twilio.waitFor(() => scene.heard().filter((text) => text.includes('Kim joined')).length === 2, {
    timeoutMs: 10_000,
  });
});

test('closed direct messages are answered where the command was used', async () => {
  const scene = await openScene();
  scene.ada.closeDms();
  const view = scene.ada.slash('helpme', {}, { guild: scene.guild });
  await view.waitFor(() => view.response?.content.includes('direct messages are closed') ?? false, {
    timeoutMs: 10_000,
  });
});

test('an agent is told what did not reach the member, and why', async () => {
  const scene = await openScene();
  const { conversationSid } = await scene.meet();
  scene.ada.closeDms();
  scene.kim.send(conversationSid, 'can you read me?');
  await scene.reads(conversationSid, (body) => body.includes('does not accept direct messages'), 1);
  scene.ada.openDms();
  scene.guild.leave(scene.ada);
  scene.kim.send(conversationSid, 'are you still there?');
  await scene.reads(conversationSid, (body) => body.includes('has left the server'), 1);
});
