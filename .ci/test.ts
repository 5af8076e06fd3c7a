/**
 * Runs every test of the project and closes with `N passed, N failed[, N skipped]` alone on the last line.
 * Extra arguments go to `bun test`, so `bun run test relay` runs the files whose path has "relay" in it.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumPath } from '../sandbox/src/flex/chromium.ts';
import { buildPlugin, PLUGIN_IS_BUILT } from '../sandbox/src/flex/plugin.ts';

// Several files of tests need it, each in a process of its own.
const wanted = process.argv.slice(2);
const built = chromiumPath && wanted.length === 0;
if (built) await buildPlugin();

const scratch = mkdtempSync(join(tmpdir(), 'flexcord-test-'));
const report = join(scratch, 'junit.xml');
const run = Bun.spawn(
  [
    process.execPath,
    'test',
    '--timeout=60000',
    '--parallel=2',
    '--reporter=junit',
    `--reporter-outfile=${report}`,
    ...wanted,
  ],
  {
    stdout: 'inherit',
    stderr: 'inherit',
    stdin: 'ignore',
    env: { ...process.env, ...(built ? { [PLUGIN_IS_BUILT]: 'true' } : {}) },
  },
);
const code = await run.exited;

let totals = { tests: 0, failures: 0, skipped: 0 };
try {
  const head = readFileSync(report, 'utf8').match(/<testsuites[^>]*>/)?.[0] ?? '';
  const read = (name: string) => Number(head.match(new RegExp(`\\b${name}="(\\d+)"`))?.[1] ?? 0);
  totals = { tests: read('tests'), failures: read('failures'), skipped: read('skipped') };
} catch (error) {
  console.error(`The test runner left no report: ${(error as Error).message}`);
}
rmSync(scratch, { recursive: true, force: true });

const failed = code !== 0 && totals.failures === 0 ? 1 : totals.failures;
const passed = totals.tests - totals.failures - totals.skipped;
console.log(`${passed} passed, ${failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}`);
process.exit(code !== 0 || failed > 0 || passed === 0 ? 1 : 0);
