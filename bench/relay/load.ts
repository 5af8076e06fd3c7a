import type { Running } from './running.ts';
import type { Direction } from './traffic.ts';

/** What became of a load. */
export interface Outcome {
  sent: number;
  missing: number;
  /** Milliseconds from cloud to cloud, in the order of arrival. */
  latencies: number[];
  /** From the first message written to the last that arrived. */
  seconds: number;
}

/** Longest time without any delivery before what is missing is given up. */
const SETTLE_TIMEOUT_MS = 60_000;

/** Messages at an even rate, written whether or not earlier ones have arrived. */
export function atRate(
  running: Running,
  direction: Direction,
  perSecond: number,
  seconds: number,
): Promise<Outcome> {
  const count = Math.max(1, Math.round(perSecond * seconds));
  return observed(running, direction, async (send) => {
    const began = performance.now();
    for (let n = 0; n < count; n += 1) {
      const due = began + (n * 1000) / perSecond;
      // Late messages are written at once, but the clouds in this process must come to answer in between.
      if (due > performance.now()) await Bun.sleep(due - performance.now());
      else if (n % 8 === 0) await Bun.sleep(0);
      send();
    }
  });
}

/** All at once. */
export function burst(running: Running, direction: Direction, count: number): Promise<Outcome> {
  return observed(running, direction, async (send) => {
    for (let n = 0; n < count; n += 1) send();
  });
}

/** As many as the relay can carry while `outstanding` are under way at any time. */
export function asFastAsItGoes(
  running: Running,
  direction: Direction,
  outstanding: number,
  seconds: number,
): Promise<Outcome> {
  return observed(running, direction, async (send) => {
    const end = performance.now() + seconds * 1000;
    const next = () => {
      if (performance.now() < end) send(next);
    };
    for (let n = 0; n < outstanding; n += 1) send(next);
    await Bun.sleep(seconds * 1000);
  });
}

async function observed(
  { traffic, chats }: Running,
  direction: Direction,
  write: (send: (then?: () => void) => void) => Promise<void>,
): Promise<Outcome> {
  const latencies: number[] = [];
  let sent = 0;
  const began = performance.now();
  await write((then) => {
    const chat = chats[sent % chats.length];
    if (!chat) throw new Error('there are no chats');
    sent += 1;
    traffic.send(direction, chat, (ms) => {
      latencies.push(ms);
      then?.();
    });
  });
  const { missing } = await traffic.settled(SETTLE_TIMEOUT_MS);
  return { sent, missing, latencies, seconds: (traffic.lastDelivery - began) / 1000 };
}
