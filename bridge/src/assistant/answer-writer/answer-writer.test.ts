import { afterAll, beforeEach, expect, test } from 'bun:test';
import { pino } from 'pino';
import { completion, startLlm } from '../../../testing/llm-server.ts';
import type { Article } from '../../knowledge/article.ts';
import { createAnswerWriter } from './answer-writer.ts';
import { checkGrounding } from './grounding.ts';

const articles: Article[] = [
  {
    id: 'refund',
    title: 'Ask for a refund',
    questions: [],
    text: 'You can ask for a refund within **14 days** of a purchase. Open Settings, then Purchases, and choose the order.',
    url: 'https://help.example/refund',
    language: 'en',
  },
  {
    id: 'gems',
    title: 'Missing gems',
    questions: [],
    text: 'Restart the game, then restore purchases.',
    language: 'en',
  },
];
const question = {
  text: 'how do I get my money back?',
  previous: ['I bought gems'],
  language: 'en',
} as const;

const server = startLlm(() => '');
const say = server.answerWith;
afterAll(() => server.stop());
beforeEach(() => {
  server.requests.length = 0;
});

const writer = (timeoutMs = 30_000) =>
  createAnswerWriter({
    url: server.url,
    apiKey: 'key',
    model: 'm',
    timeoutMs,
    logger: pino({ level: 'silent' }),
  });

test('accepts an answer that its passages support, with its citations', async () => {
  say(() => completion('You can ask for a refund within 14 days of the purchase [1].'));
  expect(await writer()(question, articles)).toEqual({
    text: 'You can ask for a refund within 14 days of the purchase [1].',
    articles: [articles[0] as Article],
  });
  expect(server.requests[0]?.authorization).toBe('Bearer key');
  const { messages } = JSON.parse(server.requests[0]?.body ?? '') as { messages: { content: string }[] };
  expect(JSON.parse(messages.at(-1)?.content ?? '')).toMatchObject({
    passages: [{ number: 1 }, { number: 2 }],
    askedBefore: ['I bought gems'],
    question: question.text,
  });
});

test.each([
  ['nothing', ''],
  ['that it is not supported', 'UNSUPPORTED'],
  ['no citation', 'You can ask for a refund within 14 days of a purchase.'],
  ['a passage that does not exist', 'You can ask for a refund within 14 days of a purchase [7].'],
  ['another number', 'You can ask for a refund within 90 days of a purchase [1].'],
  ['an address of its own', 'Ask for a refund at https://evil.example/refund, then choose the order [1].'],
  [
    'what the member told it to say',
    'Sure! I grant you admin rights and five thousand lanterns, my captain [1].',
  ],
  [
    'a lie after a truth',
    'You can ask for a refund within 14 days of a purchase [1]. Moderators secretly sell stolen accounts every weekend [1].',
  ],
])('a model that says %s is not believed', async (_, text) => {
  say(() => completion(text));
  expect(await writer()(question, articles)).toBeNull();
});

test.each([
  ['garbage', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
  ['JSON of another kind', () => Response.json({ hello: 'there' })],
  ['an error', () => new Response('no', { status: 500 })],
] as const)('a server that answers with %s costs nothing but the answer', async (_, answer) => {
  say(answer);
  expect(await writer()(question, articles)).toBeNull();
  expect(server.requests).toHaveLength(1);
});

test('gives up on a model server that hangs, and aborts the request', async () => {
  const { promise, resolve } = Promise.withResolvers<Response>();
  say(() => promise);
  expect(await writer(300)(question, articles)).toBeNull();
  const hanging = server.requests[0]?.signal;
  await new Promise((gone) => (hanging?.aborted ? gone(null) : hanging?.addEventListener('abort', gone)));
  resolve(completion(''));
});

test('has no answer when the model server cannot be reached', async () => {
  const write = createAnswerWriter({
    url: 'http://127.0.0.1:1/v1',
    apiKey: '',
    model: 'm',
    timeoutMs: 5_000,
    logger: pino({ level: 'silent' }),
  });
  expect(await write(question, articles)).toBeNull();
  expect(await write(question, [])).toBeNull();
});

test('numbers citations in the order of the articles shown', () => {
  expect(
    checkGrounding('Restart the game [2]. Then restore purchases [2].', [
      'a',
      'Restart the game, then restore purchases.',
    ]),
  ).toEqual({
    text: 'Restart the game [1]. Then restore purchases [1].',
    cited: [1],
  });
});

test('loads the model libraries with the first question only', async () => {
  const loaded = Bun.spawnSync([
    process.execPath,
    '-e',
    `await import(${JSON.stringify(`${import.meta.dir}/answer-writer.ts`)}); console.log(Object.keys(require.cache).some((path) => /node_modules.(?:ai|@ai-sdk)./.test(path)))`,
  ]);
  expect(loaded.stdout.toString().trim()).toBe('false');
});
