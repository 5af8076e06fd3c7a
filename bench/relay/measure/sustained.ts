import type { Bench } from '../bench.ts';
import type { KindName } from '../kinds.ts';
import { asFastAsItGoes } from '../load.ts';
import type { Running } from '../running.ts';
import { directions } from '../traffic.ts';

const table = 'Sustained rate, limits off';
const topic = 'sustained';
/** Messages under way at any time: more than a relay works on at once, so that it never waits for the next one. */
const OUTSTANDING = 100;
const FAST_ENOUGH: Partial<Record<KindName, number>> = { 'bridge, SQLite': 500, 'bridge, PostgreSQL': 300 };

/** One round: how many messages a second each way, and how busy this process was with playing both clouds. */
export async function measureSustained(bench: Bench, standing: Running[]): Promise<void> {
  const { options, results, progress } = bench;
  for (const direction of directions)
    for (const running of standing) {
      const kind = running.kind.name;
      progress(`${kind}: as fast as it goes for ${options.seconds} s, ${direction}`);
      const before = process.cpuUsage();
      const { latencies, seconds } = await asFastAsItGoes(running, direction, OUTSTANDING, options.seconds);
      const own = process.cpuUsage(before);
      const add = (name: string, unit: string, value: number, atLeast?: typeof FAST_ENOUGH) =>
        results.add(kind, { table, topic, name, unit, goal: atLeast && { atLeast } }, value);
      add(direction, '/s', latencies.length / seconds, FAST_ENOUGH);
      const busy = (own.user + own.system) / 10_000 / seconds;
      add(`${direction}: the stand-ins’ share of one core`, '%', busy);
    }
}
