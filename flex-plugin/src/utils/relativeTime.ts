import { DAY_MS } from '@flexcord/shared/time';

import { formatDate, formatOf } from './format.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** From here on a date says more than a number of days. */
const MAX_RELATIVE_MS = 30 * DAY_MS;

/** `3 hr. ago` in the agent's language; a date where it is longer ago than 30 days. */
export function relativeTime(at: string, now = Date.now()): string {
  const passed = now - Date.parse(at);
  if (passed >= MAX_RELATIVE_MS) return formatDate(at);
  const format = formatOf(
    'relative',
    (language) => new Intl.RelativeTimeFormat(language, { style: 'short', numeric: 'auto' }),
  );
  if (passed < MINUTE_MS) return format.format(0, 'second');
  if (passed < HOUR_MS) return format.format(-Math.floor(passed / MINUTE_MS), 'minute');
  if (passed < DAY_MS) return format.format(-Math.floor(passed / HOUR_MS), 'hour');
  return format.format(-Math.floor(passed / DAY_MS), 'day');
}
