import { callTwilio, type Twilio } from '../client.ts';
import { ProvisioningError } from './plan.ts';

/** What Flex says of its account. */
export interface FlexAccount {
  instanceSid: string;
  workspaceSid: string;
  /**
   * IS…, the Conversations service that Flex uses; empty where the configuration names none. Plugins in production read
   * it from there, too (https://github.com/techmatters/flex-plugins plugin-hrm-form/src/hrmConfig.ts).
   */
  serviceSid: string;
  defaultQueueSid: string;
  uiAttributes: Record<string, unknown>;
  channelConfigs: Record<string, unknown>[];
}

/**
 * Reads Flex's configuration. Throws where Flex was never opened: only its first opening makes what we build on.
 * `instanceSid`: GO…, for accounts whose configuration does not name it.
 */
export async function readFlexAccount(twilio: Twilio, instanceSid = ''): Promise<FlexAccount> {
  const found = await callTwilio('Flex configuration', () => twilio.flexApi.v1.configuration().fetch());
  if (instanceSid && found.flexInstanceSid && instanceSid !== found.flexInstanceSid) {
    throw new ProvisioningError(
      `TWILIO_FLEX_INSTANCE_SID is ${instanceSid}, but the instance of this account is ${found.flexInstanceSid}. Put that into .env, or leave the variable out.`,
    );
  }
  const instance = instanceSid || found.flexInstanceSid;
  if (!instance || !found.taskrouterWorkspaceSid) {
    throw new ProvisioningError(
      `Flex was never opened in this account (it is ${found.status}). Open Flex once in the Twilio console, as its owner, and run this again; or name its instance (GO…) in TWILIO_FLEX_INSTANCE_SID.`,
    );
  }
  return {
    instanceSid: instance,
    workspaceSid: found.taskrouterWorkspaceSid,
    serviceSid: found.chatServiceInstanceSid ?? '',
    defaultQueueSid: found.taskrouterTargetTaskqueueSid ?? '',
    uiAttributes: asObject(found.uiAttributes),
    channelConfigs: Array.isArray(found.channelConfigs) ? found.channelConfigs.map(asObject) : [],
  };
}

export const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
