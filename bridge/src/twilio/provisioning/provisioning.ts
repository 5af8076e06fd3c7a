import { isDeepStrictEqual } from 'node:util';
import { callTwilio, type Twilio } from '../client.ts';
import { rewriteTwilioUrl } from '../http-client.ts';
import { supportFlow } from '../studio/flow.ts';
import { INTERACTION_WEBHOOK } from '../webhooks/routes.ts';

export interface ProvisioningOptions {
  twilio: Twilio;
  accountSid: string;
  authToken: string;
  apiUrl: string;
  publicUrl: string;
  studioSecret: string;
  workspaceSid: string;
  workflowSid: string;
  taskChannel: string;
  /** False leaves Studio alone. */
  withStudio: boolean;
}

/** One thing that Twilio must have, as found and as it will be. */
export interface PlanStep {
  what: string;
  action: 'create' | 'update' | 'keep';
  detail: string;
  /** Does it; returns the SID or id that now stands for it. */
  carryOut(): Promise<string>;
}

const FLOW_NAME = 'Flexcord: Discord support';
const WEBHOOK_NAME = 'Flexcord';
const WEBHOOK_EVENTS = ['onParticipantJoined', 'onParticipantLeft', 'onChannelStatusUpdated'];

/** What is missing or differs on the Twilio side. Reads only; each step changes one thing and can be repeated. */
export async function planTwilio(options: ProvisioningOptions): Promise<PlanStep[]> {
  return [...(options.withStudio ? [await planFlow(options)] : []), await planInteractionWebhook(options)];
}

async function planFlow(options: ProvisioningOptions): Promise<PlanStep> {
  const { twilio } = options;
  const workspace = twilio.taskrouter.v1.workspaces(options.workspaceSid);
  const channels = await callTwilio('task channels', () => workspace.taskChannels.list({ limit: 100 }));
  const channel = channels.find(({ uniqueName }) => uniqueName === options.taskChannel);
  if (!channel) {
    throw new Error(
      `The workspace has no task channel "${options.taskChannel}". Set TWILIO_TASK_CHANNEL to one of: ${channels.map(({ uniqueName }) => uniqueName).join(', ')}.`,
    );
  }
  const definition = supportFlow({
    publicUrl: options.publicUrl,
    secret: options.studioSecret,
    workflowSid: options.workflowSid,
    taskChannelSid: channel.sid,
  });
  const flows = await callTwilio('flows', () => twilio.studio.v2.flows.list({ limit: 200 }));
  const found = flows.find(({ friendlyName }) => friendlyName === FLOW_NAME);
  const content = { friendlyName: FLOW_NAME, status: 'published' as const, definition };
  await callTwilio('validate the flow', () => twilio.studio.v2.flowValidate.update(content));
  if (!found) {
    return {
      what: 'Studio flow',
      action: 'create',
      detail: `"${FLOW_NAME}", published`,
      carryOut: async () =>
        (await callTwilio('create the flow', () => twilio.studio.v2.flows.create(content))).sid,
    };
  }
  const current = await callTwilio('flow', () => twilio.studio.v2.flows(found.sid).fetch());
  if (isDeepStrictEqual(current.definition, definition) && current.status === 'published') {
    return { what: 'Studio flow', action: 'keep', detail: found.sid, carryOut: async () => found.sid };
  }
  return {
    what: 'Studio flow',
    action: 'update',
    detail: `${found.sid}: its definition differs; what was edited in Studio stays in the revision before`,
    carryOut: async () =>
      (await callTwilio('update the flow', () => twilio.studio.v2.flows(found.sid).update(content))).sid,
  };
}

/**
 * The endpoint is on Twilio's pages but neither in its OpenAPI document nor in its SDK
 * (https://www.twilio.com/docs/flex/developer/conversations/register-interactions-webhooks). That it can be listed with
 * GET is an assumption; where it cannot, the webhook is made anew.
 */
async function planInteractionWebhook(options: ProvisioningOptions): Promise<PlanStep> {
  const { twilio, accountSid, authToken } = options;
  const { flexInstanceSid } = await callTwilio('Flex configuration', () =>
    twilio.flexApi.v1.configuration().fetch(),
  );
  const url = rewriteTwilioUrl(
    `https://flex-api.twilio.com/v1/Instances/${flexInstanceSid}/InteractionWebhooks`,
    options.apiUrl,
  );
  const headers = { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}` };
  const target = `${options.publicUrl}${INTERACTION_WEBHOOK}`;
  const listed = await fetch(url, { headers, signal: AbortSignal.timeout(15_000) });
  const webhooks = listed.ok ? readWebhooks(await listed.json()) : [];
  const found = webhooks.find((webhook) => webhook.url === target);
  if (found)
    return { what: 'Interaction webhook', action: 'keep', detail: found.id, carryOut: async () => found.id };
  return {
    what: 'Interaction webhook',
    action: 'create',
    detail: `${WEBHOOK_EVENTS.join(', ')} → ${target}`,
    async carryOut() {
      const body = new URLSearchParams({
        Type: 'global',
        FriendlyName: WEBHOOK_NAME,
        WebhookMethod: 'POST',
        WebhookUrl: target,
      });
      for (const event of WEBHOOK_EVENTS) body.append('WebhookEvents', event);
      const made = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(15_000) });
      if (!made.ok) throw new Error(`Twilio did not take the interaction webhook: HTTP ${made.status}.`);
      return String(((await made.json()) as { ttid?: string }).ttid ?? '');
    },
  };
}

function readWebhooks(answer: unknown): { id: string; url: string }[] {
  const lists = Object.values((answer ?? {}) as Record<string, unknown>).filter(Array.isArray);
  return (lists[0] ?? []).flatMap((item: Record<string, unknown>) => {
    const url = item.webhook_url ?? item.WebhookUrl;
    return typeof url === 'string' ? [{ id: String(item.ttid ?? item.sid ?? ''), url }] : [];
  });
}
