/**
 * `bun run demo`: the bridge between stand-ins for Discord and Twilio, and a page where the reader is a Discord member
 * on one side and an agent in the real Flex UI on the other. Ctrl-C stops it all.
 *
 * `--tour` plays the whole story without a browser and exits 0 or 1. `--routing=studio|bridge` and
 * `--port=N` (default 4000, or a free one when that is taken) are for the page.
 */
import { parseArgs } from 'node:util';
import { freePort } from './bridge-process.ts';
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
    // An unknown option prints the usage, too.
  }
  console.error(usage);
  process.exit(2);
}

const chosen = options();
if (chosen.tour) process.exit((await tour()) ? 0 : 1);

/** Prints a description of the work, and its duration when it is done. */
async function report<T>(what: string, work: Promise<T>): Promise<T> {
  const began = performance.now();
  process.stdout.write(`  ${what} … `);
  const result = await work;
  console.log(`${((performance.now() - began) / 1000).toFixed(1)} s`);
  return result;
}

console.log('\nFlexcord');
// Imported here because they load bundlers that the tour does not need.
const [{ serveDemo }, { flexHost }, { buildPlugin, flexcordPlugin, isPluginFresh }] = await Promise.all([
  import('./demo/server.ts'),
  import('./flex/flexHost.ts'),
  import('./flex/plugin.ts'),
]);
if (!isPluginFresh()) await report('Building the Flex plugin', buildPlugin());
const flexPort = await freePort();
const sandbox = await report(
  'Starting a Discord, a Twilio and the bridge between them',
  startSandbox({ routing: chosen.routing, env: { FLEX_ORIGINS: `http://127.0.0.1:${flexPort}` } }),
);
const { twilio } = sandbox;
const agent = twilio.createAgent({ identity: 'kim', fullName: 'Kim' });
const flex = await report(
  'Bundling the real Flex UI, once',
  flexHost({
    backend: twilio.flexBackend(agent),
    plugins: [flexcordPlugin],
    uiAttributes: { flexcord: { bridgeUrl: sandbox.bridge.url } },
    token: twilio.issueToken(agent, { expiresIn: 24 * 3600 }),
    port: flexPort,
  }),
);
const page = serveDemo(sandbox, { port: chosen.port, flexUrl: flex.url });
console.log(
  `\n  Open ${page.url}\n\n  Left you are a Discord member, right an agent in Flex. Ctrl-C stops everything.\n`,
);

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  console.log('Stopping …');
  await page.stop();
  await flex.stop();
  await sandbox.stop();
  process.exit(0);
}
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
