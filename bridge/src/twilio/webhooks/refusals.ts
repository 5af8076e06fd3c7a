import type { Logger } from 'pino';
import { counted } from '../../telemetry/metrics.ts';

/** How often one kind of refusal is logged at most, in milliseconds. */
const EVERY_MS = 60_000;

/** Why a request to an address for Twilio was refused. */
export type WebhookRefusal = 'signature' | 'secret';

const SAID: Record<WebhookRefusal, string> = {
  signature:
    'a webhook without a valid signature was refused; the signature must be made for the address in "checked"',
  secret: 'a Studio question with a wrong secret was refused',
};

/**
 * Counts refused requests, and logs the first of a kind at once and then a line a minute with their number: anybody can send
 * as many as they like, and must not fill the log with them.
 */
export function createRefusals(logger: Pick<Logger, 'warn'>, everyMs = EVERY_MS) {
  const waiting = new Map<WebhookRefusal, { count: number; fields: object }>();

  function log(reason: WebhookRefusal, count: number, fields: object): void {
    logger.warn({ ...fields, count }, SAID[reason]);
    waiting.set(reason, { count: 0, fields });
    const timer = setTimeout(() => {
      const later = waiting.get(reason);
      waiting.delete(reason);
      if (later && later.count > 0) log(reason, later.count, later.fields);
    }, everyMs);
    // It keeps no process alive that is done.
    timer.unref();
  }

  return {
    /** `fields`: what the line has besides, of the latest one. */
    refused(reason: WebhookRefusal, fields: object = {}): void {
      counted.webhooksRefused.inc({ reason });
      const known = waiting.get(reason);
      if (known) waiting.set(reason, { count: known.count + 1, fields });
      else log(reason, 1, fields);
    },
  };
}
