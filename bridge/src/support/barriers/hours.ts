/**
 * Business hours. Days and times are the operator's own, in the time zone that they name, so a summer-time change moves
 * the opening with the clock on the wall.
 */

/** Minutes since midnight; `to` beyond 1440 runs into the next day. */
interface Span {
  from: number;
  to: number;
}

/** Spans by weekday, Monday first. */
export type Week = readonly (readonly Span[])[];

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const DAY_MINUTES = 24 * 60;
/** How far the next opening is looked for: longer than any holidays, and an end for a calendar without openings. */
const HORIZON_DAYS = 60;

/** Reads `Mon-Fri 09:00-18:00; Sat 10:00-12:00,13:00-16:00`; undefined for anything else. */
export function parseWeek(text: string): Week | undefined {
  const week: Span[][] = DAYS.map(() => []);
  for (const rule of text.split(';')) {
    const [days, times, ...rest] = rule.trim().split(/\s+/);
    if (!days || !times || rest.length > 0) return undefined;
    const spans = times.split(',').map(parseSpan);
    const numbers = parseDays(days);
    if (!numbers) return undefined;
    for (const span of spans) {
      if (!span) return undefined;
      for (const day of numbers) week[day]?.push(span);
    }
  }
  return week;
}

function parseDays(text: string): number[] | undefined {
  const numbers: number[] = [];
  for (const part of text.toLowerCase().split(',')) {
    const [first = '', last = first] = part.split('-');
    const from = DAYS.indexOf(first);
    const to = DAYS.indexOf(last);
    if (from < 0 || to < 0) return undefined;
    // Sat-Mon goes over the end of the week.
    for (let day = from; ; day = (day + 1) % DAYS.length) {
      numbers.push(day);
      if (day === to) break;
    }
  }
  return numbers;
}

function parseSpan(text: string): Span | undefined {
  const match = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/.exec(text);
  if (!match) return undefined;
  const [fromHour = 0, fromMinute = 0, toHour = 0, toMinute = 0] = match.slice(1).map(Number);
  const from = fromHour * 60 + fromMinute;
  const to = toHour * 60 + toMinute;
  if (fromMinute > 59 || toMinute > 59 || from >= DAY_MINUTES || to > DAY_MINUTES) return undefined;
  return { from, to: to > from ? to : to + DAY_MINUTES };
}

export interface BusinessHours {
  week: Week;
  /** IANA name, such as `Asia/Tokyo`. */
  timeZone: string;
  /** Days on which nobody opens, as `2026-12-25`. */
  closedOn: ReadonlySet<string>;
}

export type Opening =
  | { open: true }
  | { open: false /** Null: not within two months. */; opensAt: number | null };

/** Whether it is open at a time, and else when it is next. Times are milliseconds since the epoch. */
export function openingAt({ week, timeZone, closedOn }: BusinessHours, at: number): Opening {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  let opensAt: number | null = null;
  // Yesterday's last hours may reach into today.
  for (let offset = -1; offset <= HORIZON_DAYS; offset++) {
    const date = today.add({ days: offset });
    if (closedOn.has(date.toString())) continue;
    for (const { from, to } of week[date.dayOfWeek - 1] ?? []) {
      const start = moment(date, from, timeZone);
      if (start <= at && at < moment(date, to, timeZone)) return { open: true };
      if (start > at && (opensAt === null || start < opensAt)) opensAt = start;
    }
    if (opensAt !== null) break;
  }
  return { open: false, opensAt };
}

function moment(date: Temporal.PlainDate, minutes: number, timeZone: string): number {
  const day = date.add({ days: Math.floor(minutes / DAY_MINUTES) });
  const within = minutes % DAY_MINUTES;
  const plainTime = new Temporal.PlainTime(Math.floor(within / 60), within % 60);
  return day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds;
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
