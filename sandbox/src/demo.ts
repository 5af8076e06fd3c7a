/**
 * `bun run demo`: the bridge between stand-ins for Discord and Twilio, and a page where the reader is a Discord member
 * on one side and an agent in the real Flex UI on the other. Ctrl-C stops it all.
 */
import { argumentsOrExit } from '@flexcord/bridge/config/command-line';
import { tour } from './tour.ts';

const USAGE = `Usage:
  bun run demo [options]
      starts a Discord and a Twilio of your own with the bridge between them, and prints the address of a page where you
      are a member on one side and an agent in the real Flex UI on the other; Ctrl-C stops it all
    --routing studio|bridge  how conversations come to Flex (studio)
    --port N                 of the page; 0 takes a free one (4000, or a free one where that is taken)
    --lang en|ja             of the page (this machine's language)

  bun run demo --tour
      plays the whole story in the terminal instead

Exit codes:
  0  stopped on request, or the tour went well
  1  the tour, or the start, failed
  2  wrong options`;

function options() {
  const { values } = argumentsOrExit(USAGE, {
    options: {
      tour: { type: 'boolean' },
      routing: { type: 'string' },
      port: { type: 'string' },
      lang: { type: 'string' },
    },
  });
  const routing = values.routing ?? 'studio';
  const port = Number(values.port || 4000);
  const systemLanguage = Intl.DateTimeFormat().resolvedOptions().locale.startsWith('ja') ? 'ja' : 'en';
  const language = values.lang ?? systemLanguage;
  if (routing !== 'studio' && routing !== 'bridge') return refuse('--routing is studio or bridge.');
  if (language !== 'en' && language !== 'ja') return refuse('--lang is en or ja.');
  if (!(Number.isInteger(port) && port >= 0 && port < 65536))
    return refuse('--port is a whole number from 0 to 65535.');
  return { tour: values.tour ?? false, routing, port, language } as const;
}

function refuse(sentence: string): never {
  console.error(`${sentence}\n\n${USAGE}`);
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
const [{ serveDemo }, { startWorld }, { flexHostBundle }, { buildPlugin, isPluginFresh }] = await Promise.all(
  [
    import('./demo/server.ts'),
    import('./demo/world.ts'),
    import('./flex/hostBundle.ts'),
    import('./flex/plugin.ts'),
  ],
);
if (!isPluginFresh()) await report('Building the Flex plugin', buildPlugin());
await report('Bundling the real Flex UI, once', flexHostBundle());
const page = await report(
  'Starting a Discord, a Twilio and the bridge between them',
  serveDemo({
    port: chosen.port,
    language: chosen.language,
    start: (language) => startWorld({ routing: chosen.routing, language }),
  }),
);
console.log(
  `\n  Open ${page.url}\n\n  Left you are a Discord member, right an agent in Flex. Ctrl-C stops everything.\n`,
);

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  console.log('Stopping …');
  await page.stop();
  process.exit(0);
}
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());
