/** Measures the relay beside its baselines and writes `bench/RESULTS.md`; see `bun run bench --help`. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { buildFsyncShim } from './fsync-shim.ts';
import { bridge, forwarder, original, type RelayKind } from './kinds.ts';
import { burst } from './load.ts';
import { checkFolder, circumstances, load } from './machine.ts';
import { measureMemory } from './measure/memory.ts';
import { measureMessages } from './measure/messages.ts';
import { measureOutage } from './measure/outage.ts';
import { measureRequests } from './measure/requests.ts';
import { measureSlowDisk } from './measure/slow-disk.ts';
import { measureStartup } from './measure/startup.ts';
import { measureSustained } from './measure/sustained.ts';
import { readOptions, type Topic } from './options.ts';
import { findPostgres } from './postgres-server.ts';
import { report } from './report.ts';
import { Results } from './results.ts';
import { type Ground, type Running, startRelay } from './running.ts';
import { directions } from './traffic.ts';

const root = join(import.meta.dir, '../..');
const args = process.argv.slice(2);
const options = readOptions(args, join(root, 'bench/RESULTS.md'));
const began = performance.now();
const results = new Results();
const closing: (() => unknown)[] = [];
async function closeAll(): Promise<void> {
  for (const close of closing.splice(0).reverse()) await close();
}
process.once('SIGINT', () => void closeAll().finally(() => process.exit(130)));

const failures: string[] = [];
/** A measurement that fails costs its own figures and not those of an hour. */
async function attempt(what: string, measure: () => Promise<void>): Promise<void> {
  try {
    await measure();
  } catch (error) {
    console.error(`*** ${what} failed:`, error);
    failures.push(`${what}: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
  }
}
const isStateless = ({ store }: RelayKind) => store === 'none';
const wants = (...topics: Topic[]) => topics.some((topic) => options.only.includes(topic));
const progress = (what: string) =>
  console.error(`${String(Math.round((performance.now() - began) / 1000)).padStart(5)} s  ${what}`);

try {
  const folder = mkdtempSync(join(options.folder, 'flexcord-bench-'));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  const ground = await prepare(folder);
  const stores = options.stores.filter((store) => store === 'sqlite' || ground.postgres);
  const kinds = [original, forwarder, ...stores.map((store) => bridge(store, options.bridgeEnv))];
  const bench: Bench = { options, ground, kinds, results, progress };

  const facts = circumstances(ground, root);
  const publish = () => {
    const text = report(results, {
      facts: [...facts, ['load of the machine', load()], ['rounds', String(options.rounds)]],
      command: ['bun run bench', ...args].join(' '),
      failures,
    });
    if (options.out) writeFileSync(options.out, text);
    return text;
  };

  if (wants('startup'))
    for (let round = 0; round < options.rounds; round += 1)
      for (const kind of kinds) await attempt(`start of ${kind.name}`, () => measureStartup(bench, kind));
  publish();
  if (wants('requests', 'messages', 'sustained', 'slow-disk'))
    await attempt('messages in chats', () => measureChats(bench, publish));
  for (const [topic, measure] of [
    ['outage', measureOutage],
    ['memory', measureMemory],
  ] as const) {
    if (!wants(topic)) continue;
    const once = (kind: RelayKind) => attempt(`${topic} of ${kind.name}`, () => measure(bench, kind));
    // What keeps nothing waits more than it works here, and need not wait for each other.
    await Promise.all(kinds.filter(isStateless).map(once));
    for (const kind of kinds) if (!isStateless(kind)) await once(kind);
    publish();
  }
  console.log(publish());
} finally {
  await closeAll();
}
process.exit(0);

async function prepare(folder: string): Promise<Ground> {
  // The database server runs as another user and must find its folder in this one.
  Bun.spawnSync(['chmod', '711', folder]);
  checkFolder(folder);
  const shim = buildFsyncShim(folder);
  const wantsPostgres = options.stores.includes('postgres');
  const postgres = wantsPostgres
    ? await findPostgres(join(folder, 'postgres'), shim, options.postgresUrl)
    : null;
  if (postgres) closing.push(() => postgres.stop());
  return { folder, shim, postgres };
}

/** All relays stand side by side and take turns, so that whatever else this machine does hits each of them alike. */
async function measureChats(bench: Bench, publish: () => unknown): Promise<void> {
  const standing: Running[] = [];
  for (const kind of bench.kinds) {
    progress(`${kind.name}: opening ${options.chats} chats`);
    await attempt(`chats of ${kind.name}`, async () => {
      const running = await startRelay(kind, bench.ground);
      closing.push(() => running.stop());
      await running.openChats(options.chats);
      for (const direction of directions) await burst(running, direction, options.chats);
      standing.push(running);
    });
  }
  if (wants('requests')) for (const running of standing) await measureRequests(bench, running);
  for (let round = 1; round <= options.rounds; round += 1) {
    progress(`round ${round} of ${options.rounds}`);
    if (wants('messages')) await measureMessages(bench, standing);
    if (wants('sustained')) await measureSustained(bench, standing);
    if (wants('slow-disk') && bench.ground.shim) await measureSlowDisk(bench, standing);
    publish();
  }
  for (const { kind, traffic } of standing)
    if (traffic.strays > 0) console.warn(`*** ${kind.name}: ${traffic.strays} messages arrived twice. ***`);
  for (const running of standing) await running.stop();
}
