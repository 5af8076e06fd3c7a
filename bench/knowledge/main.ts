import { join } from 'node:path';
import type { Article } from '@flexcord/bridge/knowledge/article';
import { type Contender, flexcord, miniSearch, orama } from './contenders.ts';
import { type Banking77, byCategory, HOW_TO_GET, type Labelled, readBanking77 } from './dataset.ts';
import { qualityOf, row } from './metrics.ts';

/**
 * `bun run bench:kb <folder>`: how well help articles are found, on banking77 (https://arxiv.org/abs/2003.04807).
 * `--cv` looks at training questions alone, on splits that the test never uses: settings are chosen by it.
 */
const SEED = 1;
const CV_SEEDS = [11, 12, 13];
const CV_QUERIES = 800;
const FEW = 5;
const HEAD = `${''.padEnd(34)} recall@1 recall@3  nDCG@10`;

const cv = process.argv.includes('--cv');
const folder = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
const data = folder === undefined ? null : readBanking77(folder);
if (!data) {
  console.error(HOW_TO_GET);
  process.exit(2);
}
if (cv) await crossValidate(data);
else {
  await compare(data);
  await scale();
}

async function compare({ train, test }: Banking77): Promise<void> {
  const groups = byCategory(train, SEED);
  const queries = test.filter((_, index) => index % 3 === 0);
  const few = articlesOf(groups, FEW);
  console.log(`77 articles, title and ${FEW} sample questions each, ${queries.length} queries\n${HEAD}`);
  await print('Flexcord', flexcord, few, queries);
  await print('MiniSearch, defaults', miniSearch, few, queries);
  await print('Orama, defaults', orama, few, queries);
  const all = articlesOf(groups, Infinity);
  console.log(`\n77 articles, all ${train.length} training questions\n${HEAD}`);
  await print('Flexcord', flexcord, all, queries);
  await print('MiniSearch, defaults', miniSearch, all, queries);
  await print('Orama, defaults', orama, all, queries);
}

async function crossValidate({ train }: Banking77): Promise<void> {
  console.log(HEAD);
  for (const seed of CV_SEEDS) {
    const groups = byCategory(train, seed);
    const held = [...groups].flatMap(([category, texts]) =>
      texts.slice(FEW).map((text) => ({ text, category })),
    );
    const queries = held.filter((_, index) => index % Math.floor(held.length / CV_QUERIES) === 0);
    await print(`held-out training questions, ${seed}`, flexcord, articlesOf(groups, FEW), queries);
  }
}

async function scale(): Promise<void> {
  const run = Bun.spawn([process.execPath, join(import.meta.dir, 'scale.ts')], {
    stdout: 'pipe',
    stderr: 'inherit',
  });
  const figures = Object.entries(JSON.parse(await new Response(run.stdout).text()) as Record<string, number>);
  console.log('\n10,000 generated articles, own process');
  for (const [name, figure] of figures) console.log(`${name.padEnd(34)}${figure.toFixed(1).padStart(9)}`);
}

async function print(
  name: string,
  contender: Contender,
  articles: Article[],
  queries: Labelled[],
): Promise<void> {
  const begin = performance.now();
  const find = await contender(articles);
  const prepared = performance.now() - begin;
  const quality = await qualityOf(find, queries);
  console.log(`${row(name, quality)}   ready in ${Math.round(prepared)} ms`);
}

function articlesOf(groups: Map<string, string[]>, most: number): Article[] {
  return [...groups].map(([category, texts]) => ({
    id: category,
    title: category.replaceAll('_', ' '),
    questions: texts.slice(0, most),
    text: '',
    language: 'en',
  }));
}
