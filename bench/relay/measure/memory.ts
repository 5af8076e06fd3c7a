import { Arrivals } from '../arrivals.ts';
import type { Bench } from '../bench.ts';
import type { RelayKind } from '../kinds.ts';
import { cpuMs, rssMb } from '../process.ts';
import { type Running, startRelay } from '../running.ts';

const topic = 'memory';
const OPENED_AT_ONCE = 40;
const OPENING_TIMEOUT_MS = 60_000;
const CALM_MS = 2000;
const PROMISED_OPEN = 10_000;

/** What a relay occupies before and after so many members have begun a conversation and been heard. */
export async function measureMemory(bench: Bench, kind: RelayKind): Promise<void> {
  const { ground, options, results, progress } = bench;
  const table = `Memory at ${options.open} open conversations`;
  const running = await startRelay(kind, ground);
  const add = (name: string, unit: string, value: number, goal?: { atMost: number }) =>
    results.add(kind.name, { table, topic, name, unit, goal }, value);
  try {
    await Bun.sleep(CALM_MS);
    const before = rssMb(running.process.pid);
    const began = performance.now();
    const most = await openMany(running, options.open, (count) =>
      progress(`${kind.name}: ${count} of ${options.open} conversations open`),
    );
    const seconds = (performance.now() - began) / 1000;
    await calm(running.process.pid);
    const after = rssMb(running.process.pid);
    add('before', 'MB', before);
    add('after', 'MB', after, options.open >= PROMISED_OPEN ? { atMost: 250 } : undefined);
    add('most while they were opened', 'MB', Math.max(most, after));
    add('for each conversation', 'KB', ((after - before) * 1024) / options.open);
    add('opened a second', '/s', options.open / seconds);
  } finally {
    await running.stop();
  }
}

/** Resolves with the most memory that was seen meanwhile, in MB. */
async function openMany(running: Running, count: number, tell: (done: number) => void): Promise<number> {
  const { clouds, kind, process, url } = running;
  const heard = new Arrivals<true>();
  const hears =
    kind.opened === 'bot answers'
      ? clouds.discord.on('message', ({ message }) => {
          if (message.author.bot) heard.arrive(message.channel_id, true);
        })
      : clouds.twilio.on('message', ({ body }) => heard.arrive(body ?? '', true));
  let begun = 0;
  let most = 0;
  const opener = async () => {
    while (begun < count) {
      begun += 1;
      if (begun % 100 === 0) most = Math.max(most, rssMb(process.pid));
      if (begun % 1000 === 0) tell(begun);
      const words = `Hello, I am member ${begun} and my parcel has not arrived`;
      const member = clouds.newMember(`Visitor ${begun}`);
      await kind.arrange?.(clouds, member, url);
      member.dm(words);
      await heard.wait(kind.opened === 'bot answers' ? member.dmChannelId : words, OPENING_TIMEOUT_MS);
    }
  };
  await Promise.all(Array.from({ length: OPENED_AT_ONCE }, opener));
  hears();
  return most;
}

/** Resolves when a process does next to nothing, at the latest after half a minute. */
async function calm(pid: number): Promise<void> {
  for (let second = 0; second < 30; second += 1) {
    const before = cpuMs(pid) ?? 0;
    await Bun.sleep(1000);
    if ((cpuMs(pid) ?? 0) - before < 50) return;
  }
}
