import type { SendToFlexWidget, TriggerWidget } from './definition.ts';

/** Begins a flow at `next` with each message of a conversation, and with nothing else. */
export const onMessage = (next: string): TriggerWidget => ({
  name: 'Trigger',
  type: 'trigger',
  transitions: [
    { event: 'incomingMessage' },
    { event: 'incomingCall' },
    { event: 'incomingConversationMessage', next },
    { event: 'incomingRequest' },
    { event: 'incomingParent' },
  ],
  properties: { offset: { x: 0, y: 0 } },
});

export interface SendToFlexOptions {
  /** Unique in the flow. */
  name: string;
  /** WW… */
  workflowSid: string;
  /** TC… */
  taskChannelSid: string;
  /** JSON text of at most 1,024 characters, with templates. */
  attributes: string;
  /** How long the task may wait for an agent, in seconds. */
  timeout: string;
  /** Where the flow goes on when Flex refuses the task; without it the execution ends. */
  onFailure?: string | undefined;
  /** Its place in the console's editor. */
  offset: { x: number; y: number };
}

/** Hands the conversation over to Flex as a task. */
export function sendToFlex(options: SendToFlexOptions): SendToFlexWidget {
  const { name, workflowSid, taskChannelSid, attributes, timeout, onFailure, offset } = options;
  const next = onFailure ? { next: onFailure } : {};
  return {
    name,
    type: 'send-to-flex',
    transitions: [
      { event: 'callComplete' },
      { event: 'failedToEnqueue', ...next },
      { event: 'callFailure', ...next },
    ],
    properties: {
      workflow: workflowSid,
      channel: taskChannelSid,
      attributes,
      priority: '0',
      timeout,
      offset,
    },
  };
}
