import type { Bench } from '../bench.ts';
import type { RelayKind } from '../kinds.ts';
import { startRelay } from '../running.ts';
import { type Direction, directions } from '../traffic.ts';

const topic = 'outage';
/** Written each way while the clouds are away, messages a second. */
const RATE = 30;
/** Discord's documented limit over all routes. https://docs.discord.com/developers/topics/rate-limits */
const DISCORD_PER_SECOND = 50;
/** Share in percent beyond which there is no backlog to speak of, and how it drains says nothing. */
const MAX_LOST = 10;
/** Longest time without any delivery before the rest counts as lost. A journal may rest between its tries. */
const SETTLE_TIMEOUT_MS = { none: 5_000, journal: 75_000 };

/** Both clouds refuse everything with 503 for a while, under Discord's limits; what is written meanwhile is to follow. */
export async function measureOutage(bench: Bench, kind: RelayKind): Promise<void> {
  const { ground, options, results, progress } = bench;
  const table = `After both clouds were away for ${options.outageSeconds} s, Discord’s limits on`;
  progress(`${kind.name}: opening ${options.chats} chats before the outage`);
  const running = await startRelay(kind, ground, { limited: true });
  const add = (name: string, unit: string, value: number, goal?: { atMost?: number; atLeast?: object }) =>
    results.add(kind.name, { table, topic, name, unit, goal }, value);
  try {
    await running.openChats(options.chats);
    const { clouds, traffic, chats } = running;
    clouds.limitDiscord();
    clouds.faults.add({ on: 'api', effect: { kind: 'status', status: 503 } });
    progress(`${kind.name}: both clouds are away for ${options.outageSeconds} s`);
    const arrivals: Record<Direction, number[]> = { 'member → agent': [], 'agent → member': [] };
    const count = Math.round(RATE * options.outageSeconds);
    const began = performance.now();
    for (let n = 0; n < count; n += 1) {
      await Bun.sleep(Math.max(0, began + (n * 1000) / RATE - performance.now()));
      const chat = chats[n % chats.length];
      if (!chat) break;
      for (const direction of directions)
        traffic.send(direction, chat, () => arrivals[direction].push(performance.now()));
    }
    clouds.faults.clear();
    const back = performance.now();
    progress(`${kind.name}: both clouds are back`);
    await traffic.settled(kind.store === 'none' ? SETTLE_TIMEOUT_MS.none : SETTLE_TIMEOUT_MS.journal);

    const patient = { atLeast: { 'bridge, SQLite': 95, 'bridge, PostgreSQL': 95 } };
    for (const direction of directions) {
      const lost = (100 * (count - arrivals[direction].length)) / count;
      add(`${direction}, lost`, '%', lost, { atMost: 0 });
      if (lost > MAX_LOST) continue;
      const seconds = arrivals[direction].map((at) => (at - back) / 1000).filter((at) => at > 0);
      const last = Math.max(...seconds, 0);
      add(`${direction}, until the last one`, 's', last);
      add(`${direction}, drained`, '/s', seconds.length / Math.max(1, last));
      if (direction !== 'agent → member') continue;
      const share = (arrived: number, within: number) => (100 * arrived) / (DISCORD_PER_SECOND * within);
      add(
        'agent → member, share of the 50/s that Discord allows',
        '%',
        share(seconds.length, Math.max(1, last)),
        patient,
      );
      for (const within of [1, 5]) {
        if (count < DISCORD_PER_SECOND * within) continue;
        const arrived = seconds.filter((at) => at <= within).length;
        add(`agent → member, the same in the first ${within} s`, '%', share(arrived, within), patient);
      }
    }
    add('arrived twice', '', traffic.strays, { atMost: 0 });
  } finally {
    await running.stop();
  }
}
