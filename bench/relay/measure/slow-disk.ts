import { type Bench, costOf } from '../bench.ts';
import { asFastAsItGoes, atRate } from '../load.ts';
import type { Running } from '../running.ts';
import { percentile } from '../statistics.ts';
import { type Direction, directions } from '../traffic.ts';

const topic = 'slow-disk';
const RATE = 50;
const OUTSTANDING = 100;

/** One round with longer fsyncs, as on the disks of clouds. Relays that keep nothing are measured again, for the ratio. */
export async function measureSlowDisk(bench: Bench, standing: Running[]): Promise<void> {
  for (const direction of directions)
    for (const running of standing) {
      running.disk?.delay(bench.options.fsyncMs);
      try {
        await measureOne(bench, running, direction);
      } finally {
        running.disk?.delay(0);
      }
    }
}

async function measureOne(bench: Bench, running: Running, direction: Direction): Promise<void> {
  const { options, results, progress } = bench;
  const kind = running.kind.name;
  const table = `With ${options.fsyncMs} ms more for each fsync`;
  const add = (name: string, unit: string, value: number, goal?: { ratioAtMost: number }) =>
    results.add(kind, { table, topic, name: `${direction}, ${name}`, unit, goal }, value);
  progress(`${kind}: ${RATE}/s for ${options.seconds} s on a slow disk, ${direction}`);
  const cost = await costOf(bench, running, () => atRate(running, direction, RATE, options.seconds));
  add(`${RATE}/s, p50`, 'ms', percentile(cost.latencies, 0.5));
  add(`${RATE}/s, p99`, 'ms', percentile(cost.latencies, 0.99), { ratioAtMost: 1 });
  add(`${RATE}/s, processor time a message`, 'ms', cost.cpuMs);
  const { latencies, seconds } = await asFastAsItGoes(running, direction, OUTSTANDING, options.seconds);
  add('sustained', '/s', latencies.length / seconds);
}
