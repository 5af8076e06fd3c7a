import type { Bench } from '../bench.ts';
import type { RelayKind } from '../kinds.ts';
import { rssMb } from '../process.ts';
import { startRelay } from '../running.ts';

const table = 'Start';
const topic = 'startup';
/** After this much time a start is over, whatever is put off until after it. */
const CALM_MS = 2000;

/** One round: from the start of the process until it is ready, on nothing and on what it kept. */
export async function measureStartup(bench: Bench, kind: RelayKind): Promise<void> {
  const { ground, results, progress } = bench;
  progress(`${kind.name}: start`);
  const running = await startRelay(kind, ground);
  try {
    const note = async (which: string) => {
      const { pid, startup } = running.process;
      await Bun.sleep(CALM_MS);
      const add = (name: string, unit: string, value: number) =>
        results.add(kind.name, { table, topic, name: `${which}, ${name}`, unit }, value);
      add('until ready', 'ms', startup.ms);
      add('processor time until ready', 'ms', startup.cpuMs);
      results.add(
        kind.name,
        {
          table,
          topic,
          name: `${which}, memory ${CALM_MS / 1000} s later`,
          unit: 'MB',
          goal: { atMost: 110 },
        },
        rssMb(pid),
      );
    };
    await note(kind.store === 'none' ? 'each' : 'first');
    if (kind.store === 'none') return;
    await running.restart();
    await note('each');
  } finally {
    await running.stop();
  }
}
