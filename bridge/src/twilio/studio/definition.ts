/** A flow's definition, as far as the bridge's own flow needs it: https://www.twilio.com/docs/studio/rest-api/v2/schemas */
export interface FlowDefinition {
  description: string;
  initial_state: string;
  flags: { allow_concurrent_calls: boolean };
  states: Widget[];
}

export type Widget = TriggerWidget | HttpRequestWidget | SplitWidget | SendToFlexWidget;

interface State<Type extends string, Event extends string, Properties> {
  /** Unique in the flow. */
  name: string;
  type: Type;
  /** Without `next` the execution ends. */
  transitions: { event: Event; next?: string; conditions?: Condition[] }[];
  properties: Properties & { offset: { x: number; y: number } };
}

export interface Condition {
  friendly_name: string;
  /** Templates of the value to look at. */
  arguments: string[];
  type: 'equal_to';
  value: string;
}

export type TriggerWidget = State<
  'trigger',
  'incomingMessage' | 'incomingCall' | 'incomingConversationMessage' | 'incomingRequest' | 'incomingParent',
  unknown
>;

/** https://www.twilio.com/docs/studio/widget-library/http-request: success means 2xx within 10 s and at most 64 kB. */
export type HttpRequestWidget = State<
  'make-http-request',
  'success' | 'failed',
  { method: 'GET' | 'POST'; url: string; content_type: string; body: string; add_twilio_auth: boolean }
>;

/** https://www.twilio.com/docs/studio/widget-library/split-based-on */
export type SplitWidget = State<'split-based-on', 'noMatch' | 'match', { input: string }>;

/**
 * https://www.twilio.com/docs/studio/widget-library/send-to-flex: attributes are JSON text of at most 1,024 characters,
 * time-out in seconds. With conversations the events keep their voice names: callComplete means that the task was created.
 */
export type SendToFlexWidget = State<
  'send-to-flex',
  'callComplete' | 'failedToEnqueue' | 'callFailure',
  { workflow: string; channel: string; attributes: string; priority: string; timeout: string }
>;
