/** `bun run kb`: help articles in and out of the store. It works beside a running bridge, which takes in what changed by itself. */
import type { ImportReport } from '@flexcord/shared/panel/library';
import { readArguments, runCommand, UsageError } from './config/command-line.ts';
import { loadSettings } from './config/config.ts';
import { closest } from './config/did-you-mean.ts';
import { checkSourceWords, printReport, runSource } from './kb/sources.ts';
import { countArticles, listArticles } from './knowledge/articles/queries.ts';
import { loadArticles } from './knowledge/articles/sync.ts';
import { exportArticles } from './knowledge/import/export.ts';
import { mappingOf } from './knowledge/import/headings.ts';
import { importArticles } from './knowledge/import/import-articles.ts';
import { openImportSource } from './knowledge/import/import-source.ts';
import { createKnowledge } from './knowledge/knowledge.ts';
import { languageTag } from './knowledge/text/language-tag.ts';
import {
  countsOf,
  gainOf,
  QuestionSetError,
  readQuestionSet,
  type TestedQuestion,
  testQuestions,
} from './knowledge/trial/question-set.ts';
import { openStore, type Store } from './store/open.ts';

const USAGE = `Usage:
  bun run kb import <folder | file | address> [options]
      a folder of Markdown, MDX or HTML, .md, .mdx, .html, .csv, .tsv, .xlsx,
      .json (export of Zendesk or Intercom), the address of a sitemap, or that of Zendesk's articles API
    --dry-run           says what would be done, and does nothing
    --map FIELD=COLUMN  what a column of a table, or a field of front matter, is, where the guess is wrong, such as
                        --map title=Frage; --map =COLUMN leaves it out; --map title=1 is the first column, also where a
                        table has no headings; may be given several times
    --language TAG      for articles that do not say, such as en or pt-BR; without it, their words tell
    --label NAME        puts a label on every article; may be given several times
    --publish, --draft  publishes every article, or none; by default what the source says, otherwise published
    --withdraw-gone     unpublishes articles that are no longer at their source; without it they are only named
    --hosts A,B         also fetches pages that a sitemap lists on these hosts
    --all               fetches pages again that have not changed according to their sitemap
    --allow-private     also fetches from addresses of this machine and of private networks
  bun run kb export <file.csv | file.xlsx | folder>
  bun run kb test <questions.csv> [options]
      asks questions of your own; the columns are "question" and "articles": the ids that answer it, parted by spaces,
      and none where nothing should be shown
    --save FILE         keeps how they fared
    --before FILE       says what is better and what is worse than when that was kept
  bun run kb source add <folder | address> [options]
      articles that are read again and again by a running bridge: a folder, or a checked-out repository, of Markdown and
      MDX; the address of a sitemap, of Zendesk or its articles API, or of Intercom's articles API
    --every TIME        from one reading to the next, such as 30m or 1d; 6h without it
    --publish, --draft  what it says is published at once; or new articles are drafts and changes wait for a person (the
                        default)
    --kind KIND         sitemap, folder, zendesk or intercom, where the guess is wrong
    --language, --label, --hosts, --allow-private   as above
  bun run kb source list
  bun run kb source read <number> [--dry-run] [--all] [--withdraw]
      reads one now; with --dry-run it only says what would change. --withdraw also withdraws what is gone, although it is
      more than a third of the source
  bun run kb source remove <number>
      it is not read any more; its articles stay
  bun run kb list [words]
  bun run kb stats

The store is the one that DATABASE_URL or DATA_DIR names, as for the bridge.

Exit codes:
  0  done
  1  something could not be imported (the rest was), a question fares worse than before, or the store failed
  2  wrong options or a wrong configuration`;

async function main(): Promise<number> {
  const { positionals, values } = argumentsGiven();
  const [command, what, ...more] = positionals;
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const run = command !== undefined && Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (command === undefined) throw new UsageError('Name a command.');
  if (!run) {
    const meant = closest(command, Object.keys(COMMANDS));
    throw new UsageError(`There is no command "${command}".${meant ? ` Did you mean ${meant}?` : ''}`);
  }
  if (command !== 'list' && command !== 'source' && more.length > 0)
    throw new UsageError(`"${more[0]}" is one argument too many.`);
  if (['import', 'export', 'test'].includes(command) && !what)
    throw new UsageError(`Say what to ${command}.`);
  if (command === 'source') checkSourceWords([what ?? '', ...more], values);
  if (values.publish && values.draft) throw new UsageError('--publish and --draft exclude each other.');
  if (values.language !== undefined && languageTag(values.language) === null)
    throw new UsageError(`--language is "${values.language}"; it wants a language tag, such as en or pt-BR.`);

  const { config } = loadSettings(process.env, [
    'DATABASE_URL',
    'DATA_DIR',
    'KNOWLEDGE_SOURCE_PACE_MS',
    'KNOWLEDGE_ZENDESK_LOGIN',
    'KNOWLEDGE_INTERCOM_TOKEN',
  ]);
  const store = await openStore({
    databaseUrl: config.DATABASE_URL || undefined,
    dataDir: config.DATA_DIR,
    beside: true,
  });
  try {
    return await run(store, [what ?? '', ...more], values, config);
  } finally {
    await store.close();
  }
}

const argumentsGiven = () =>
  readArguments({
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean' },
      map: { type: 'string', multiple: true },
      language: { type: 'string' },
      label: { type: 'string', multiple: true },
      publish: { type: 'boolean' },
      draft: { type: 'boolean' },
      'withdraw-gone': { type: 'boolean' },
      hosts: { type: 'string' },
      all: { type: 'boolean' },
      'allow-private': { type: 'boolean' },
      save: { type: 'string' },
      before: { type: 'string' },
      every: { type: 'string' },
      kind: { type: 'string' },
      withdraw: { type: 'boolean' },
    },
  });

type Options = ReturnType<typeof argumentsGiven>['values'];

/** Of the configuration, what sources are read with. */
type Reading = Parameters<typeof runSource>[3];

const COMMANDS: Record<
  string,
  (store: Store, what: string[], options: Options, config: Reading) => Promise<number>
> = {
  import: runImport,
  source: runSource,
  test: runTest,
  async export(store, [path = '']) {
    const count = await exportArticles(store, path);
    console.log(`${count} ${count === 1 ? 'article' : 'articles'} written to ${path}`);
    return 0;
  },
  async list(store, words) {
    for (let page = 1, shown = 0; ; page++) {
      const found = await listArticles(store, { q: words.join(' '), sort: 'title', page: String(page) });
      for (const { id, status, language, title } of found.articles)
        console.log(`${id}\t${status}\t${language}\t${title}`);
      shown += found.articles.length;
      if (shown >= found.total || found.articles.length === 0) return 0;
    }
  },
  async stats(store) {
    const { published, draft, deleted, languages, labels, sources } = await countArticles(store);
    console.log(`${published} published, ${draft} drafts, ${deleted} deleted`);
    for (const [name, table] of Object.entries({ languages, sources, labels })) {
      const entries = Object.entries(table).sort(([, a], [, b]) => b - a);
      if (entries.length > 0)
        console.log(`${name}: ${entries.map(([key, count]) => `${key} ${count}`).join(', ')}`);
    }
    return 0;
  },
};

async function runImport(store: Store, [what = '']: string[], options: Options): Promise<number> {
  const source = await openImportSource(what, {
    mapping: mappingOf(options.map ?? []),
    allowPrivate: options['allow-private'],
    hosts: options.hosts?.split(',').filter(Boolean),
    importedAt: options.all ? undefined : (id) => importedAt(store, id),
  });
  const report = await importArticles(
    store,
    source,
    {
      dryRun: options['dry-run'],
      language: options.language,
      labels: options.label,
      withdrawGone: options['withdraw-gone'],
      status: options.publish ? 'published' : options.draft ? 'draft' : undefined,
    },
    { identity: null, name: 'kb import' },
    progress,
  );
  if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
  printReport(report);
  if (report.gone.length > 0)
    console.log(
      'Articles that are gone are still published. Unpublish them one by one, or all with --withdraw-gone.',
    );
  return report.broken.length > 0 ? 1 : 0;
}

/** With words and what was learned of questions; a model for embeddings is not asked. */
async function runTest(store: Store, [path = '']: string[], options: Options): Promise<number> {
  const questions = questionsIn(path, await bytesOf(path));
  const earlier = options.before === undefined ? null : await savedIn(options.before);
  const knowledge = createKnowledge();
  await loadArticles(store, knowledge);
  await knowledge.ready();
  const tested = await testQuestions(knowledge, questions);
  const unknown = new Set(questions.flatMap(({ articles }) => articles.filter((id) => !knowledge.find(id))));
  for (const id of unknown) console.log(`unknown  ${id} is no published article`);
  const before = new Map(earlier?.map((one) => [one.question, one.outcome]));
  let worse = 0;
  for (const { question, outcome, shown } of tested) {
    const was = before.get(question);
    const gain = was === undefined ? 0 : gainOf(was, outcome);
    if (gain < 0) worse++;
    if (gain !== 0) console.log(`${gain > 0 ? 'better' : 'worse '}   ${question}\t${was} -> ${outcome}`);
    else if (!earlier && outcome !== 'certain' && outcome !== 'shown')
      console.log(`${outcome.padEnd(13)}  ${question}\t${shown.join(' ')}`);
  }
  if (earlier) console.log(`before: ${summaryOf(earlier)}`);
  console.log(`${earlier ? 'now:    ' : ''}${summaryOf(tested)}`);
  if (options.save !== undefined) await Bun.write(options.save, JSON.stringify(tested, null, 1));
  return worse > 0 ? 1 : 0;
}

function questionsIn(path: string, bytes: Uint8Array) {
  try {
    return readQuestionSet(path, bytes);
  } catch (error) {
    throw error instanceof QuestionSetError ? new UsageError(error.message) : error;
  }
}

function summaryOf(tested: readonly TestedQuestion[]): string {
  const counts = countsOf(tested);
  return `${tested.length} questions: ${counts.certain} right with certainty, ${counts.shown} right among those shown, ${counts.missed} without an answer, ${counts.wrong} shown something else, ${counts['certain-wrong']} wrong with certainty`;
}

async function savedIn(path: string): Promise<TestedQuestion[]> {
  try {
    return JSON.parse(new TextDecoder().decode(await bytesOf(path))) as TestedQuestion[];
  } catch (error) {
    throw error instanceof SyntaxError
      ? new UsageError(`${path} was not written by "kb test --save".`)
      : error;
  }
}

async function bytesOf(path: string): Promise<Uint8Array> {
  const file = Bun.file(path);
  if (!(await file.exists())) throw new UsageError(`There is no file ${path}.`);
  return file.bytes();
}

async function importedAt(store: Store, id: string): Promise<number | null> {
  const row = await store.db
    .selectFrom('articles')
    .select('imported_at')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.imported_at ?? null;
}

/** On a terminal one line that goes on; in a log a line each. */
function progress({ created, updated, unchanged, skipped, broken }: ImportReport): void {
  const done = created + updated + unchanged + skipped.length + broken.length;
  process.stderr.write(
    process.stderr.isTTY ? `\r${done} articles looked at` : `${done} articles looked at\n`,
  );
}

runCommand(USAGE, main);
