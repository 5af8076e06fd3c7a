import { afterEach, expect, test } from 'bun:test';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Article } from '../article.ts';
import { createKnowledge } from '../knowledge.ts';
import { writeLearned } from './learned-file.ts';
import { createLearningThread, type LearningThreadOptions } from './learning-thread.ts';

const articles = ['sound', 'language', 'password', 'guild', 'event', 'pass', 'crash', 'update', 'map'].map(
  (word): Article => ({
    id: word,
    title: `About the ${word}`,
    questions: [`${word} is missing`, `change the ${word}`],
    text: '',
    language: 'en',
  }),
);

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
const folders: string[] = [];
const threads: { stop(): void }[] = [];
afterEach(async () => {
  for (const thread of threads.splice(0)) thread.stop();
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })));
  logged.length = 0;
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'flexcord-learned-'));
  folders.push(folder);
  return folder;
}

function learnedIn(folder: string, options: Partial<LearningThreadOptions> = {}) {
  const learner = createLearningThread({ folder, logger, restFactor: 0, ...options });
  threads.push(learner);
  const knowledge = createKnowledge(null, learner);
  const find = (question: string) => knowledge.search(question, { language: 'en' })[0];
  return { learner, knowledge, find };
}

/** A script for a thread that dies when it is to learn, as often as `deaths`; the count is kept in a file. */
async function dying(folder: string, deaths: number): Promise<URL> {
  const script = join(folder, 'dying.ts');
  await Bun.write(
    script,
    `import ${JSON.stringify(join(import.meta.dir, 'learning-worker.ts'))};
     import { appendFileSync, readFileSync } from 'node:fs';
     appendFileSync(${JSON.stringify(join(folder, 'begun'))}, '.');
     const count = readFileSync(${JSON.stringify(join(folder, 'begun'))}).length;
     if (count <= ${deaths}) self.onmessage = ({ data }) => { if ('learn' in data) process.exit(1); };`,
  );
  return new URL(`file://${script}`);
}

test('learns in a thread the very same as in this one, and the next start takes it from a file', async () => {
  const here = createKnowledge();
  here.put(articles);
  await here.ready();
  const folder = await newFolder();
  const first = learnedIn(folder);
  first.knowledge.put(articles);
  await first.knowledge.ready();
  const question = 'cannot change my pasword';
  const expected = here.search(question, { language: 'en' });
  expect(first.knowledge.search(question, { language: 'en' })).toEqual(expected);
  const again = learnedIn(folder, { script: new URL('file:///nothing/learns/here.ts') });
  again.knowledge.put(articles);
  await again.knowledge.ready();
  expect(again.knowledge.search(question, { language: 'en' })).toEqual(expected);
  expect(logged).toEqual([]);
});

test('finds what was taught, edited and removed before it is learned anew', async () => {
  const { knowledge, find } = learnedIn(await newFolder());
  knowledge.put(articles);
  await knowledge.ready();
  const before = find('wobbly gizmo')?.score ?? 0;
  knowledge.learn('sound', [{ question: 'wobbly gizmo', weight: 2 }]);
  expect(find('wobbly gizmo')?.article.id).toBe('sound');
  expect(find('wobbly gizmo')?.score).toBeGreaterThan(before);
  knowledge.put([{ ...(articles[3] as Article), title: 'Orchestra', questions: ['tune the orchestra'] }]);
  knowledge.remove(['crash']);
  expect(find('how to tune the orchestra')?.article.id).toBe('guild');
  expect(find('the crash')?.article.id).not.toBe('crash');
  await knowledge.ready();
  expect(find('wobbly gizmo')?.article.id).toBe('sound');
  expect(find('how to tune the orchestra')?.article.id).toBe('guild');
  expect(find('the crash')?.article.id).not.toBe('crash');
});

test('starts a thread that died once again, and says so', async () => {
  const folder = await newFolder();
  const { knowledge, find } = learnedIn(folder, { script: await dying(folder, 1) });
  knowledge.put(articles);
  await knowledge.ready();
  expect(find('change my password')?.score).toBeGreaterThan(0.3);
  expect(logged.join()).toContain('the thread that learns articles died; it is started again');
});

test('goes on with words when the thread dies twice', async () => {
  const folder = await newFolder();
  const { knowledge, find, learner } = learnedIn(folder, { script: await dying(folder, 2) });
  knowledge.put(articles);
  await knowledge.ready();
  expect(articles.map(({ title }) => find(title)?.article.id)).toEqual(articles.map(({ id }) => id));
  const job = { language: 'en', documents: [], vectors: new Map(), onWords: () => {} };
  await Bun.write(join(folder, 'begun'), '');
  expect(learner.learn(job)).rejects.toMatchObject({ name: 'LearningError', why: 'died' });
});

test('gives up a thread that does not answer', async () => {
  const script = join(await newFolder(), 'silent.ts');
  await Bun.write(script, 'self.onmessage = () => {};');
  const { knowledge, find } = learnedIn(await newFolder(), {
    script: new URL(`file://${script}`),
    limitMs: 50,
  });
  knowledge.put(articles);
  await knowledge.ready();
  expect(find('About the sound')?.article.id).toBe('sound');
  expect(logged.join()).toContain('took too long');
});

test('ends while it learns', async () => {
  const { knowledge, learner, find } = learnedIn(await newFolder());
  knowledge.put(articles);
  const ready = knowledge.ready();
  await Bun.sleep(0);
  learner.stop();
  await ready;
  expect(find('About the sound')?.article.id).toBe('sound');
  expect(logged).toEqual([]);
});

test('learns again what stands damaged in a file, and keeps few files', async () => {
  const folder = await newFolder();
  const first = learnedIn(folder);
  first.knowledge.put(articles);
  await first.knowledge.ready();
  const [name = ''] = await readdir(folder);
  const bytes = await Bun.file(join(folder, name)).bytes();
  bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
  await Bun.write(join(folder, name), bytes);
  const again = learnedIn(folder);
  again.knowledge.put(articles);
  await again.knowledge.ready();
  expect(again.find('change my password')).toEqual(first.find('change my password') as never);
  const large = { numbers: new Float32Array(2 ** 24) };
  for (let number = 0; number < 3; number++)
    await writeLearned(join(folder, `knowledge-en-${number}.bin`), large);
  expect(await readdir(folder)).toEqual(['knowledge-en-2.bin']);
});
