import { join } from 'node:path';
import { argumentsOrExit } from '@flexcord/bridge/config/command-line';
import { printCalibration } from './calibration.ts';
import { type Banking77, HOW_TO_GET, readBanking77 } from './dataset.ts';
import { meanOf, type Quality, qualityOf, row } from './metrics.ts';
import { bare, finding, miniSearch, orama, type Prepare, type Searcher, withModel } from './searchers.ts';
import { CV_SEEDS, cvSplits, SEEDS, type Split, testSplits } from './splits.ts';

/**
 * `bun run bench:kb <folder>`: how well help articles are found, and how far the confidence in them can be relied on,
 * on banking77 (https://arxiv.org/abs/2003.04807).
 * `--cv` looks at training questions alone, on splits that the test never uses: settings are chosen by it. No synonym
 * and no setting was chosen by looking at the test questions. With EMBEDDINGS_URL and EMBEDDINGS_MODEL, and a key in
 * EMBEDDINGS_API_KEY where it wants one, also with that model.
 */
const FEW = 5;
const HEAD = `${''.padEnd(34)} recall@1 recall@3  nDCG@10`;
const { EMBEDDINGS_URL: url, EMBEDDINGS_MODEL: model, EMBEDDINGS_API_KEY: apiKey = '' } = process.env;
/** Flexcord, by what it is given. */
const OURS: Record<string, Prepare> = {
  Flexcord: bare,
  ...(url && model ? { [`Flexcord with ${model}`.slice(0, 33)]: withModel({ url, apiKey, model }) } : {}),
};
const SEARCHERS: Record<string, Searcher> = {
  ...Object.fromEntries(Object.entries(OURS).map(([name, prepare]) => [name, finding(prepare)])),
  'MiniSearch, defaults': miniSearch,
  'Orama, defaults': orama,
};

const given = argumentsOrExit(
  `Usage:
  bun run bench:kb <folder> [--cv]
      how well help articles are found on banking77, whose train.csv and test.csv are in the folder
    --cv   on splits of the training questions alone, by which settings are chosen

Exit codes:
  0  measured
  2  wrong options or no such files`,
  { options: { cv: { type: 'boolean' } }, words: 1 },
);
const {
  values: { cv = false },
  positionals: [folder],
} = given;
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

async function compare(data: Banking77): Promise<void> {
  for (const most of [FEW, Infinity]) {
    const what =
      most === FEW ? `title and ${FEW} sample questions each` : `all ${data.train.length} training questions`;
    console.log(
      `\n77 articles, ${what}; ${data.test.length} test questions; mean of seeds ${SEEDS.join(', ')}\n${HEAD}`,
    );
    const splits = testSplits(data, most);
    for (const [name, searcher] of Object.entries(SEARCHERS)) await print(name, searcher, splits);
    await printCalibration(OURS, splits);
  }
}

async function crossValidate(data: Banking77): Promise<void> {
  console.log(`Held-out training questions alone; mean of seeds ${CV_SEEDS.join(', ')}`);
  for (const most of [FEW, Infinity]) {
    const splits = cvSplits(data, most);
    console.log(`\n${HEAD}`);
    await print(most === FEW ? `${FEW} questions each` : 'the others all', finding(bare), splits);
    await printCalibration(OURS, splits);
  }
}

async function scale(): Promise<void> {
  const run = Bun.spawn([process.execPath, join(import.meta.dir, 'scale.ts')], {
    stdout: 'pipe',
    stderr: 'inherit',
  });
  const figures = Object.entries(JSON.parse(await new Response(run.stdout).text()) as Record<string, number>);
  console.log('\n10,000 generated articles, own process');
  for (const [name, figure] of figures) console.log(`${name.padEnd(50)}${figure.toFixed(1).padStart(9)}`);
}

async function print(name: string, searcher: Searcher, splits: readonly Split[]): Promise<void> {
  const found: Quality[] = [];
  let preparedMs = 0;
  for (const { articles, queries } of splits) {
    const begin = performance.now();
    const find = await searcher(articles);
    preparedMs += (performance.now() - begin) / splits.length;
    found.push(await qualityOf(find, queries));
  }
  console.log(`${row(name, meanOf(found))}   ready in ${Math.round(preparedMs)} ms`);
}
