import { flexLanguage } from '../../../utils/strings.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Milliseconds in the unit a person would take, from seconds to days. */
export function formatDuration(ms: number): string {
  const [unit, value] =
    ms < MINUTE_MS
      ? ['second', ms / 1000]
      : ms < HOUR_MS
        ? ['minute', ms / MINUTE_MS]
        : ms < 48 * HOUR_MS
          ? ['hour', ms / HOUR_MS]
          : ['day', ms / 24 / HOUR_MS];
  return new Intl.NumberFormat(flexLanguage(), {
    style: 'unit',
    unit: String(unit),
    unitDisplay: 'short',
    maximumFractionDigits: Number(value) < 10 ? 1 : 0,
  }).format(Number(value));
}
