import { invalid } from '../errors.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Shortest timers. https://www.twilio.com/docs/conversations-classic/states-timers */
const MIN_INACTIVE_MS = MINUTE;
const MIN_CLOSED_MS = 10 * MINUTE;

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Milliseconds of an ISO 8601 duration such as PT10M or P1DT2H. */
export function durationMs(text: string): number {
  const match = DURATION.exec(text);
  if (!match || text === 'P' || text.endsWith('T')) throw invalid(`${text} is not an ISO 8601 duration`);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * MINUTE + seconds * SECOND;
}

/** Checks both timers; an empty text or PT0S removes a timer. */
export function readTimers(
  inactive: string | undefined,
  closed: string | undefined,
): { inactive?: string; closed?: string } {
  return {
    inactive: readTimer(inactive, MIN_INACTIVE_MS, 'PT1M'),
    closed: readTimer(closed, MIN_CLOSED_MS, 'PT10M'),
  };
}

function readTimer(text: string | undefined, minMs: number, min: string): string | undefined {
  if (!text) return undefined;
  const ms = durationMs(text);
  if (ms === 0) return undefined;
  if (ms < minMs) throw invalid(`A timer of ${text} is too short: the minimum is ${min}`);
  return text;
}
