import { isDeepStrictEqual } from 'node:util';
import { rewriteTwilioUrl } from '../http-client.ts';
import { INTERACTION_WEBHOOK } from '../webhooks/routes.ts';
import { withToken } from '../webhooks/token.ts';
import type { PlanStep, ProvisioningOptions } from './plan.ts';

const WEBHOOK_NAME = 'Flexcord';
const WEBHOOK_EVENTS = [
  'onChannelCreateFailed',
  'onChannelStatusUpdated',
  'onParticipantJoined',
  'onParticipantLeft',
];
const REQUEST_TIMEOUT_MS = 15_000;
/** Webhooks that are read of one Flex instance; few have more than one. */
const MAX_WEBHOOKS = 200;

interface InteractionWebhook {
  id: string;
  url: string;
  events: string[];
  method: string;
}

/**
 * The webhook through which Flex tells of agents. It is on Twilio's pages, which list, read, update and delete it, but
 * neither in its OpenAPI document nor in its SDK
 * (https://www.twilio.com/docs/flex/developer/conversations/register-interactions-webhooks). Those of others are named and
 * left alone.
 */
export async function planInteractionWebhook(
  { accountSid, authToken, apiUrl, publicUrl }: ProvisioningOptions,
  flexInstanceSid: string,
): Promise<PlanStep[]> {
  const address = `https://flex-api.twilio.com/v1/Instances/${flexInstanceSid}/InteractionWebhooks`;
  const headers = { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` };
  const path = `${publicUrl}${INTERACTION_WEBHOOK}`;
  const target = withToken(path, authToken);

  async function call(what: string, url: string, body?: URLSearchParams): Promise<Record<string, unknown>> {
    const answer = await fetch(rewriteTwilioUrl(url, apiUrl), {
      ...(body ? { method: 'POST', body } : {}),
      headers,
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    if (!answer.ok) throw new Error(`Twilio refused to ${what}: HTTP ${answer.status}.`);
    return (await answer.json()) as Record<string, unknown>;
  }

  const write = async (what: string, url: string): Promise<string> => {
    const body = new URLSearchParams({
      Type: 'global',
      FriendlyName: WEBHOOK_NAME,
      WebhookMethod: 'POST',
      WebhookUrl: target,
    });
    for (const event of WEBHOOK_EVENTS) body.append('WebhookEvents', event);
    return String((await call(what, url, body)).ttid ?? '');
  };

  const found = readWebhooks(
    await call('list the interaction webhooks', `${address}?PageSize=${MAX_WEBHOOKS}`),
  );
  const own = found.find(({ url }) => url.split('?')[0] === path);
  const foreign: PlanStep[] = found
    .filter((webhook) => webhook !== own)
    .map(({ id, url, events }) => ({
      what: 'Interaction webhook',
      action: 'keep',
      detail: `${id}: not ours (${events.join(', ')} → ${url.split('?')[0]}), left as it is`,
      carryOut: async () => id,
    }));
  const detail = `${WEBHOOK_EVENTS.join(', ')} → ${path}`;
  if (!own) {
    const carryOut = () => write('take the interaction webhook', address);
    return [...foreign, { what: 'Interaction webhook', action: 'create', detail, carryOut }];
  }
  const isRight =
    own.url === target && own.method === 'POST' && isDeepStrictEqual([...own.events].sort(), WEBHOOK_EVENTS);
  return [
    ...foreign,
    isRight
      ? { what: 'Interaction webhook', action: 'keep', detail: own.id, carryOut: async () => own.id }
      : {
          what: 'Interaction webhook',
          action: 'update',
          detail: `${own.id}: ${detail}`,
          carryOut: async () => {
            await write('update the interaction webhook', `${address}/${own.id}`);
            return own.id;
          },
        },
  ];
}

function readWebhooks({ data }: Record<string, unknown>): InteractionWebhook[] {
  return (Array.isArray(data) ? data : []).flatMap((item: Record<string, unknown>) => {
    const { ttid, webhook_url: url, webhook_events: events, webhook_method: method } = item;
    if (typeof ttid !== 'string' || typeof url !== 'string') return [];
    return {
      id: ttid,
      url,
      events: Array.isArray(events) ? events.map(String) : [],
      method: String(method ?? '').toUpperCase(),
    };
  });
}
