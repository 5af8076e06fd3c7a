import type { Logger } from 'pino';
import { standing } from '../telemetry/metrics.ts';
import type { Lane } from './keys.ts';

/** Who an entry goes out to. What comes in and what stays inside has none. */
export type Side = 'discord' | 'twilio';

export const sideOf = (kind: string): Side | null =>
  kind.startsWith('discord.') ? 'discord' : kind.startsWith('twilio.') ? 'twilio' : null;

/** Failures in a row, on more lanes than one, after which a side counts as down. */
const DOWN_AFTER = 3;
/** While a side is down one lane asks whether it is back, this often in milliseconds, and less often after a while. */
const PROBE_MS = 500;
const LONG_PROBE_MS = 2_000;
const LONG_MS = 5 * 60_000;
/** How long the others wait where nobody wakes them, in milliseconds. */
const HELD_MS = 60_000;

/** What is known of one side: whether it takes anything at present, and who waits for it. */
export interface SideHealth {
  /** Something went through. Returns the lanes that waited for it. */
  passed(): Lane[];
  /**
   * An attempt failed in a way that could be the side's. Returns how long the lane should wait, in milliseconds, where
   * the side is down, and null where the trouble seems to be the entry's own.
   */
  failed(lane: Lane): number | null;
  /** Attempts that went through since the start of the process. */
  passedCount(): number;
  isDown(): boolean;
}

/**
 * A breaker for one side. While it is down, every lane would otherwise sleep out a backoff of its own, and the backlog
 * would drain long after the side is back: here one lane asks again and again, and the first success wakes all.
 */
export function createSideHealth(side: Side, logger: Logger): SideHealth {
  let count = 0;
  let failures = 0;
  let down = false;
  let downSince = 0;
  let prober: Lane | null = null;
  const waiting = new Set<Lane>();
  const show = () => standing.breakerOpen.set({ side }, down ? 1 : 0);
  show();

  return {
    passed() {
      count += 1;
      failures = 0;
      prober = null;
      if (down) {
        down = false;
        show();
        logger.info({ side, lanes: waiting.size }, 'the side takes requests again');
      }
      const lanes = [...waiting];
      waiting.clear();
      return lanes;
    },
    failed(lane) {
      failures += 1;
      waiting.add(lane);
      if (!down && failures >= DOWN_AFTER && waiting.size > 1) {
        down = true;
        downSince = performance.now();
        show();
        logger.warn({ side }, 'the side takes no requests; asking again until it does');
      }
      if (!down) return null;
      if (prober === null || prober === lane) {
        prober = lane;
        return performance.now() - downSince < LONG_MS ? PROBE_MS : LONG_PROBE_MS;
      }
      // So that those whom nobody wakes do not come back together.
      return HELD_MS * (1 + Math.random());
    },
    passedCount: () => count,
    isDown: () => down,
  };
}
