import { type Bench, type Cost, costOf } from '../bench.ts';
import { atRate, burst } from '../load.ts';
import { cpuMs } from '../process.ts';
import type { Goal } from '../results.ts';
import type { Running } from '../running.ts';
import { percentile } from '../statistics.ts';
import { directions } from '../traffic.ts';

/** The rate at which latency and processor time are held to the original's. */
const PROMISED_RATE = 50;
const NO_MORE: Goal = { ratioAtMost: 1 };
const topic = 'messages';

/** One round: what a message costs in a burst and at each rate, how late it comes, and what is written for it. */
export async function measureMessages(bench: Bench, running: Running): Promise<void> {
  const { options, results, progress } = bench;
  const kind = running.kind.name;
  const note = (load: string, cost: Cost, goal?: Goal) => {
    const add = (table: string, unit: string, value: number | undefined, held?: Goal) => {
      if (value !== undefined) results.add(kind, { table, topic, name: load, unit, goal: held }, value);
    };
    add('Processor time a message', 'ms', cost.cpuMs, goal);
    add('Processor time of the database server a message', 'ms', cost.serverCpuMs);
    add('Transactions that write, a message', '', cost.commits, { atMost: 2.2 });
    add('fsyncs a message', '', cost.fsyncs);
    add('Written to disk by the relay a message', 'KB', cost.diskKb);
  };

  for (const direction of directions) {
    progress(`${kind}: burst of ${options.burst}, ${direction}`);
    const cost = await costOf(bench, running, () => burst(running, direction, options.burst));
    note(`${direction}, burst of ${options.burst}`, cost, NO_MORE);
    for (const rate of options.rates) {
      progress(`${kind}: ${rate}/s for ${options.seconds} s, ${direction}`);
      const load = `${direction}, ${rate}/s`;
      const cost = await costOf(bench, running, () => atRate(running, direction, rate, options.seconds));
      const goal = rate === PROMISED_RATE ? NO_MORE : undefined;
      note(load, cost, goal);
      for (const [name, share] of [
        ['p50', 0.5],
        ['p99', 0.99],
      ] as const) {
        results.add(
          kind,
          {
            table: 'Latency',
            topic,
            name: `${load}, ${name}`,
            unit: 'ms',
            goal: name === 'p99' ? goal : undefined,
          },
          percentile(cost.latencies, share),
        );
      }
    }
  }

  const before = cpuMs(running.process.pid) ?? 0;
  await Bun.sleep(options.seconds * 1000);
  const idle = ((cpuMs(running.process.pid) ?? 0) - before) / options.seconds;
  results.add(
    kind,
    { table: 'Processor time with nothing to do', topic, name: 'a second', unit: 'ms' },
    idle,
  );
}
