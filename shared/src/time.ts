/** Durations, days and timestamps, spelled once. Without dependencies, so that the plugin's bundle can take it. */

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
/** Days begin at a whole quarter of an hour in every time zone, so sums of quarters add up to the days of any zone. */
export const QUARTER_HOUR_MS = 15 * MINUTE_MS;

/** Milliseconds since the epoch as RFC 3339 in UTC. */
export const toTimestamp = (ms: number): string => new Date(ms).toISOString();
export const toTimestampOrNull = (ms: number | null): string | null => (ms === null ? null : toTimestamp(ms));

/** Milliseconds since the epoch at which a day such as `2026-11-24` begins in UTC; null for what is no day. */
export function startOfDay(day: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return null;
  const ms = Date.parse(`${day}T00:00:00Z`);
  // Some engines take 31 February for a day of March.
  return !Number.isNaN(ms) && utcDayOf(ms) === day ? ms : null;
}

/**
 * Milliseconds since the epoch of a moment in UTC such as `2026-11-24T09:30Z`; null for what is none, such as one on
 * 31 February.
 */
export function momentOf(text: string): number | null {
  if (startOfDay(text.slice(0, 'YYYY-MM-DD'.length)) === null || !text.endsWith('Z')) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/** The UTC day of a moment, as `2026-11-24`. */
export const utcDayOf = (ms: number): string => toTimestamp(ms).slice(0, 10);

/**
 * Gives the day of a moment, as `2026-11-24`, in an IANA time zone; in that of the machine where none is named. Null
 * for a time zone that does not exist.
 */
export function dayFormatter(timeZone?: string): ((ms: number) => string) | null {
  try {
    // This locale writes a date as 2026-11-24.
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    return (ms) => format.format(ms);
  } catch {
    return null;
  }
}

/** Most days of a range of statistics. */
const MAX_DAYS = 366;

/**
 * The days from one to another, both included, as `2026-11-24`, when they begin in UTC, and what names the day of a moment in
 * their time zone. Null for days that are none, too many or in the wrong order, or a time zone that does not exist.
 */
export function dayRange({ from, to, timeZone = 'UTC' }: { from: string; to: string; timeZone?: string }) {
  const dayOf = dayFormatter(timeZone);
  const first = startOfDay(from);
  const last = startOfDay(to);
  if (!dayOf || first === null || last === null) return null;
  const count = (last - first) / DAY_MS + 1;
  if (count < 1 || count > MAX_DAYS) return null;
  const days = Array.from({ length: count }, (_, at) => utcDayOf(first + at * DAY_MS));
  return { timeZone, dayOf, first, last, days };
}
