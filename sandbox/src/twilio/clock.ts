/** The stand-in's source of time, for the timers of conversations, reservations, tasks, tokens and temporary links. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `fn` once, `ms` milliseconds from now; returns the function that cancels it. */
  after(ms: number, fn: () => void): () => void;
}

export interface ManualClock extends Clock {
  /** Moves time on and runs what has come due, in order. */
  advance(ms: number): void;
}

// setTimeout fires at once when its delay does not fit 32 bits.
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, fn) {
    const timer = setTimeout(fn, Math.min(ms, MAX_TIMEOUT_MS));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** A clock that moves only when `advance` is called. */
export function manualClock(start = Date.now()): ManualClock {
  let now = start;
  let due: { at: number; fn: () => void }[] = [];
  return {
    now: () => now,
    after(ms, fn) {
      const entry = { at: now + ms, fn };
      due.push(entry);
      return () => {
        due = due.filter((other) => other !== entry);
      };
    },
    advance(ms) {
      const until = now + ms;
      for (;;) {
        const next = due.filter((entry) => entry.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        due = due.filter((other) => other !== next);
        now = next.at;
        next.fn();
      }
      now = until;
    },
  };
}

/** ISO 8601 to the second, as Twilio's REST resources carry it. */
export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** ISO 8601 with milliseconds, as Twilio's webhooks carry it. */
export function isoMillis(ms: number): string {
  return new Date(ms).toISOString();
}
