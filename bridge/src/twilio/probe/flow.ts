import type { FlowDefinition } from '../studio/definition.ts';
import { onMessage, sendToFlex } from '../studio/widgets.ts';

/** What the conversation attribute `probeStep` chooses. */
export type ProbeStep = 'rendered' | 'template';

/** Beyond what Send to Flex takes: 1,024 characters (https://www.twilio.com/docs/studio/widget-library/send-to-flex). */
export const TOO_LONG = 1100;

/** Long enough for a look, short enough that a task which a killed probe leaves ends by itself; in seconds. */
const TASK_TIMEOUT = '300';

/** Known by the task attribute `flexcordProbe`; the channel type is one that no channel of Interactions has. */
const MARKS = '"flexcordProbe":"yes","channelType":"discord"';

export const attributesOf = {
  plain: `{${MARKS},"step":"plain"}`,
  /** Short itself, and long with a long message. */
  rendered: `{${MARKS},"step":"rendered","text":{{trigger.conversation.Body | to_json}}}`,
  /** Long itself, and short as soon as it is rendered. */
  template: `{${MARKS},"step":"template","text":{{trigger.conversation.Author | default: "${'x'.repeat(TOO_LONG)}" | to_json}}}`,
  /** No JSON until it is rendered. */
  onlyTemplate: '{{trigger.conversation.Body}}',
};

interface Targets {
  workflowSid: string;
  taskChannelSid: string;
}

/** Sends to Flex in the way that is tried, and plainly where that is refused, so that there is a task in any case. */
export function probeFlow(targets: Targets, steps: readonly ProbeStep[]): FlowDefinition {
  const [first] = steps;
  return {
    description: 'Made by bun run doctor --probe, and taken away by it',
    initial_state: 'Trigger',
    flags: { allow_concurrent_calls: true },
    states: [
      onMessage('which'),
      {
        name: 'which',
        type: 'split-based-on',
        transitions: [
          { event: 'noMatch', next: first ?? 'plain' },
          ...steps.slice(1).map((step) => ({
            event: 'match' as const,
            next: step,
            conditions: [
              {
                friendly_name: step,
                arguments: ['{{trigger.conversation.ChannelAttributes.probeStep}}'],
                type: 'equal_to' as const,
                value: step,
              },
            ],
          })),
        ],
        properties: {
          input: '{{trigger.conversation.ChannelAttributes.probeStep}}',
          offset: { x: 0, y: 100 },
        },
      },
      ...steps.map((step) => handOff(targets, step, attributesOf[step], 'plain')),
      handOff(targets, 'plain', attributesOf.plain),
    ],
  };
}

/** A flow for validation alone: one hand-off with these attributes. */
export const flowWith = (targets: Targets, attributes: string): FlowDefinition => ({
  description: 'Validated by bun run doctor --probe',
  initial_state: 'Trigger',
  flags: { allow_concurrent_calls: true },
  states: [onMessage('send'), handOff(targets, 'send', attributes)],
});

const handOff = (targets: Targets, name: string, attributes: string, onFailure?: string) =>
  sendToFlex({ ...targets, name, attributes, timeout: TASK_TIMEOUT, onFailure, offset: { x: 0, y: 300 } });
