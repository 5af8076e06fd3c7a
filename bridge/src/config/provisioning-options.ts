import type { Twilio } from '../twilio/client.ts';
import type { ProvisioningOptions } from '../twilio/provisioning/plan.ts';
import type { Config } from './config.ts';

/** What the configuration says of the account that is to be as the bridge needs it. */
export const provisioningOptions = (config: Config, twilio: Twilio): ProvisioningOptions => ({
  twilio,
  authToken: config.TWILIO_AUTH_TOKEN,
  publicUrl: config.PUBLIC_URL,
  studioSecret: config.STUDIO_SECRET,
  flexInstanceSid: config.TWILIO_FLEX_INSTANCE_SID,
  workspaceSid: config.TWILIO_WORKSPACE_SID,
  workflowSid: config.TWILIO_WORKFLOW_SID,
  flowSid: config.TWILIO_STUDIO_FLOW_SID,
  taskChannel: config.TWILIO_TASK_CHANNEL,
  withStudio: config.FLEX_ROUTING === 'studio',
});
