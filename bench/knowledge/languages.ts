import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { argumentsOrExit } from '@flexcord/bridge/config/command-line';
import type { Article } from '@flexcord/bridge/knowledge/article';
import { meanOf, type Quality, qualityOf, row } from './metrics.ts';
import { bare, finding, miniSearch, pairs, type Searcher } from './searchers.ts';

/**
 * `bun run bench:kb:languages <folder>`: how well paragraphs are found by questions in other languages than English. The
 * folder has files of questions and paragraphs in SQuAD's form (https://arxiv.org/abs/1606.05250), each named after its
 * language, such as `ja.json`: JSQuAD (https://github.com/yahoojapan/JGLUE, CC BY-SA 4.0), KorQuAD 1.0
 * (https://korquad.github.io, CC BY-ND 2.0), XQuAD for German, Spanish and Chinese
 * (https://github.com/google-deepmind/xquad, CC BY-SA 4.0). Settings for Japanese were chosen on the validation file of
 * JSQuAD; its test file is another one.
 */
interface Squad {
  data: { paragraphs: { context: string; qas: { question: string }[] }[] }[];
}

const MAX_ARTICLES = 400;
/** A paragraph has about as many questions; the first are its sample questions and the others are asked. */
const SAMPLES = [0, 1, 2];

const SEARCHERS: Record<string, Searcher> = {
  Flexcord: finding(bare),
  'BM25 over pairs of characters': pairs,
  'MiniSearch, defaults': miniSearch,
};

const { positionals } = argumentsOrExit(
  `Usage:
  bun run bench:kb:languages <folder>
      how well paragraphs are found by questions in other languages than English; the folder has files in SQuAD's form, each
      named after its language, such as ja.json

Exit codes:
  0  measured
  2  wrong options or no such files`,
  { options: {}, words: 1 },
);
const [folder] = positionals;
if (folder === undefined) {
  console.error(
    'Give a folder with files such as ja.json; where to get them stands in bench/knowledge/languages.ts.',
  );
  process.exit(2);
}
for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
  const language = basename(file, '.json').split('-')[0] ?? 'en';
  const { data } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Squad;
  const paragraphs = data.flatMap((document) => document.paragraphs);
  const step = Math.max(1, paragraphs.length / MAX_ARTICLES);
  const some = Array.from(
    { length: Math.min(MAX_ARTICLES, paragraphs.length) },
    (_, at) => paragraphs[Math.floor(at * step)],
  );
  for (const samples of SAMPLES) {
    const articles: Article[] = [];
    const queries: { text: string; category: string }[] = [];
    some.forEach((paragraph, number) => {
      const questions = paragraph?.qas.map(({ question }) => question) ?? [];
      const id = String(number);
      articles.push({
        id,
        title: '',
        questions: questions.slice(0, samples),
        text: paragraph?.context ?? '',
        language,
      } as Article);
      for (const text of questions.slice(2, 5)) queries.push({ text, category: id });
    });
    console.log(
      `\n${file}: ${articles.length} paragraphs, ${samples} sample questions each, ${queries.length} asked\n${''.padEnd(34)} recall@1 recall@3  nDCG@10`,
    );
    for (const [name, searcher] of Object.entries(SEARCHERS)) {
      const begin = performance.now();
      const found: Quality = await qualityOf(await searcher(articles), queries);
      console.log(`${row(name, meanOf([found]))}   in ${Math.round(performance.now() - begin)} ms`);
    }
  }
}
