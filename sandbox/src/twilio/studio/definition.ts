/** A flow's definition: https://www.twilio.com/docs/studio/rest-api/v2/schemas */
export interface FlowDefinition {
  description?: string;
  initial_state: string;
  flags?: { allow_concurrent_calls: boolean };
  states: FlowState[];
}

export interface FlowState {
  name: string;
  type: string;
  transitions: Transition[];
  properties: Record<string, unknown>;
}

export interface Transition {
  event: string;
  /** Without it the execution ends here. */
  next?: string;
  conditions?: Condition[];
}

export interface Condition {
  friendly_name: string;
  arguments: string[];
  type: string;
  value: string;
}
