import { flexLanguage } from '../../../utils/strings.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Each with its length and from when on it is taken, the longest first. */
const UNITS = [
  ['day', DAY_MS, 2 * DAY_MS],
  ['hour', HOUR_MS, HOUR_MS],
  ['minute', MINUTE_MS, MINUTE_MS],
] as const;

/** Milliseconds in the unit a person would take, from seconds to days. */
export function formatDuration(ms: number): string {
  const [unit, length] = UNITS.find(([, , from]) => ms >= from) ?? ['second', 1000];
  const value = ms / length;
  return new Intl.NumberFormat(flexLanguage(), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}
