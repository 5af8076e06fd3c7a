import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argumentsOrExit } from '@flexcord/bridge/config/command-line';
import type { Article } from '@flexcord/bridge/knowledge/article';
import { createKnowledge, type Knowledge } from '@flexcord/bridge/knowledge/knowledge';
import { createLearningThread } from '@flexcord/bridge/knowledge/learning/learning-thread';
import { generator } from '@flexcord/bridge/knowledge/learning/linear-model';
import { pino } from 'pino';

/**
 * Learning and asking generated articles, 10,000 or as many as are named; a process of its own, so that its memory is its own.
 * Linux alone tells the time of a thread. Prints JSON.
 */
const BATCH_SIZE = 500;
const QUERIES = 300;
const WORDS = 20_000;
const { positionals } = argumentsOrExit(
  `Usage:
  bun run bench:kb:scale [articles]
      how long learning and asking so many generated articles takes, 10,000 where nothing is named, and the memory; prints JSON

Exit codes:
  0  measured
  2  wrong options`,
  { options: {}, words: 1 },
);
const ARTICLES = Number(positionals[0] ?? 10_000);
const random = generator(7);
const SYLLABLES = 'ka lo mi ten dra vor sil pa nu gre fi zon be ru tal esh qui mar o shi'.split(' ');

/** Few words are frequent and many rare, as in real texts (Zipf's law). */
function word(): string {
  let rank = Math.floor(WORDS ** random());
  let made = '';
  do {
    made += SYLLABLES[rank % SYLLABLES.length];
    rank = Math.floor(rank / SYLLABLES.length);
  } while (rank > 0);
  return made;
}

function sentence(length: number): string {
  return Array.from({ length }, word).join(' ');
}

const articles: Article[] = Array.from({ length: ARTICLES }, (_, number) => ({
  id: String(number),
  title: sentence(5),
  questions: Array.from({ length: 5 }, () => sentence(8)),
  text: sentence(80),
  language: 'en',
}));
const folder = mkdtempSync(join(tmpdir(), 'flexcord-scale-'));
const learner = createLearningThread({ folder, logger: pino({ level: 'warn' }), idleMs: 100, restFactor: 0 });
const rssMb = () => {
  Bun.gc(true);
  return process.memoryUsage.rss() / 2 ** 20;
};
const before = rssMb();
const figures: Record<string, number> = {};

/** Milliseconds for which the event loop's thread has had a processor; what other threads and programs do does not change it. */
const loopMs = () =>
  Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;

/** All processor time, that of the event loop, and the longest that it worked without a pause. */
async function measure(name: string, work: () => Promise<void>): Promise<void> {
  const cpu = process.cpuUsage();
  const begin = loopMs();
  let last = begin;
  let longest = 0;
  const ticking = setInterval(() => {
    const now = loopMs();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  await work();
  clearInterval(ticking);
  const { user, system } = process.cpuUsage(cpu);
  figures[`${name}: all processor ms`] = (user + system) / 1000;
  figures[`${name}: of the loop ms`] = loopMs() - begin;
  figures[`${name}: longest without a pause ms`] = longest;
}

async function fill(knowledge: Knowledge): Promise<void> {
  await knowledge.together(async () => {
    for (let from = 0; from < ARTICLES; from += BATCH_SIZE) {
      knowledge.put(articles.slice(from, from + BATCH_SIZE));
      await Bun.sleep(1);
    }
  });
  await knowledge.ready();
}

const knowledge = createKnowledge(null, learner);
await measure('learned', () => fill(knowledge));
await Bun.sleep(500);
figures['memory MB'] = rssMb() - before;
await measure('a lesson', async () => {
  knowledge.learn('5', [{ question: 'wobbly gizmo', weight: 1 }]);
  await Bun.sleep(50);
});

const atQueries = loopMs();
for (let query = 0; query < QUERIES; query++) {
  const { questions } = articles[Math.floor(random() * ARTICLES)] ?? { questions: [] };
  const asked = (questions[query % 5] ?? '').replace(/(?<=\w\w)\w(?=\w)/, '');
  knowledge.search(asked, { language: 'en' });
}
figures['a search: ms'] = (loopMs() - atQueries) / QUERIES;
await measure('started from the file', () => fill(createKnowledge(null, learner)));
learner.stop();
rmSync(folder, { recursive: true });
console.log(JSON.stringify(figures));
