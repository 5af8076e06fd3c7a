import { DAY_MS } from '@flexcord/shared/time';
import { formatOf } from './format.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Each unit with its length and the shortest duration it is used for, longest first. */
const UNITS = [
  ['day', DAY_MS, 2 * DAY_MS],
  ['hour', HOUR_MS, HOUR_MS],
  ['minute', MINUTE_MS, MINUTE_MS],
] as const;

/** A duration in its most readable unit, from seconds to days, in the agent's language; `whole`: without fractions. */
export function formatDuration(ms: number, { whole = false } = {}): string {
  const [unit, length] = UNITS.find(([, , from]) => ms >= from) ?? ['second', 1000];
  const value = whole ? Math.floor(ms / length) : ms / length;
  const maximumFractionDigits = value < 10 ? 1 : 0;
  const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits } as const;
  return formatOf(
    `${unit} ${maximumFractionDigits}`,
    (language) => new Intl.NumberFormat(language, options),
  ).format(value);
}
