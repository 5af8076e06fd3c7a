import { argumentsOrExit } from '@flexcord/bridge/config/command-line';
import type { Article } from '@flexcord/bridge/knowledge/article';
import { createKnowledge } from '@flexcord/bridge/knowledge/knowledge';
import { generator } from '@flexcord/bridge/knowledge/learning/linear-model';

/** Indexing and asking 10,000 generated articles; a process of its own, so that its memory is its own. Prints JSON. */
const ARTICLES = 10_000;
const QUERIES = 1_000;
const WORDS = 20_000;
argumentsOrExit(
  `Usage:
  bun run bench:kb:scale
      how long indexing and asking 10,000 generated articles takes, and the memory; prints JSON

Exit codes:
  0  measured
  2  wrong options`,
  { options: {} },
);
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
Bun.gc(true);
const before = process.memoryUsage.rss();
const knowledge = createKnowledge();

let longestWait = 0;
let last = performance.now();
const ticking = setInterval(() => {
  longestWait = Math.max(longestWait, performance.now() - last);
  last = performance.now();
}, 1);
/** Milliseconds of processor time since `from`; what other programs do does not change it. */
const cpuSince = (from: NodeJS.CpuUsage) => {
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
};

const cpuAtBegin = process.cpuUsage();
const begin = performance.now();
knowledge.put(articles);
await knowledge.ready();
const indexingMs = performance.now() - begin;
const indexingCpuMs = cpuSince(cpuAtBegin);
clearInterval(ticking);

const cpuAtQueries = process.cpuUsage();
const times: number[] = [];
for (let query = 0; query < QUERIES; query++) {
  const { questions } = articles[Math.floor(random() * ARTICLES)] ?? { questions: [] };
  const asked = (questions[query % 5] ?? '').replace(/(?<=\w\w)\w(?=\w)/, '');
  const start = performance.now();
  knowledge.search(asked, { language: 'en' });
  times.push(performance.now() - start);
}
const queryCpuMs = cpuSince(cpuAtQueries) / QUERIES;
times.sort((a, b) => a - b);
Bun.gc(true);
console.log(
  JSON.stringify({
    indexingMs,
    indexingCpuMs,
    longestWaitMs: longestWait,
    queryCpuMs,
    p50Ms: times[Math.floor(QUERIES * 0.5)],
    p99Ms: times[Math.floor(QUERIES * 0.99)],
    rssGrowthMb: (process.memoryUsage.rss() - before) / 2 ** 20,
  }),
);
