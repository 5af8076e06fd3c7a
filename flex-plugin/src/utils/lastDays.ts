import { DAY_MS } from '@flexcord/shared/time';

/** `2026-11-24`, in the supervisor's time zone. */
const dayOf = (ms: number) => new Intl.DateTimeFormat('en-CA').format(ms);

/** The range of the last `days` days, today included, or of those `ago` times as long before, as statistics are asked for. */
export function lastDays(days: number, ago: number): { from: string; to: string; timeZone: string } {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const last = Date.now() - ago * days * DAY_MS;
  return { from: dayOf(last - (days - 1) * DAY_MS), to: dayOf(last), timeZone };
}
