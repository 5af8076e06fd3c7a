import type { Harness } from './harness.ts';

/** What both sides wrote, and that nothing of it is lost, double or out of order. */
export const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${prefix} ${n}`);

/** What the agent reads of the member. */
export const read = (harness: Harness, sid: string, prefix: string) =>
  harness.twilio
    .messages(sid)
    .map(({ body }) => body ?? '')
    .filter((body) => body.startsWith(prefix));

/** What the member hears of the agent. */
export const told = (harness: Harness, prefix: string, member = harness.ada) =>
  harness.heard(member).flatMap((text) => text.match(new RegExp(`${prefix} \\d+`))?.[0] ?? []);
