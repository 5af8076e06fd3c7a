import twilioSdk from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient.js';
import type { Twilio } from './index.ts';

/** `https://<product>.twilio.com/…` at the stand-in: `http://127.0.0.1:PORT/<product>/…`. */
export function sandboxAddress(address: string, base: string): string {
  const url = new URL(address);
  const [product] = url.hostname.split('.');
  return `${base}/${product}${url.pathname}${url.search}`;
}

class SandboxClient extends RequestClient {
  constructor(private readonly base: string) {
    super();
  }

  override request<Data>(options: RequestClient.RequestOptions<Data>) {
    return super.request({ ...options, uri: sandboxAddress(options.uri, this.base) });
  }
}

/** The unmodified twilio SDK, its requests sent to the stand-in. */
export function sdkFor(
  twilio: Twilio,
  { accountSid = twilio.accountSid, authToken = twilio.authToken } = {},
) {
  return twilioSdk(accountSid, authToken, { httpClient: new SandboxClient(twilio.url) });
}

export interface ReceivedWebhook {
  path: string;
  url: string;
  signature: string;
  fields: Record<string, string>;
}

/** A receiver of webhooks, such as a bridge has one; `next` waits for the one that fits. */
export function receiveWebhooks(
  answer: (webhook: ReceivedWebhook) => Response | Promise<Response> = () => new Response(''),
) {
  const received: ReceivedWebhook[] = [];
  const waiting = new Set<() => void>();
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    async fetch(request) {
      const url = new URL(request.url);
      const webhook = {
        path: url.pathname,
        url: request.url,
        signature: request.headers.get('x-twilio-signature') ?? '',
        fields: Object.fromEntries(new URLSearchParams(await request.text())),
      };
      received.push(webhook);
      for (const check of [...waiting]) check();
      return answer(webhook);
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    received,
    next(fits: (webhook: ReceivedWebhook) => boolean): Promise<ReceivedWebhook> {
      return new Promise((resolve) => {
        const check = () => {
          const found = received.find(fits);
          if (!found) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      });
    },
    stop: () => server.stop(true),
  };
}
