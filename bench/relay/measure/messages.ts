import { type Bench, type Cost, costOf } from '../bench.ts';
import { atRate, burst, type Outcome } from '../load.ts';
import { cpuMs } from '../process.ts';
import type { Goal } from '../results.ts';
import type { Running } from '../running.ts';
import { percentile } from '../statistics.ts';
import { type Direction, directions } from '../traffic.ts';

/** The rate at which latency and processor time are held to the original's. */
const PROMISED_RATE = 50;
const NO_MORE: Goal = { ratioAtMost: 1 };
const MAX_WRITES: Goal = { atMost: 2 };
const topic = 'messages';

/** One round: what a message costs in a burst and at each rate, how late it comes, and what is written for it. */
export async function measureMessages(bench: Bench, standing: Running[]): Promise<void> {
  const { burst: count, rates, seconds } = bench.options;
  for (const direction of directions) {
    for (const running of standing)
      await measureLoad(bench, running, `${direction}, burst of ${count}`, NO_MORE, () =>
        burst(running, direction, count),
      );
    for (const rate of rates)
      for (const running of standing) {
        const goal = rate === PROMISED_RATE ? NO_MORE : undefined;
        const { latencies } = await measureLoad(bench, running, `${direction}, ${rate}/s`, goal, () =>
          atRate(running, direction, rate, seconds),
        );
        noteLatencies(bench, running, direction, rate, latencies);
      }
  }
  await measureIdle(bench, standing);
}

async function measureLoad(
  bench: Bench,
  running: Running,
  name: string,
  goal: Goal | undefined,
  load: () => Promise<Outcome>,
): Promise<Cost> {
  const kind = running.kind.name;
  bench.progress(`${kind}: ${name}`);
  const cost = await costOf(bench, running, load);
  const add = (table: string, unit: string, value: number | undefined, held?: Goal) => {
    if (value !== undefined) bench.results.add(kind, { table, topic, name, unit, goal: held }, value);
  };
  add('Processor time a message', 'ms', cost.cpuMs, goal);
  add('Processor time of the database server a message', 'ms', cost.serverCpuMs);
  add('Transactions that write, a message', '', cost.commits, MAX_WRITES);
  add('fsyncs a message', '', cost.fsyncs);
  add('Written to disk by the relay a message', 'KB', cost.diskKb);
  return cost;
}

function noteLatencies(
  { results }: Bench,
  { kind }: Running,
  direction: Direction,
  rate: number,
  latencies: number[],
): void {
  const load = `${direction}, ${rate}/s`;
  const add = (name: string, share: number, goal?: Goal) =>
    results.add(
      kind.name,
      { table: 'Latency from cloud to cloud', topic, name: `${load}, ${name}`, unit: 'ms', goal },
      percentile(latencies, share),
    );
  add('p50', 0.5);
  add('p99', 0.99, rate === PROMISED_RATE ? NO_MORE : undefined);
}

async function measureIdle({ options, results, progress }: Bench, standing: Running[]): Promise<void> {
  progress(`nothing to do for ${options.seconds} s`);
  const usage = () => standing.map(({ process }) => cpuMs(process.pid) ?? 0);
  const before = usage();
  await Bun.sleep(options.seconds * 1000);
  const after = usage();
  standing.forEach(({ kind }, place) => {
    const used = (after[place] ?? 0) - (before[place] ?? 0);
    const table = 'Processor time with nothing to do';
    results.add(kind.name, { table, topic, name: 'a second', unit: 'ms' }, used / options.seconds);
  });
}
