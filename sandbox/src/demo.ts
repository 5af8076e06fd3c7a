/**
 * `bun run demo`: the bridge between stand-ins for Discord and Twilio, and a page where the reader is a Discord member
 * on one side and an agent in the real Flex UI on the other. Ctrl-C stops it all.
 *
 * `--tour` plays the whole story without a browser and exits 0 or 1. For the page: `--routing=studio|bridge`,
 * `--port=N` (default 4000, or a free one when that is taken) and `--lang=en|ja`, by default this machine's language.
 */
import { parseArgs } from 'node:util';
import { tour } from './tour.ts';

const usage = 'Usage: bun run demo [--tour] [--routing=studio|bridge] [--port=4000] [--lang=en|ja]';

function options() {
  try {
    const { values } = parseArgs({
      options: {
        tour: { type: 'boolean' },
        routing: { type: 'string' },
        port: { type: 'string' },
        lang: { type: 'string' },
      },
    });
    const routing = values.routing ?? 'studio';
    const port = Number(values.port ?? 4000);
    const systemLanguage = Intl.DateTimeFormat().resolvedOptions().locale.startsWith('ja') ? 'ja' : 'en';
    const language = values.lang ?? systemLanguage;
    if (
      (routing === 'studio' || routing === 'bridge') &&
      (language === 'en' || language === 'ja') &&
      Number.isInteger(port) &&
      port >= 0 &&
      port < 65536
    ) {
      return { tour: values.tour ?? false, routing, port, language } as const;
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
