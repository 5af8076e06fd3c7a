import { callTwilio, type Twilio } from '../client.ts';
import { INTERACTION_WEBHOOK } from '../webhooks/routes.ts';
import { withToken } from '../webhooks/token.ts';
import { asObject, type FlexAccount } from './flex-account.ts';
import { foreign, keep, type PlanStep, ProvisioningError, type ProvisioningOptions } from './plan.ts';

const WEBHOOK = 'Interaction webhook';
const WEBHOOK_NAME = 'Flexcord';
const WEBHOOK_EVENTS = [
  'onParticipantJoined',
  'onParticipantLeft',
  'onChannelStatusUpdated',
  'onChannelCreateFailed',
];
/** Webhooks that are read of one Flex instance; few have more than one. */
const MAX_LISTED = 200;

export interface InteractionWebhook {
  id: string;
  url: string;
  method: string;
  events: string[];
}

/**
 * The endpoint is on Twilio's pages but neither in its OpenAPI document nor in its SDK
 * (https://www.twilio.com/docs/flex/developer/conversations/register-interactions-webhooks).
 */
export async function requestInteractionWebhooks(
  twilio: Twilio,
  { instanceSid }: FlexAccount,
  method: 'get' | 'post' | 'delete',
  id = '',
  data?: object,
): Promise<unknown> {
  const uri = `https://flex-api.twilio.com/v1/Instances/${instanceSid}/InteractionWebhooks${id && `/${id}`}`;
  return callTwilio('interaction webhooks', async () => {
    const { statusCode, body } = await twilio.request({
      method,
      uri,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      ...(method === 'get' ? { params: { PageSize: MAX_LISTED } } : {}),
      ...(data ? { data } : {}),
    });
    if (statusCode >= 400) {
      const { code, message = '' } = asObject(body);
      throw Object.assign(new Error(String(message)), { status: statusCode, code });
    }
    return body;
  });
}

/** The list is under `data`; other keys are taken, too, as the page shows no answer in full. */
export async function listInteractionWebhooks(
  twilio: Twilio,
  account: FlexAccount,
): Promise<InteractionWebhook[]> {
  const answer = asObject(await requestInteractionWebhooks(twilio, account, 'get'));
  const items = answer.data ?? Object.values(answer).find(Array.isArray);
  if (!Array.isArray(items))
    throw new ProvisioningError('Twilio’s list of interaction webhooks has an unknown shape.');
  return items.map(asObject).map((item) => ({
    id: String(item.ttid ?? ''),
    url: String(item.webhook_url ?? ''),
    method: String(item.webhook_method ?? '').toUpperCase(),
    events: Array.isArray(item.webhook_events) ? item.webhook_events.map(String) : [],
  }));
}

/** Without what proves the caller, which nobody is to read in a terminal. */
export const addressOf = ({ url }: InteractionWebhook): string => url.split('?')[0] ?? '';

/**
 * Ours is known by its address, since the list gives no names. Where PUBLIC_URL has changed it is the only one with our
 * path; of several nobody could tell which belong to another bridge, so they stay.
 */
function ours(all: readonly InteractionWebhook[], address: string): InteractionWebhook[] {
  const exact = all.filter((webhook) => addressOf(webhook) === address);
  if (exact.length > 0) return exact;
  const moved = all.filter((webhook) => addressOf(webhook).endsWith(INTERACTION_WEBHOOK));
  return new Set(moved.map(addressOf)).size === 1 ? moved : [];
}

export async function planInteractionWebhooks(
  { twilio, authToken, publicUrl }: ProvisioningOptions,
  account: FlexAccount,
): Promise<PlanStep[]> {
  const address = `${publicUrl}${INTERACTION_WEBHOOK}`;
  const secretAddress = withToken(address, authToken);
  const all = await listInteractionWebhooks(twilio, account);
  const own = ours(all, address);
  const [found, ...doubles] = own;
  const content = {
    FriendlyName: WEBHOOK_NAME,
    WebhookMethod: 'POST',
    WebhookUrl: secretAddress,
    WebhookEvents: WEBHOOK_EVENTS,
  };
  return [
    found ? ofOurs(found) : ofNone(),
    ...doubles.map((double) => removal(twilio, account, double, 'would tell everything twice')),
    ...all.filter((webhook) => !own.includes(webhook)).map(named),
  ];

  function ofNone(): PlanStep {
    return {
      what: WEBHOOK,
      action: 'create',
      detail: address,
      changes: WEBHOOK_EVENTS.map((event) => `+ ${event}`),
      carryOut: async () => {
        await requestInteractionWebhooks(twilio, account, 'post', '', { Type: 'global', ...content });
      },
    };
  }

  function ofOurs(webhook: InteractionWebhook): PlanStep {
    const { id, url, method, events } = webhook;
    const before = addressOf(webhook);
    const changes = [
      ...(before === address ? [] : [`- ${before}`, `+ ${address}`]),
      ...(before === address && url !== secretAddress ? [`~ the token in ${address}`] : []),
      ...(method === 'POST' ? [] : [`- ${method}`, '+ POST']),
      ...events.filter((event) => !WEBHOOK_EVENTS.includes(event)).map((event) => `- ${event}`),
      ...WEBHOOK_EVENTS.filter((event) => !events.includes(event)).map((event) => `+ ${event}`),
    ];
    if (changes.length === 0) return keep(WEBHOOK, `${address}, ${id}`);
    return {
      what: WEBHOOK,
      action: 'update',
      detail: id,
      changes,
      carryOut: async () => {
        await requestInteractionWebhooks(twilio, account, 'post', id, content);
      },
    };
  }
}

export async function planWebhookRemoval(
  twilio: Twilio,
  account: FlexAccount,
  publicUrl: string,
): Promise<PlanStep[]> {
  const all = await listInteractionWebhooks(twilio, account);
  const own = ours(all, `${publicUrl}${INTERACTION_WEBHOOK}`);
  return all.map((webhook) =>
    own.includes(webhook) ? removal(twilio, account, webhook, webhook.id) : named(webhook),
  );
}

const named = (webhook: InteractionWebhook) =>
  foreign(WEBHOOK, `${addressOf(webhook)}, ${webhook.id}, is not ours and stays`);

const removal = (
  twilio: Twilio,
  account: FlexAccount,
  webhook: InteractionWebhook,
  why: string,
): PlanStep => ({
  what: WEBHOOK,
  action: 'remove',
  detail: `${addressOf(webhook)}, ${why}`,
  carryOut: async () => {
    await requestInteractionWebhooks(twilio, account, 'delete', webhook.id);
  },
});
