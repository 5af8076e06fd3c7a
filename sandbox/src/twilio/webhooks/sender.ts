import type { FaultEffect, Faults } from '../../core/faults.ts';
import type { Limits } from '../limits.ts';
import { sign } from './signature.ts';

export type WebhookFields = Record<string, string>;

export interface Webhook {
  /** As it was configured; a fragment is neither sent nor signed. */
  url: string;
  method: 'GET' | 'POST';
  /** The event type; faults match on it. */
  event: string;
  fields: WebhookFields;
  /** Sent without a signature. */
  unsigned?: boolean;
}

/** How one try to deliver a webhook ended. */
export interface Delivery {
  event: string;
  url: string;
  fields: WebhookFields;
  /** 0 for the first try, as in the RetryCount field. */
  retry: number;
  /** Absent where no answer came. */
  status?: number;
}

/** A webhook and the faults that hit it. */
export interface WebhookHit {
  event: string;
  fields: WebhookFields;
  effects: readonly FaultEffect[];
}

export interface WebhookSender {
  /** Sends in the background, in no guaranteed order, as Twilio does. */
  send(webhook: Webhook): void;
  /** Resolves when no delivery is pending. */
  idle(): Promise<void>;
}

export interface WebhookSenderOptions {
  authToken: string;
  accountSid: string;
  limits: Limits;
  faults?: Faults;
  onDelivery: (delivery: Delivery) => void;
  onFault?: (hit: WebhookHit) => void;
}

/** Sends signed webhooks and applies the sandbox's faults for `webhook` to them. */
export function createWebhookSender(options: WebhookSenderOptions): WebhookSender {
  const underWay = new Set<Promise<void>>();

  const track = (work: Promise<void>) => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };

  const once = async (webhook: Webhook, retry: number): Promise<number | undefined> => {
    const fields = { ...webhook.fields, RetryCount: String(retry) };
    const status = await post(webhook, fields, options);
    options.onDelivery({ event: webhook.event, url: webhook.url, fields, retry, status });
    return status;
  };

  const deliver = async (webhook: Webhook, delayMs: number): Promise<void> => {
    if (delayMs > 0) await Bun.sleep(delayMs);
    for (let retry = 0; retry < options.limits.webhookTries; retry++) {
      if (retry > 0) await Bun.sleep(options.limits.webhookRetryDelayMs);
      const status = await once(webhook, retry);
      if (status !== undefined && status < 500) return;
    }
  };

  return {
    send(webhook) {
      let copies = 1;
      let delayMs = 0;
      const effects = options.faults?.hit('webhook', webhook.method, webhook.event) ?? [];
      if (effects.length > 0) options.onFault?.({ event: webhook.event, fields: webhook.fields, effects });
      for (const effect of effects) {
        if (effect.kind === 'drop') return;
        if (effect.kind === 'duplicate') copies += effect.extra;
        if (effect.kind === 'delay' || effect.kind === 'latency') delayMs += effect.ms;
        // A lost response and an error response have the same effect: the receiver has the webhook and the sender retries.
        if (effect.kind === 'status' || effect.kind === 'reset-after') copies += 1;
        if (effect.kind === 'reset-before') return;
      }
      for (let copy = 0; copy < copies; copy++) track(deliver(webhook, delayMs));
    },
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}

async function post(
  webhook: Webhook,
  fields: WebhookFields,
  { authToken, accountSid, limits }: WebhookSenderOptions,
): Promise<number | undefined> {
  const url = webhook.url.split('#')[0] ?? webhook.url;
  const query = new URLSearchParams(fields).toString();
  const headers = {
    'user-agent': 'TwilioProxy/1.1',
    'x-home-region': 'us1',
    'x-twilio-account-sid': accountSid,
  };
  const signature = (address: string, signed: WebhookFields): Record<string, string> =>
    webhook.unsigned ? {} : { 'x-twilio-signature': sign(authToken, address, signed) };
  try {
    const signal = AbortSignal.timeout(limits.webhookTimeoutMs);
    const full = webhook.method === 'GET' ? url + (url.includes('?') ? '&' : '?') + query : url;
    const response = await fetch(full, {
      method: webhook.method,
      signal,
      redirect: 'manual',
      ...(webhook.method === 'GET'
        ? { headers: { ...headers, ...signature(full, {}) } }
        : {
            body: query,
            headers: {
              ...headers,
              'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
              ...signature(url, fields),
            },
          }),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    // Refused, reset or timed out: Twilio does not tell these apart either.
    return undefined;
  }
}
