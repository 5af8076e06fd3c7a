import twilioSdk from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient.js';
import manifest from '../../../flex-plugin/package.json';
import { startTwilio, type Twilio, type TwilioOptions } from './index.ts';

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

const stops: (() => unknown)[] = [];

/** A stand-in, a receiver of its webhooks and the SDK; `stopAll` ends them. */
export async function start(options?: TwilioOptions) {
  const twilio = await startTwilio(options);
  const hooks = receiveWebhooks();
  stops.push(twilio.stop, hooks.stop);
  return { twilio, hooks, sdk: sdkFor(twilio) };
}

export async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0)) await stop();
}

/** A request to an address that the SDK does not know. */
export function request(twilio: Twilio, address: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('authorization', `Basic ${btoa(`${twilio.accountSid}:${twilio.authToken}`)}`);
  return fetch(sandboxAddress(address, twilio.url), { ...init, headers });
}

/** A member's conversation with a relay webhook, waiting for an agent. */
export async function openConversation(twilio: Twilio, hookUrl: string, member = 'discord_1') {
  const sdk = sdkFor(twilio);
  const conversation = await sdk.conversations.v1.conversationWithParticipants.create({
    friendlyName: 'Ada',
    participant: [JSON.stringify({ identity: member })],
  });
  await sdk.conversations.v1.conversations(conversation.sid).webhooks.create({
    target: 'webhook',
    'configuration.url': hookUrl,
    'configuration.method': 'post',
    'configuration.filters': [
      'onMessageAdded',
      'onMessageUpdated',
      'onMessageRemoved',
      'onConversationStateUpdated',
    ],
  });
  await sdk.conversations.v1
    .conversations(conversation.sid)
    .messages.create({ author: member, body: 'Hello', xTwilioWebhookEnabled: 'true' });
  return conversation.sid;
}

export async function openInteraction(
  twilio: Twilio,
  conversationSid: string,
  customer = { name: 'Ada', address: 'discord_1' },
) {
  return sdkFor(twilio).flexApi.v1.interaction.create({
    channel: { type: 'web', initiated_by: 'customer', properties: { media_channel_sid: conversationSid } },
    routing: {
      properties: {
        workspace_sid: twilio.workspaceSid,
        workflow_sid: twilio.workflowSid,
        task_channel_unique_name: 'chat',
        attributes: { from: customer.name, customerName: customer.name, customerAddress: customer.address },
      },
    },
  });
}

export async function registerInteractionWebhook(twilio: Twilio, url: string) {
  const form = new URLSearchParams({ WebhookUrl: url, WebhookMethod: 'POST', Type: 'global' });
  const events = [
    'onInteractionCreated',
    'onChannelCreated',
    'onChannelCreateFailed',
    'onChannelStatusUpdated',
  ];
  for (const event of [...events, 'onParticipantJoined', 'onParticipantLeft'])
    form.append('WebhookEvents', event);
  const address = `https://flex-api.twilio.com/v1/Instances/${twilio.flexInstanceSid}/InteractionWebhooks`;
  const response = await request(twilio, address, { method: 'POST', body: form });
  if (response.status !== 201)
    throw new Error(`The interaction webhook was refused: ${await response.text()}`);
}

/** Deploys and releases a version of the plugin of this repository, as `bun run deploy:plugin --release` does, without a build. */
export async function releasePlugin(
  twilio: Twilio,
  { version = manifest.version, url = 'https://plugins.example.com/plugin-flexcord.js' } = {},
): Promise<void> {
  const post = async (path: string, fields: Record<string, string>): Promise<{ sid: string }> => {
    const answer = await request(twilio, `https://flex-api.twilio.com/v1/PluginService/${path}`, {
      method: 'POST',
      body: new URLSearchParams(fields),
    });
    return answer.json();
  };
  const { name } = manifest;
  await post('Plugins', { UniqueName: name });
  const { sid } = await post(`Plugins/${name}/Versions`, { Version: version, PluginUrl: url });
  const set = await post('Configurations', {
    Name: name,
    Plugins: JSON.stringify({ plugin_version: sid, phase: 3 }),
  });
  await post('Releases', { ConfigurationId: set.sid });
}
