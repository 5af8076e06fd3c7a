import { callTwilio, type Twilio } from '../client.ts';
import { INTERACTION_WEBHOOK } from '../webhooks/routes.ts';
import { asObject, type FlexAccount } from './flex-account.ts';
import { foreign, keep, type PlanStep, ProvisioningError } from './plan.ts';

const WEBHOOK = 'Interaction webhook';
const WEBHOOK_NAME = 'Flexcord';
const WEBHOOK_EVENTS = ['onParticipantJoined', 'onParticipantLeft', 'onChannelStatusUpdated'];

export interface InteractionWebhook {
  id: string;
  url: string;
  events: string[];
}

/**
 * The endpoint is on Twilio's pages but neither in its OpenAPI document nor in its SDK
 * (https://www.twilio.com/docs/flex/developer/conversations/register-interactions-webhooks).
 */
async function request(
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
  const answer = asObject(await request(twilio, account, 'get'));
  const items = answer.data ?? Object.values(answer).find(Array.isArray);
  if (!Array.isArray(items))
    throw new ProvisioningError('Twilio’s list of interaction webhooks has an unknown shape.');
  return items.map(asObject).map((item) => ({
    id: String(item.ttid ?? ''),
    url: String(item.webhook_url ?? ''),
    events: Array.isArray(item.webhook_events) ? item.webhook_events.map(String) : [],
  }));
}

/** Ours is known by its path, also where it still has an earlier PUBLIC_URL: the list gives no names. */
const isOurs = ({ url }: InteractionWebhook) =>
  (URL.parse(url)?.pathname ?? '').endsWith(INTERACTION_WEBHOOK);

const hasAllEvents = ({ events }: InteractionWebhook) =>
  events.length === WEBHOOK_EVENTS.length && WEBHOOK_EVENTS.every((event) => events.includes(event));

export async function planInteractionWebhooks(
  twilio: Twilio,
  account: FlexAccount,
  publicUrl: string,
): Promise<PlanStep[]> {
  const target = `${publicUrl}${INTERACTION_WEBHOOK}`;
  const all = await listInteractionWebhooks(twilio, account);
  const [found, ...doubles] = all.filter(isOurs).sort((a) => (a.url === target ? -1 : 1));
  const content = {
    FriendlyName: WEBHOOK_NAME,
    WebhookMethod: 'POST',
    WebhookUrl: target,
    WebhookEvents: WEBHOOK_EVENTS,
  };
  return [
    found ? ofOurs(found) : ofNone(),
    ...doubles.map((double) => removal(twilio, account, double, 'would tell everything twice')),
    ...all.filter((webhook) => !isOurs(webhook)).map(named),
  ];

  function ofNone(): PlanStep {
    return {
      what: WEBHOOK,
      action: 'create',
      detail: target,
      changes: WEBHOOK_EVENTS.map((event) => `+ ${event}`),
      carryOut: async () => {
        await request(twilio, account, 'post', '', { Type: 'global', ...content });
      },
    };
  }

  function ofOurs(webhook: InteractionWebhook): PlanStep {
    if (webhook.url === target && hasAllEvents(webhook)) return keep(WEBHOOK, `${target}, ${webhook.id}`);
    return {
      what: WEBHOOK,
      action: 'update',
      detail: webhook.id,
      changes: [
        ...(webhook.url === target ? [] : [`- ${webhook.url}`, `+ ${target}`]),
        ...webhook.events.filter((event) => !WEBHOOK_EVENTS.includes(event)).map((event) => `- ${event}`),
        ...WEBHOOK_EVENTS.filter((event) => !webhook.events.includes(event)).map((event) => `+ ${event}`),
      ],
      carryOut: async () => {
        await request(twilio, account, 'post', webhook.id, content);
      },
    };
  }
}

export async function planWebhookRemoval(twilio: Twilio, account: FlexAccount): Promise<PlanStep[]> {
  const all = await listInteractionWebhooks(twilio, account);
  return all.map((webhook) =>
    isOurs(webhook) ? removal(twilio, account, webhook, webhook.id) : named(webhook),
  );
}

const named = ({ url, id }: InteractionWebhook) => foreign(WEBHOOK, `${url}, ${id}, is not ours and stays`);

const removal = (
  twilio: Twilio,
  account: FlexAccount,
  webhook: InteractionWebhook,
  why: string,
): PlanStep => ({
  what: WEBHOOK,
  action: 'remove',
  detail: `${webhook.url}, ${why}`,
  carryOut: async () => {
    await request(twilio, account, 'delete', webhook.id);
  },
});
