import { afterAll, afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { embeddingsOf, startEmbeddings, topicsByWord } from '../../../../testing/embeddings-server.ts';
import { loadFolder } from '../../../../testing/load-folder.ts';
import { storeKinds, type TestPlace } from '../../../../testing/stores.ts';
import type { Store } from '../../../store/open.ts';
import type { Article } from '../../article.ts';
import { sampleFolder } from '../../import/sample-articles.ts';
import { createKnowledge } from '../../knowledge.ts';
import { generator } from '../../learning/linear-model.ts';
import { createArticleVectors } from './article-vectors.ts';
import { createEmbedder } from './embedder.ts';
import { createEmbeddings } from './embeddings.ts';
import { createVectorStore, deleteUnusedVectors } from './vector-store.ts';

const article = (id: string, title: string, questions: string[]): Article => ({
  id,
  title,
  questions,
  text: title,
  language: 'en',
});
const articles = [
  article('battery', 'Battery life', ['how long does the battery last', 'battery drains overnight']),
  article('refund', 'Ask for a refund', ['can I get a refund', 'refund an order']),
  article('friends', 'Add friends', ['how do I invite a friend', 'friend list']),
  ...['sound', 'language', 'password', 'guild', 'event', 'pass', 'crash', 'update', 'map'].map((word) =>
    article(word, `About the ${word}`, [`${word} is missing`, `change the ${word}`]),
  ),
];
const ASKED = 'bring pals with us';
const server = startEmbeddings(topicsByWord('friends friend pals', 'invite bring', 'refund money'));
afterAll(() => server.stop());
beforeEach(() => {
  server.answerWith(null);
  server.requests.length = 0;
});

const [embedded] = storeKinds;
let place: TestPlace;
let store: Store;
beforeEach(async () => {
  place = (await embedded?.make()) as TestPlace;
  store = await place.open();
});
afterEach(() => place.drop());

const logged: string[] = [];
const logger = pino(
  {},
  new Writable({
    write(chunk, _, done) {
      logged.push(String(chunk));
      done();
    },
  }),
);

function meaningOf(options: { timeoutMs?: number; model?: string; prefixes?: [string, string] } = {}) {
  const { timeoutMs = 30_000, model = 'm', prefixes: [queryPrefix, textPrefix] = ['', ''] } = options;
  return createEmbeddings({
    embed: createEmbedder({ url: server.url, apiKey: 'key', model }),
    kept: createVectorStore(store, model),
    queryPrefix,
    textPrefix,
    timeoutMs,
    logger,
  });
}

async function knowing(meaning: Parameters<typeof createKnowledge>[0], given: readonly Article[] = articles) {
  const knowledge = createKnowledge(meaning);
  knowledge.put(given);
  await knowledge.ready();
  const first = (question: string) => knowledge.search(question, { language: 'en' })[0]?.article.id;
  return { knowledge, first };
}

describe('a question in words that no article has', () => {
  test('finds the article of the same meaning once its vector is known', async () => {
    const { first: byWords } = await knowing(null);
    expect(byWords(ASKED)).not.toBe('friends');
    const { knowledge, first } = await knowing(meaningOf());
    expect(first(ASKED)).not.toBe('friends');
    expect(await knowledge.prepare?.([ASKED])).toBe(true);
    expect(first(ASKED)).toBe('friends');
    expect(server.requests[0]?.authorization).toBe('Bearer key');
  });

  test('is embedded once, however many ask at the same time or again', async () => {
    const { knowledge } = await knowing(meaningOf());
    server.requests.length = 0;
    await Promise.all([knowledge.prepare?.([ASKED]), knowledge.prepare?.([ASKED, ` ${ASKED} `])]);
    expect(await knowledge.prepare?.([ASKED, ''])).toBe(true);
    expect(server.texts()).toEqual([ASKED]);
  });

  test('takes its meaning from the previous question where it refers to it', async () => {
    const { knowledge } = await knowing(meaningOf());
    await knowledge.prepare?.([ASKED, 'and on that one?']);
    const [best] = knowledge.search('and on that one?', { language: 'en', previous: [ASKED] });
    expect(best?.article.id).toBe('friends');
  });
});

test('sends texts and questions with the prefixes that the model wants', async () => {
  const { knowledge } = await knowing(meaningOf({ prefixes: ['query: ', 'passage: '] }));
  expect(server.texts().every((text) => text.startsWith('passage: '))).toBe(true);
  server.requests.length = 0;
  await knowledge.prepare?.([ASKED]);
  expect(server.texts()).toEqual([`query: ${ASKED}`]);
});

for (const kind of storeKinds) {
  test(`embeds a text once, also across restarts, and again for another model, on ${kind.name}`, async () => {
    const own = await kind.make();
    const first = store;
    try {
      store = await own.open();
      await knowing(meaningOf());
      const sent = server.texts();
      expect(sent).toContain('how long does the battery last');
      expect(new Set(sent).size).toBe(sent.length);

      server.requests.length = 0;
      const { knowledge, first: best } = await knowing(meaningOf());
      expect(server.texts()).toEqual([]);
      await knowledge.prepare?.([ASKED]);
      expect(best(ASKED)).toBe('friends');

      server.requests.length = 0;
      knowledge.put([article('friends', 'Add friends', ['how do I invite a friend', 'where is everybody'])]);
      await knowledge.ready();
      expect(server.texts()).toEqual(['where is everybody']);

      server.requests.length = 0;
      await knowing(meaningOf({ model: 'another' }));
      expect(server.texts().toSorted()).toEqual(sent.toSorted());

      await deleteUnusedVectors(store, Date.now() - 3600_000);
      expect((await createVectorStore(store, 'm').read(sent)).size).toBe(sent.length);
      await deleteUnusedVectors(store, Date.now() + 3600_000);
      expect((await createVectorStore(store, 'm').read(sent)).size).toBe(0);
    } finally {
      store = first;
      await own.drop();
    }
  });
}

describe.each([
  ['an error', () => new Response(`no: ${ASKED}`, { status: 500 })],
  ['garbage', () => new Response('<html>', { headers: { 'content-type': 'text/html' } })],
  ['JSON of another kind', () => Response.json({ hello: ASKED })],
  ['vectors of nothing', (texts: string[]) => embeddingsOf(texts.map(() => [0, 0, 0]))],
  ['too few vectors', () => embeddingsOf([])],
] as const)('an endpoint that answers with %s', (_, answer) => {
  test('leaves search working without it', async () => {
    server.answerWith(answer);
    logged.length = 0;
    const { knowledge, first } = await knowing(meaningOf());
    const { first: byWords } = await knowing(null);
    expect(await knowledge.prepare?.([ASKED])).toBe(false);
    for (const question of [ASKED, 'refund please', 'battery'])
      expect(first(question)).toBe(byWords(question));
    expect(logged.join('')).not.toContain(ASKED);
  });
});

test('waits once for an endpoint that hangs, then backs off', async () => {
  const { knowledge, first } = await knowing(meaningOf({ timeoutMs: 200 }));
  server.answerWith((texts) => new Promise<Response>(() => texts));
  server.requests.length = 0;
  expect(await knowledge.prepare?.([ASKED])).toBe(false);
  expect(server.requests).toHaveLength(1);
  expect(await knowledge.prepare?.(['and another question'])).toBe(false);
  expect(server.requests).toHaveLength(1);
  expect(first('refund please')).toBe('refund');
});

test('embeds all other texts when the model refuses one, and does not retry that one', async () => {
  const usual = (texts: string[]) => embeddingsOf(texts.map((text) => [text.length, 1, 2]));
  server.answerWith((texts) =>
    texts.some((text) => text.startsWith('too long')) ? new Response('', { status: 413 }) : usual(texts),
  );
  const texts = [...Array.from({ length: 100 }, (_, n) => `text ${n}`), 'too long', 'the last'];
  const known = createArticleVectors(meaningOf(), () => {}, 20);
  const vectors = await known.of(texts);
  expect(vectors.size).toBe(101);
  expect(vectors.has('too long')).toBe(false);
  server.requests.length = 0;
  expect((await known.of([...texts, 'a new one'])).size).toBe(102);
  expect(server.texts()).toEqual(['a new one']);
});

test('stops early when an endpoint refuses everything', async () => {
  server.answerWith(() => new Response('', { status: 400 }));
  const texts = Array.from({ length: 1_000 }, (_, n) => `text ${n}`);
  expect((await createArticleVectors(meaningOf(), () => {}, 60_000).of(texts)).size).toBe(0);
  expect(server.requests.length).toBeLessThan(50);
});

test('does not back off when a single question is refused', async () => {
  const { knowledge } = await knowing(meaningOf());
  server.answerWith(() => new Response('', { status: 400 }));
  expect(await knowledge.prepare?.([ASKED])).toBe(false);
  server.answerWith(null);
  expect(await knowledge.prepare?.([ASKED])).toBe(true);
});

test('retries vectors that could not be fetched until they can', async () => {
  const meaning = meaningOf();
  server.answerWith(() => new Response('', { status: 503 }));
  const { promise, resolve } = Promise.withResolvers<void>();
  const known = createArticleVectors(meaning, resolve, 20);
  expect((await known.of(['a text'])).size).toBe(0);
  server.answerWith(null);
  await promise;
  expect((await known.of(['a text'])).size).toBe(1);
});

test('leaves out a model that measures as useless', async () => {
  const random = generator(5);
  server.answerWith((texts) =>
    embeddingsOf(texts.map(() => Array.from({ length: 16 }, () => random() - 0.5))),
  );
  const sample = (await loadFolder(sampleFolder)).filter(({ language }) => language === 'en');
  const { knowledge } = await knowing(meaningOf(), sample);
  const { knowledge: byWords } = await knowing(null, sample);
  const questions = [
    'my gems are missing',
    'the game crashes',
    'where do I enter a code',
    'delete my account',
  ];
  await knowledge.prepare?.(questions);
  for (const question of questions) {
    const ids = (asked: typeof knowledge) =>
      asked.search(question, { language: 'en' }).map((hit) => hit.article.id);
    expect(ids(knowledge)).toEqual(ids(byWords));
  }
});

test('loads the model library with the first text only', () => {
  const loaded = Bun.spawnSync([
    process.execPath,
    '-e',
    `await import(${JSON.stringify(`${import.meta.dir}/embedder.ts`)}); console.log(Object.keys(require.cache).some((path) => /node_modules.(?:ai|@ai-sdk)./.test(path)))`,
  ]);
  expect(loaded.stdout.toString().trim()).toBe('false');
});
