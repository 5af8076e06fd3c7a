import type { Harness } from './harness.ts';

// Messages with running numbers, to see that none is lost, duplicated or out of order.

/** `prefix 0`, `prefix 1`, … */
export const numberedTexts = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${prefix} ${n}`);

/** The bodies in a conversation's transcript that begin with `prefix`, in order. */
export const receivedByAgent = (harness: Harness, conversationSid: string, prefix: string) =>
  harness.twilio
    .messages(conversationSid)
    .map(({ body }) => body ?? '')
    .filter((body) => body.startsWith(prefix));

/** The numbered texts that the bot sent to the member, in order, without the agent's name. */
export const receivedByMember = (harness: Harness, prefix: string, member = harness.ada) =>
  harness.botMessages(member).flatMap((text) => text.match(new RegExp(`${prefix} \\d+`))?.[0] ?? []);
