import { describe, expect, test } from 'bun:test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { storeKinds } from '../../bridge/testing/stores.ts';
import { NO_ENV_FILE, processEnv } from '../src/bridge-process.ts';
import { readRates } from './catalogue.ts';
import { readOptions, USAGE } from './options.ts';
import { describeFailures } from './report.ts';
import { runChaos } from './run.ts';

/** Edits and deletions, chats that end and first words are left to `bun run chaos`, as are most faults. */
const FAULTS =
  'kill=2,gateway-drop=20,gateway-lost=20,webhook-double=0.2,webhook-late=0.2,files=0.15,identical=0.02,edits=0,deletions=0,chat-end=0,first-words=0';

describe.each(storeKinds.map(({ name }) => name))('on %s', (store) => {
  test('a bridge is killed and cut off, webhooks come late and twice: everything arrives once and in order', async () => {
    const report = await runChaos({
      seed: 'suite',
      store,
      processes: 1,
      conversations: 10,
      threads: 4,
      messages: 160,
      seconds: 4,
      routing: 'bridge',
      leaseMs: 3000,
      rates: readRates(FAULTS, store),
      settleSeconds: 120,
      onProgress() {},
      onWarning: console.warn,
    });
    expect(describeFailures(report, 3)).toBe('');
    expect(report.faultsDone).toMatchObject({ kill: 2, 'gateway-drop': 1, 'gateway-lost': 1 });
    expect(report.rows['messages to agents'].sent).toBeGreaterThan(30);
    expect(report.rows['messages to members'].sent).toBeGreaterThan(30);
    expect(report.rows['files to agents'].sent + report.rows['files to members'].sent).toBeGreaterThan(5);
  }, 240_000);
});

test('a step of the clock is one for every thread of a bridge', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'flexcord-clock-'));
  const clock = join(folder, 'clock');
  writeFileSync(clock, new Uint8Array(8));
  const [preload, script] = ['clock-preload.ts', 'testing/thread-clock.ts'].map((name) =>
    join(import.meta.dir, name),
  ) as [string, string];
  const child = Bun.spawn([process.execPath, ...NO_ENV_FILE, '--preload', preload, script], {
    env: processEnv({ FLEXCORD_CHAOS_CLOCK: clock }),
  });
  expect(await new Response(child.stdout).json()).toEqual([0, 1]);
  rmSync(folder, { recursive: true });
});

describe('the command line', () => {
  test('is read with its usual values', () => {
    const chosen = readOptions([
      '--messages',
      '400',
      '--seed',
      'x',
      '--faults',
      'all,-clock,kill=2,reset-after=0.5',
    ]);
    if (chosen === 'help') throw new Error('help was not asked for');
    const { rates, seconds, store, processes } = chosen.options;
    expect({ seconds, store, processes }).toEqual({ seconds: 10, store: 'sqlite', processes: 1 });
    expect(rates).toMatchObject({ clock: 0, kill: 2, 'reset-after': 0.5, 'db-cut': 0, 'disk-full': 1 });
  });

  test.each([
    [['--nope'], /nope/],
    [['--faults', 'rain'], /no fault “rain”/],
    [['--faults', 'status-503=2'], /from 0 to 1/],
    [['--kills', 'many'], /--kills/],
    [['--store', 'files'], /sqlite or postgres/],
    [['--processes', '2'], /postgres/],
  ])('refuses %p', (args, words) => {
    expect(() => readOptions(args)).toThrow(words);
  });

  test('tells every fault', () => {
    expect(readOptions(['--help'])).toBe('help');
    for (const name of Object.keys(readRates('all', 'sqlite'))) expect(USAGE).toContain(name);
  });
});
