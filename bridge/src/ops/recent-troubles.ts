import { truncate } from '@flexcord/shared/messages/truncate';
import { Refused, Transient } from '../relay/errors.ts';

/** Something that was logged as a warning or an error. */
export interface Trouble {
  /** The latest time, in milliseconds since the epoch. */
  at: number;
  level: 'warn' | 'error';
  /** A sentence; never with anybody's words. */
  message: string;
  /** What else is known: a kind of entry, a side, an answer of a cloud. */
  about: string | null;
  /** How often it came in a row. */
  count: number;
}

const WARN = 40;
const ERROR = 50;
const MAX_TROUBLES = 50;
const MAX_LENGTH = 300;

/** The latest troubles of this process, for the operations view; the log has all of them. */
export function createRecentTroubles() {
  const troubles: Trouble[] = [];
  return {
    /** Looks at what is logged; `args` as pino is called with. */
    note(level: number, args: readonly unknown[]): void {
      if (level < WARN) return;
      const [first, second] = args;
      const message = typeof first === 'string' ? first : typeof second === 'string' ? second : '';
      if (!message) return;
      const about = typeof first === 'object' && first !== null ? aboutOf(first) : null;
      const last = troubles.at(-1);
      if (last?.message === message && last.about === about) {
        last.count += 1;
        last.at = Date.now();
        return;
      }
      troubles.push({
        at: Date.now(),
        level: level >= ERROR ? 'error' : 'warn',
        message: truncate(message, MAX_LENGTH),
        about,
        count: 1,
      });
      if (troubles.length > MAX_TROUBLES) troubles.shift();
    },
    /** The latest first. */
    list: (): Trouble[] => troubles.toReversed(),
  };
}

export type RecentTroubles = ReturnType<typeof createRecentTroubles>;

/** What errors of libraries say may hold what somebody wrote; what our own say does not. */
function aboutOf(fields: object): string | null {
  const { kind, side, reason, what, err } = fields as Record<string, unknown>;
  const isOurs = err instanceof Transient || err instanceof Refused || typeof err === 'string';
  const said = isOurs
    ? typeof err === 'string'
      ? err
      : err.message
    : err instanceof Error
      ? err.name
      : null;
  const parts = [kind, side, reason, what, said].filter((part) => typeof part === 'string' && part !== '');
  return parts.length > 0 ? truncate(parts.join(' · '), MAX_LENGTH) : null;
}
