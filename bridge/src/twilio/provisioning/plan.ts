import type { Twilio } from '../client.ts';

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
  /** GO…, where the Flex configuration does not name it; empty otherwise. */
  flexInstanceSid: string;
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
