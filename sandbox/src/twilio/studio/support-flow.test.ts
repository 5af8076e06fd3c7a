import { afterEach, expect, test } from 'bun:test';
import {
  forFlow,
  type StudioTurnRequest,
  studioTurnPath,
  supportFlow,
} from '@flexcord/bridge/twilio/studio/flow';
import { type Served, serve } from '../../core/serve.ts';
import type { StudioEffects } from './host.ts';
import { createStudio } from './studio.ts';
import { json, sentToFlex } from './testing.ts';

let bridge: Served | undefined;
afterEach(() => bridge?.stop());

type Task = Parameters<StudioEffects['sendToFlex']>[0];

/** Puts the bridge's flow up over REST and runs it on one message of a member. */
async function runFlow(options: {
  answer: () => Response | Promise<Response>;
  body?: string;
  conversationAttributes?: string;
  refuse?: (task: Task) => boolean;
  httpTimeoutMs?: number;
}) {
  const turns: StudioTurnRequest[] = [];
  const paths: string[] = [];
  const tasks: Task[] = [];
  bridge = serve({
    service: 'bridge',
    async handle(request) {
      paths.push(new URL(request.url).pathname);
      turns.push(await request.json());
      return options.answer();
    },
  });
  const studio = createStudio({
    accountSid: `AC${'a'.repeat(32)}`,
    authToken: 'token',
    httpTimeoutMs: options.httpTimeoutMs ?? 10_000,
    effects: {
      async sendToFlex(task) {
        if (options.refuse?.(task)) throw new Error('refused');
        tasks.push(task);
        return sentToFlex;
      },
      sendMessage: () => Promise.reject(new Error('the flow writes no messages')),
    },
  });
  const definition = supportFlow({
    publicUrl: bridge.url,
    secret: 'se"cret',
    workflowSid: 'WW1',
    taskChannelSid: 'TC1',
  });
  const response = await studio.routes.handle(
    new Request('http://localhost/studio/v2/Flows', {
      method: 'POST',
      body: new URLSearchParams({
        FriendlyName: 'Support',
        Status: 'published',
        Definition: JSON.stringify(definition),
      }),
    }),
  );
  expect(response.status).toBe(201);
  const { sid, errors } = (await response.json()) as { sid: string; errors: unknown[] };
  expect(errors).toEqual([]);
  studio.onMessageAdded({
    flowSid: sid,
    conversationSid: 'CH1',
    messageSid: 'IM1',
    body: options.body ?? 'hello',
    author: 'discord_1',
    attributes: '{}',
    conversationAttributes: options.conversationAttributes ?? '{}',
    chatServiceSid: 'IS1',
    dateCreated: '2026-01-02T03:04:05Z',
    index: 0,
    source: 'API',
    participantSid: null,
    messagingServiceSid: null,
  });
  await studio.idle();
  const way = studio.executions(sid)[0]?.steps.map((step) => step.transitionedTo);
  return { turns, paths, tasks, way };
}

const handOver = (attributes: Record<string, string | number>) => () =>
  json({ next: 'flex', ...forFlow(attributes) });

test('sends the unchanged message and the secret to the bridge', async () => {
  const body = '"}}, {{secret}} {% raw %}\n\u2028 \ud83d\udc4b';
  const { turns, paths } = await runFlow({ body, answer: () => json({ next: 'none' }) });
  expect(paths).toEqual([studioTurnPath]);
  expect(turns).toEqual([{ conversationSid: 'CH1', messageSid: 'IM1', body, secret: 'se"cret' }]);
});

test('hands over with the attributes from the bridge', async () => {
  const attributes = { from: 'Ada "the" L\u00f8velace', caseNumber: 7, summary: 'a\n{{b}}' };
  const { tasks } = await runFlow({ answer: handOver(attributes) });
  expect(tasks).toMatchObject([
    { conversationSid: 'CH1', workflowSid: 'WW1', channelSid: 'TC1', attributes },
  ]);
});

test('ends without a hand-over where the bridge continues by itself', async () => {
  const { tasks, way } = await runFlow({ answer: () => json({ next: 'none' }) });
  expect(tasks).toEqual([]);
  expect(way).toEqual(['is_handed_over', 'ask_bridge', 'needs_agent', 'Ended']);
});

test('leaves a conversation alone that was handed over, also where the bridge breaks', async () => {
  const { tasks, turns, way } = await runFlow({
    answer: () => new Response('no', { status: 500 }),
    conversationAttributes: JSON.stringify({ customerName: 'Ada', handedOver: 'yes' }),
  });
  expect({ tasks, turns, way }).toEqual({ tasks: [], turns: [], way: ['is_handed_over', 'Ended'] });
});

const failures: [string, () => Response | Promise<Response>, httpTimeoutMs?: number][] = [
  ['refuses', () => new Response('no', { status: 401 })],
  ['breaks', () => new Response('no', { status: 500 })],
  ['does not answer in time', () => new Promise<Response>(() => {}), 50],
];
test.each(failures)('hands over by itself where the bridge %s', async (_how, answer, httpTimeoutMs) => {
  const conversationAttributes = JSON.stringify({ customerName: 'Ada "A"', customerAddress: 'discord_1' });
  const { tasks } = await runFlow({ answer, conversationAttributes, httpTimeoutMs });
  expect(tasks).toHaveLength(1);
  expect(tasks[0]?.attributes).toMatchObject({
    from: 'Ada "A"',
    customerName: 'Ada "A"',
    customerAddress: 'discord_1',
    channelType: 'web',
  });
});

test('uses the author as the name where the conversation has none', async () => {
  const { tasks } = await runFlow({ answer: () => new Response('no', { status: 500 }) });
  expect(tasks[0]?.attributes).toMatchObject({ from: 'discord_1', customerAddress: 'discord_1' });
});

test('retries with plain attributes where Flex refuses those of the bridge', async () => {
  const answer = handOver({ from: 'Ada' });
  const { tasks, way } = await runFlow({ answer, refuse: ({ attributes }) => attributes.from === 'Ada' });
  expect(tasks).toHaveLength(1);
  expect(way).toEqual([
    'is_handed_over',
    'ask_bridge',
    'needs_agent',
    'send_to_flex',
    'send_to_flex_unasked',
    'Ended',
  ]);
  await bridge?.stop();
  const tooLong = await runFlow({ answer: handOver({ from: 'x'.repeat(1100) }) });
  expect(tooLong.tasks[0]?.attributes).toMatchObject({ from: 'discord_1' });
});
