const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Distances between the marks of an axis that people read easily. */
const STEPS_MS = [
  ...[1, 5, 15, 30].map((seconds) => seconds * 1000),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 4, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 5, 10, 20, 50, 100].map((days) => days * DAY_MS),
];
const MAX_STEPS = 4;

/** The marks of an axis of durations in ms, from 0 to at least the longest of them. */
export function durationTicks(durations: ReadonlyArray<number | null>): number[] {
  const longest = Math.max(1000, ...durations.map((duration) => duration ?? 0));
  const step = STEPS_MS.find((candidate) => candidate * MAX_STEPS >= longest) ?? longest / MAX_STEPS;
  return Array.from({ length: Math.ceil(longest / step) + 1 }, (_, index) => index * step);
}
