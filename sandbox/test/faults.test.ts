import { afterEach, expect, test } from 'bun:test';
import { numbered, read, told } from './numbered.ts';
import { closeScenes, openScene } from './scene.ts';

afterEach(closeScenes);

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
