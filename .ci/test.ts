/**
 * Runs every test of the project and closes with `N passed, N failed[, N skipped]` alone on the last line.
 * Extra arguments go to `bun test`, so `bun run test relay` runs the files whose path has "relay" in it.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { testPostgres } from '../bridge/testing/postgres.ts';
import { BRIDGE_BUNDLE, bundleBridge } from '../sandbox/src/bridge-bundle.ts';
import { chromiumPath } from '../sandbox/src/flex/chromium.ts';
import { buildPlugin, PLUGIN_IS_BUILT } from '../sandbox/src/flex/plugin.ts';

const wanted = process.argv.slice(2);
/** Those of `bun test` that make sense here; the rest are given below. */
const OPTIONS = [
  ...['bail', 'coverage', 'dots', 'only', 'only-failures', 'randomize', 'rerun-each', 'retry', 'seed'],
  ...['shard', 'test-name-pattern', 'todo', 'update-snapshots', 'update-timings'],
];
const USAGE = `Usage:
  bun run test [options] [part of a path …]
      runs every test, or the files whose path has one of these parts in it; closes with "N passed, N failed"
    -t <words>   only tests whose name has these words in it
    ${OPTIONS.map((name) => `--${name}`).join(' ')}
                 as bun test has them

Exit codes:
  0  every test passed
  1  a test failed, or none was found
  2  wrong options`;
const { tokens } = parseArgs({ args: wanted, strict: false, tokens: true });
if (tokens.some((token) => token.kind === 'option' && ['help', 'h'].includes(token.name))) {
  console.log(USAGE);
  process.exit(0);
}
const unknown = tokens.find(
  (token) => token.kind === 'option' && ![...OPTIONS, 't', 'u'].includes(token.name),
);
if (unknown?.kind === 'option') {
  console.error(`There is no option ${unknown.rawName}.\n\n${USAGE}`);
  process.exit(2);
}
const isWhole = !wanted.some((argument) => !argument.startsWith('-'));
/**
 * Memory where there is enough, else the disk: tests commit thousands of times, and a disk takes milliseconds for each.
 * What a killed process has written is there in both; only a power cut would tell them apart.
 */
const MEMORY = '/dev/shm';
const LEAST_MEMORY = 4 * 2 ** 30;
function fastest(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= LEAST_MEMORY ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}

const scratch = mkdtempSync(join(fastest(), 'flexcord-test-'));
// A PostgreSQL of the tests' own runs as nobody, and must find its folder in it.
chmodSync(scratch, 0o711);
process.env.TMPDIR = scratch;
// Once for all workers: many files of tests need them. A few files are done before all of them are made.
const built = isWhole && chromiumPath !== null;
const bundle = isWhole ? mkdtempSync(join(scratch, 'bridge-')) : undefined;
const [stores] = await Promise.all([
  // Imported here, because it looks for a server in the folder that was chosen above.
  isWhole ? import('../bridge/testing/stores.ts').then(({ makeTemplates }) => makeTemplates()) : undefined,
  built ? buildPlugin() : undefined,
  bundle ? bundleBridge(bundle) : undefined,
]);
// One server for all files, instead of one for each.
const databaseUrl = await testPostgres();
interface Outcome {
  code: number;
  tests: number;
  failures: number;
  skipped: number;
  failedFiles: string[];
}

async function runTests(named: readonly string[], workers: number): Promise<Outcome> {
  const report = join(scratch, 'junit.xml');
  const run = Bun.spawn(
    [
      process.execPath,
      'test',
      // Longer than any wait in a test, so that the wait that failed is named, also on a busy machine.
      '--timeout=240000',
      // Tests that start a bridge wait half of their time: with three workers two cores are idle for a third of it; with five, they answer too late.
      `--parallel=${workers}`,
      // One registry of modules a worker: importing them anew for each file takes a fifth of all the time.
      '--no-isolate',
      // Slow files first; brought up to date with `bun run test --update-timings`.
      `--timings=${join(import.meta.dir, 'timings.json')}`,
      '--reporter=junit',
      `--reporter-outfile=${report}`,
      ...named,
    ],
    {
      stdout: 'inherit',
      stderr: 'inherit',
      stdin: 'ignore',
      env: {
        ...process.env,
        ...(built ? { [PLUGIN_IS_BUILT]: 'true' } : {}),
        ...(bundle ? { [BRIDGE_BUNDLE]: bundle } : {}),
        ...stores?.env,
        ...(databaseUrl ? { FLEXCORD_TEST_DATABASE_URL: databaseUrl } : {}),
      },
    },
  );
  const outcome: Outcome = { code: await run.exited, tests: 0, failures: 0, skipped: 0, failedFiles: [] };
  try {
    const written = readFileSync(report, 'utf8');
    const read = (tag: string, name: string) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(tag)?.[1] ?? 0);
    const head = /<testsuites[^>]*>/.exec(written)?.[0] ?? '';
    Object.assign(outcome, {
      tests: read(head, 'tests'),
      failures: read(head, 'failures'),
      skipped: read(head, 'skipped'),
    });
    // A file's own suite is indented by two spaces, what is described in it by more.
    for (const [tag, file = ''] of written.matchAll(/^ {2}<testsuite [^>]*?\bfile="([^"]*)"[^>]*>/gm))
      if (read(tag, 'failures') > 0) outcome.failedFiles.push(file);
    rmSync(report);
  } catch (error) {
    console.error(`The test runner left no report: ${(error as Error).message}`);
  }
  return outcome;
}

/** So few files that failed among all others are run once more, by themselves. */
const MAX_FILES_RUN_AGAIN = 3;

const totals = await runTests(wanted, 4);
const { failedFiles } = totals;
if (isWhole && totals.failures > 0 && failedFiles.length <= MAX_FILES_RUN_AGAIN) {
  console.log(
    `\nRun again without the others, as they may only have been too slow: ${failedFiles.join(', ')}`,
  );
  const again = await runTests(failedFiles, 1);
  if (again.code === 0) {
    console.log(
      `\nUNSTEADY: ${failedFiles.join(', ')} failed among all tests and passed alone. Find out why.`,
    );
    Object.assign(totals, { code: 0, failures: 0 });
  }
}
await stores?.drop();
try {
  rmSync(scratch, { recursive: true, force: true });
} catch (error) {
  console.error(`The tests’ folder could not be removed: ${(error as Error).message}`);
}

const failed = totals.code !== 0 && totals.failures === 0 ? 1 : totals.failures;
const passed = totals.tests - totals.failures - totals.skipped;
console.log(`${passed} passed, ${failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}`);
process.exit(totals.code !== 0 || failed > 0 || passed === 0 ? 1 : 0);
