import { flexLanguage } from '../../../utils/strings.ts';

const HOUR_MS = 3_600_000;

/** Milliseconds in the unit a person would take: minutes, hours or days. */
export function formatDuration(ms: number): string {
  const [unit, value] =
    ms < HOUR_MS
      ? ['minute', ms / 60_000]
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
