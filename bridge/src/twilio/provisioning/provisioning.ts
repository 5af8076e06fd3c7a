import { isDeepStrictEqual } from 'node:util';
import { callTwilio } from '../client.ts';
import { supportFlow } from '../studio/flow.ts';
import { planFlexConfiguration, readAccount } from './flex-configuration.ts';
import { planInteractionWebhook } from './interaction-webhook.ts';
import type { PlanStep, ProvisioningOptions } from './plan.ts';

const FLOW_NAME = 'Flexcord: Discord support';

/** What is missing or differs on the Twilio side. Reads only; each step changes one thing and can be repeated. */
export async function planTwilio(options: ProvisioningOptions): Promise<PlanStep[]> {
  const account = await readAccount(options);
  return [
    ...(options.withStudio ? [await planFlow(options)] : []),
    ...(await planInteractionWebhook(options, account.flexInstanceSid)),
    ...planFlexConfiguration(options, account),
  ];
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
