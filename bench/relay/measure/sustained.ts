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
export async function measureSustained(
  { options, results, progress }: Bench,
  running: Running,
): Promise<void> {
  const kind = running.kind.name;
  for (const direction of directions) {
    progress(`${kind}: as fast as it goes for ${options.seconds} s, ${direction}`);
    const before = process.cpuUsage();
    const outcome = await asFastAsItGoes(running, direction, OUTSTANDING, options.seconds);
    const own = process.cpuUsage(before);
    const delivered = outcome.latencies.length;
    results.add(
      kind,
      { table, topic, name: direction, unit: '/s', goal: { atLeast: FAST_ENOUGH } },
      delivered / outcome.seconds,
    );
    results.add(
      kind,
      { table, topic, name: `${direction}: the stand-ins’ share of one core`, unit: '%' },
      (own.user + own.system) / 10_000 / outcome.seconds,
    );
  }
}
