import { join } from 'node:path';
import type { Article } from '@flexcord/bridge/knowledge/article';
import { type Contender, flexcord, flexcordWith, miniSearch, orama } from './contenders.ts';
import { type Banking77, byCategory, HOW_TO_GET, type Labelled, readBanking77 } from './dataset.ts';
import { meanOf, type Quality, qualityOf, row } from './metrics.ts';

/**
 * `bun run bench:kb <folder>`: how well help articles are found, on banking77 (https://arxiv.org/abs/2003.04807).
 * `--cv` looks at training questions alone, on splits that the test never uses: settings are chosen by it. No synonym
 * and no setting was chosen by looking at the test questions. With EMBEDDINGS_URL and EMBEDDINGS_MODEL, and a key in
 * EMBEDDINGS_API_KEY where it wants one, also with that model.
 */
const SEEDS = [1, 2, 3];
const CV_SEEDS = [21, 22, 23];
/** Held-out training questions a category. */
const CV_EACH = 14;
const FEW = 5;
const HEAD = `${''.padEnd(34)} recall@1 recall@3  nDCG@10`;
const { EMBEDDINGS_URL: url, EMBEDDINGS_MODEL: model, EMBEDDINGS_API_KEY: apiKey = '' } = process.env;
const CONTENDERS: Record<string, Contender> = {
  Flexcord: flexcord,
  ...(url && model ? { [`Flexcord with ${model}`.slice(0, 33)]: flexcordWith({ url, apiKey, model }) } : {}),
  'MiniSearch, defaults': miniSearch,
  'Orama, defaults': orama,
};

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
  for (const most of [FEW, Infinity]) {
    const what =
      most === FEW ? `title and ${FEW} sample questions each` : `all ${train.length} training questions`;
    console.log(
      `\n77 articles, ${what}; ${test.length} test questions; mean of seeds ${SEEDS.join(', ')}\n${HEAD}`,
    );
    for (const [name, contender] of Object.entries(CONTENDERS)) {
      const splits = SEEDS.map((seed) => ({
        articles: articlesOf(byCategory(train, seed), most),
        queries: test,
      }));
      await print(name, contender, splits);
    }
  }
}

async function crossValidate({ train }: Banking77): Promise<void> {
  console.log(`Held-out training questions alone; mean of seeds ${CV_SEEDS.join(', ')}\n${HEAD}`);
  for (const most of [FEW, Infinity]) {
    const splits = CV_SEEDS.map((seed) => {
      const groups = byCategory(train, seed);
      const asked = [...groups].flatMap(([category, texts]) =>
        texts.slice(0, CV_EACH).map((text) => ({ text, category })),
      );
      const learned = new Map([...groups].map(([category, texts]) => [category, texts.slice(CV_EACH)]));
      return { articles: articlesOf(learned, most), queries: asked };
    });
    await print(most === FEW ? `${FEW} questions each` : 'the others all', flexcord, splits);
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
  splits: { articles: Article[]; queries: Labelled[] }[],
): Promise<void> {
  const found: Quality[] = [];
  let preparedMs = 0;
  for (const { articles, queries } of splits) {
    const begin = performance.now();
    const find = await contender(articles);
    preparedMs += (performance.now() - begin) / splits.length;
    found.push(await qualityOf(find, queries));
  }
  console.log(`${row(name, meanOf(found))}   ready in ${Math.round(preparedMs)} ms`);
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
