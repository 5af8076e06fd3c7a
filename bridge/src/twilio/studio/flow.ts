import type { FlowDefinition } from './definition.ts';
import { onMessage, sendToFlex } from './widgets.ts';

/** Where the flow asks the bridge what to do with a member's message, below the public URL. */
export const studioTurnPath = '/twilio/studio/turn';

/** What the flow posts to the bridge, as JSON, for each message of a conversation that no agent has yet. */
export interface StudioTurnRequest {
  conversationSid: string;
  messageSid: string;
  body: string;
  /**
   * Proves that the flow asks. Studio signs its widget's requests, too (github.com/techmatters/flex-plugins
   * lambdas/account-scoped checks it); the secret holds also where a proxy changes the address.
   */
  secret: string;
}

/** What the bridge answers, within Studio's 10 seconds. */
export interface StudioTurnAnswer {
  /** `flex` hands the conversation to agents; with `none` the flow ends and the bridge goes on by itself. */
  next: 'flex' | 'none';
  /** With `flex`: the task's attributes. All of them, because the flow names each. */
  task?: Record<(typeof TASK_FIELDS)[number], string | number>;
  /** With `flex`: the same as JSON text of at most 1,024 characters, for flows of earlier versions. */
  taskAttributes?: string;
}

/** The attributes that the bridge gives a task; see `taskAttributes` in support/turns.ts. */
const TASK_FIELDS = [
  'from',
  // Flex itself and screen readers go by it; without it, it is the author's identity.
  'name',
  'customerName',
  'customerAddress',
  'channel',
  'locale',
  'caseNumber',
  'summary',
] as const;

/** A task's attributes as a flow of this version, or of an earlier one, reads them. */
export function forFlow(
  attributes: Readonly<Record<string, string | number>>,
): Pick<StudioTurnAnswer, 'task' | 'taskAttributes'> {
  const task = Object.fromEntries(TASK_FIELDS.map((name) => [name, attributes[name] ?? '']));
  return { task: task as StudioTurnAnswer['task'], taskAttributes: JSON.stringify(attributes) };
}

/** The conversation attribute that is `yes` once the bridge has handed the conversation over. */
export const HANDED_OVER = 'handedOver';

export interface SupportFlowOptions {
  /** Public URL of the bridge, `https://bridge.example`, without a path of its own or with one. */
  publicUrl: string;
  /** Shared with the bridge's turn endpoint. */
  secret: string;
  /** WW… */
  workflowSid: string;
  /** TC… */
  taskChannelSid: string;
}

/** The longest time a task may wait for an agent, in seconds: Studio's own longest, so that no night or weekend drops a member. */
const taskTimeout = '1209600';

/**
 * What agents see of a task when the bridge could not be asked: the names it left in the conversation's attributes,
 * or else the author's identity (`Author`: production flows use it, none that was found uses `From`). `to_json` quotes whatever a member calls themselves:
 * https://www.twilio.com/docs/studio/widget-library/send-to-flex#how-to-pass-objects-as-an-attribute-in-send-to-flex-widget
 */
const fallbackAttributes = [
  '{"from":{{trigger.conversation.ChannelAttributes.customerName | default: trigger.conversation.Author | to_json}}',
  '"name":{{trigger.conversation.ChannelAttributes.customerName | default: trigger.conversation.Author | to_json}}',
  '"customerName":{{trigger.conversation.ChannelAttributes.customerName | default: trigger.conversation.Author | to_json}}',
  '"customerAddress":{{trigger.conversation.ChannelAttributes.customerAddress | default: trigger.conversation.Author | to_json}}',
  '"channelType":"web"}',
].join(',');

/** A JSON object with a template for each value: flow validation may refuse a template that becomes one as a whole. */
const askedAttributes = `{${[
  ...TASK_FIELDS.map((name) => `"${name}":{{widgets.ask_bridge.parsed.task.${name} | to_json}}`),
  '"channelType":"web"',
].join(',')}}`;

/**
 * The Studio flow of a support conversation: ask the bridge, and send to Flex where it says so, or where it cannot be asked.
 * A hand-off whose attributes Flex refuses is tried once more with the plain ones. A conversation that was handed over
 * already is left alone, also when the bridge cannot be asked.
 * Throws where an option would be read as a Liquid template.
 */
export function supportFlow(options: SupportFlowOptions): FlowDefinition {
  for (const [name, value] of Object.entries(options))
    if (/\{\{|\{%/.test(value))
      throw new Error(
        `${name} holds "{{" or "{%", which Studio would read as a template. Choose another value.`,
      );
  const { workflowSid, taskChannelSid } = options;
  const target = { workflowSid, taskChannelSid, timeout: taskTimeout };
  return {
    description: 'Discord support: the virtual agent of the bridge first, then agents in Flex',
    initial_state: 'Trigger',
    flags: { allow_concurrent_calls: true },
    states: [
      onMessage('is_handed_over'),
      {
        name: 'is_handed_over',
        type: 'split-based-on',
        transitions: [
          { event: 'noMatch', next: 'ask_bridge' },
          {
            event: 'match',
            conditions: [
              {
                friendly_name: 'The bridge has handed over',
                arguments: [`{{trigger.conversation.ChannelAttributes.${HANDED_OVER}}}`],
                type: 'equal_to',
                value: 'yes',
              },
            ],
          },
        ],
        properties: {
          input: `{{trigger.conversation.ChannelAttributes.${HANDED_OVER}}}`,
          offset: { x: 0, y: 100 },
        },
      },
      {
        name: 'ask_bridge',
        type: 'make-http-request',
        transitions: [
          { event: 'success', next: 'needs_agent' },
          { event: 'failed', next: 'send_to_flex_unasked' },
        ],
        properties: {
          method: 'POST',
          url: options.publicUrl.replace(/\/+$/, '') + studioTurnPath,
          content_type: 'application/json;charset=utf-8',
          body: turnTemplate(options.secret),
          add_twilio_auth: false,
          offset: { x: 0, y: 200 },
        },
      },
      {
        name: 'needs_agent',
        type: 'split-based-on',
        transitions: [
          { event: 'noMatch' },
          {
            event: 'match',
            next: 'send_to_flex',
            conditions: [
              {
                friendly_name: 'The bridge hands over',
                arguments: ['{{widgets.ask_bridge.parsed.next}}'],
                type: 'equal_to',
                value: 'flex',
              },
            ],
          },
        ],
        properties: { input: '{{widgets.ask_bridge.parsed.next}}', offset: { x: -200, y: 400 } },
      },
      sendToFlex({
        ...target,
        name: 'send_to_flex',
        attributes: askedAttributes,
        onFailure: 'send_to_flex_unasked',
        offset: { x: -200, y: 600 },
      }),
      sendToFlex({
        ...target,
        name: 'send_to_flex_unasked',
        attributes: fallbackAttributes,
        offset: { x: 200, y: 800 },
      }),
    ],
  };
}

function turnTemplate(secret: string): string {
  const fields: Record<keyof StudioTurnRequest, string> = {
    conversationSid: '{{trigger.conversation.ConversationSid | to_json}}',
    messageSid: '{{trigger.conversation.MessageSid | to_json}}',
    body: '{{trigger.conversation.Body | to_json}}',
    secret: JSON.stringify(secret),
  };
  const pairs = Object.entries(fields).map(([name, template]) => `"${name}":${template}`);
  return `{${pairs.join(',')}}`;
}
