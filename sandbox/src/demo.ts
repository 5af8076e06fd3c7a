/**
 * `bun run demo`: the bridge between stand-ins for Discord and Twilio, and a page where the reader is a member on one
 * side and an agent on the other. Ctrl-C stops it all.
 *
 * `--tour` plays the whole story without a browser and exits 0 or 1. `--routing=studio|bridge` and
 * `--port=N` (default 4000, or a free one when that is taken) are for the page.
 */
import { parseArgs } from 'node:util';
import { startSandbox } from './sandbox.ts';
import { tour } from './tour.ts';

const usage = 'Usage: bun run demo [--tour] [--routing=studio|bridge] [--port=4000]';

function options() {
  try {
    const { values } = parseArgs({
      options: { tour: { type: 'boolean' }, routing: { type: 'string' }, port: { type: 'string' } },
    });
    const routing = values.routing ?? 'studio';
    const port = Number(values.port ?? 4000);
    if (
      (routing === 'studio' || routing === 'bridge') &&
      Number.isInteger(port) &&
      port >= 0 &&
      port < 65536
    ) {
      return { tour: values.tour ?? false, routing, port } as const;
    }
  } catch {
    // An option that does not exist gets the same answer.
  }
  console.error(usage);
  process.exit(2);
}

const chosen = options();
if (chosen.tour) process.exit((await tour()) ? 0 : 1);

console.log('Starting a Discord, a Twilio and the bridge between them …');
// Only here, because it brings the page's bundler with it.
const { serveDemo } = await import('./demo/server.ts');
const sandbox = await startSandbox({ routing: chosen.routing });
const page = serveDemo(sandbox, chosen.port);
console.log(
  `\n  Open ${page.url}\n\n  Left you are a Discord member, right an agent. Ctrl-C stops everything.\n`,
);

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  console.log('Stopping …');
  await page.stop();
  await sandbox.stop();
  process.exit(0);
}
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
