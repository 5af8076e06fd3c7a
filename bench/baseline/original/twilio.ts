import twilioSdk, { type Twilio } from 'twilio';
import RequestClient from 'twilio/lib/base/RequestClient.js';

export interface Settings {
  accountSid: string;
  authToken: string;
  /** Takes the place of `https://<product>.twilio.com`, the product as first segment of the path. */
  apiUrl: string;
  workspaceSid: string;
  workflowSid: string;
  /** Where Twilio posts agents' messages. */
  publicUrl: string;
}

class RedirectingClient extends RequestClient {
  readonly #apiUrl: string;

  constructor(apiUrl: string) {
    super();
    this.#apiUrl = apiUrl;
  }

  override request<Data>(options: RequestClient.RequestOptions<Data>) {
    const { hostname, pathname, search } = new URL(options.uri);
    const uri = `${this.#apiUrl}/${hostname.split('.')[0]}${pathname}${search}`;
    return super.request<Data>({ ...options, uri });
  }
}

export function twilioFor({ accountSid, authToken, apiUrl }: Settings): Twilio {
  return twilioSdk(accountSid, authToken, { httpClient: new RedirectingClient(apiUrl) });
}

interface NewConversation {
  identity: string;
  /** The member's, as agents see it. */
  name: string;
  uniqueName?: string;
  /** Path and query under the public address to which Twilio posts what agents write. */
  webhook: string;
}

/** A new conversation with its participant, its webhook and a task for an agent; resolves with its SID. */
export async function openConversation(settings: Settings, opened: NewConversation): Promise<string> {
  const { identity, name, uniqueName, webhook } = opened;
  const twilio = twilioFor(settings);
  const { conversations } = twilio.conversations.v1;
  const { sid } = await conversations.create({ friendlyName: name, uniqueName });
  await conversations(sid).participants.create({ identity });
  await conversations(sid).webhooks.create({
    target: 'webhook',
    'configuration.filters': ['onMessageAdded'],
    'configuration.method': 'post',
    'configuration.url': `${settings.publicUrl}/${webhook}`,
  });
  await twilio.flexApi.v1.interaction.create({
    channel: { type: 'web', initiated_by: 'customer', properties: { media_channel_sid: sid } },
    routing: {
      type: 'TaskRouter',
      properties: {
        workspace_sid: settings.workspaceSid,
        workflow_sid: settings.workflowSid,
        task_channel_unique_name: 'chat',
        attributes: { customerName: name, channelType: 'web' },
      },
    },
  });
  return sid;
}
