import { planDefaults } from './conversations-service.ts';
import { readFlexAccount } from './flex-account.ts';
import { planAttachments, planConfigurationRemoval, planUiAttributes } from './flex-configuration.ts';
import { planInteractionWebhooks, planWebhookRemoval } from './interaction-webhook.ts';
import { foreign, type Made, type PlanStep, type ProvisioningOptions } from './plan.ts';
import { planRoutingRemoval, planTaskChannel, planWorkflow, planWorkspace } from './routing.ts';
import { planFlow, planFlowRemoval } from './studio-flow.ts';

export interface Plan {
  steps: PlanStep[];
  /** What is known before the first step, and after each more. */
  made: Made;
}

/** What is missing or differs on Twilio's side. Reads only. Its steps are carried out one after the other. */
export async function planTwilio(options: ProvisioningOptions): Promise<Plan> {
  const { twilio, publicUrl } = options;
  const account = await readFlexAccount(twilio, options.flexInstanceSid);
  const channel = await planTaskChannel(options, account);
  const workflow = await planWorkflow(options, account);
  const known = { workflowSid: workflow.sid, taskChannelSid: channel.sid };
  const flow = options.withStudio ? await planFlow(options, known) : undefined;
  return {
    steps: [
      planWorkspace(options, account),
      ...(await planDefaults(twilio, account.serviceSid)),
      channel,
      workflow,
      ...(flow ? [flow] : []),
      ...(await planInteractionWebhooks(options, account)),
      planUiAttributes(twilio, account, publicUrl),
      planAttachments(twilio, account),
    ],
    made: { workspaceSid: account.workspaceSid, ...known, flowSid: flow?.sid },
  };
}

/** What of Twilio's side is ours, to be taken away, and what stays. */
export async function planRemoval(options: ProvisioningOptions): Promise<Plan> {
  const { twilio } = options;
  const account = await readFlexAccount(twilio, options.flexInstanceSid);
  return {
    steps: [
      ...(await planWebhookRemoval(twilio, account, options.publicUrl)),
      ...(await planFlowRemoval(options)),
      ...(await planRoutingRemoval(options, account)),
      planConfigurationRemoval(twilio, account),
      foreign(
        'Conversations',
        'of members stay, with their transcripts, users and tasks; they are data and no part of the set-up',
      ),
    ],
    made: { workspaceSid: account.workspaceSid },
  };
}
