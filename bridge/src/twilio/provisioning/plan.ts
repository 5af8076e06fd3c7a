import type { Twilio } from '../client.ts';

/** What an operator has to mend before anything can be made; the message says how. */
export class ProvisioningError extends Error {
  override name = 'ProvisioningError';
}

export interface ProvisioningOptions {
  twilio: Twilio;
  authToken: string;
  publicUrl: string;
  studioSecret: string;
  /** What the configuration names already; empty where it names nothing yet. */
  flexInstanceSid: string;
  workspaceSid: string;
  workflowSid: string;
  flowSid: string;
  taskChannel: string;
  /** False leaves Studio alone. */
  withStudio: boolean;
}

/** What later steps and the configuration need of earlier ones. */
export interface Made {
  workspaceSid: string;
  workflowSid?: string;
  taskChannelSid?: string;
  flowSid?: string;
}

/** One thing on Twilio's side, as found and as it will be. */
export interface PlanStep {
  what: string;
  /** `foreign`: not ours, and stays as it is. `mend`: wrong, and only the operator can change it. */
  action: 'create' | 'update' | 'remove' | 'keep' | 'foreign' | 'mend';
  detail: string;
  /** What changes, a line each, with - and + in front. */
  changes?: readonly string[];
  /** Does it. Every step can be repeated. Absent where nothing is to be done. */
  carryOut?(made: Made): Promise<void>;
}

export const keep = (what: string, detail: string): PlanStep => ({ what, action: 'keep', detail });
export const foreign = (what: string, detail: string): PlanStep => ({ what, action: 'foreign', detail });
export const mend = (what: string, detail: string): PlanStep => ({ what, action: 'mend', detail });
