/** `bun run chaos`: proves or disproves what the relay promises. `--help` tells the rest. */
import { mkdirSync } from 'node:fs';
import { readOptions, USAGE } from './options.ts';
import { createProgress } from './progress.ts';
import { describeFailures, describeRun, tableOf } from './report.ts';
import { runChaos } from './run.ts';

function choose() {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`${(error as Error).message}\n\nbun run chaos --help tells which options there are.`);
    process.exit(2);
  }
}

const chosen = choose();
if (chosen === 'help') {
  console.log(USAGE);
  process.exit(0);
}
const { options, json, histories } = chosen;
if (options.keep) mkdirSync(options.keep, { recursive: true });
const breaking = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => breaking.abort(new Error(`broken off by ${signal}`)));
const progress = createProgress(process.stdout);
console.log(`seed ${options.seed}`);
const report = await runChaos({
  ...options,
  signal: breaking.signal,
  onProgress: progress.show,
  onWarning: (text) => progress.say(`*** ${text} ***`),
}).catch((error: Error) => {
  progress.end();
  console.error(error.message);
  process.exit(3);
});
progress.end();
if (report.failures.length > 0) console.log(`\n${describeFailures(report, histories)}`);
console.log(`\n${describeRun(report)}\n\n${tableOf(report)}`);
if (json) await Bun.write(json, JSON.stringify(report, null, 2));
process.exit(report.failures.length > 0 ? 1 : 0);
