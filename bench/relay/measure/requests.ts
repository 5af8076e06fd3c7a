import type { Bench } from '../bench.ts';
import { burst } from '../load.ts';
import type { Running } from '../running.ts';
import { directions } from '../traffic.ts';

const MESSAGES = 100;

/** Requests that each cloud is asked for one message. */
export async function measureRequests({ results, progress }: Bench, running: Running): Promise<void> {
  const kind = running.kind.name;
  for (const direction of directions) {
    progress(`${kind}: requests a message, ${direction}`);
    const before = running.clouds.requests();
    const { sent } = await burst(running, direction, MESSAGES);
    await Bun.sleep(300);
    const after = running.clouds.requests();
    for (const cloud of ['Twilio', 'Discord'] as const) {
      const target = direction === 'member → agent' ? 'Twilio' : 'Discord';
      results.add(
        kind,
        {
          table: 'Requests a message',
          topic: 'requests',
          name: `${direction}, to ${cloud}`,
          unit: '',
          goal: cloud === target ? { atMost: 1 } : undefined,
        },
        (after[cloud] - before[cloud]) / sent,
      );
    }
  }
}
