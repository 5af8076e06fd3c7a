export interface WidgetType {
  /** Every property Studio's schema knows, with its JSON type. */
  properties: Record<string, 'string' | 'boolean' | 'array'>;
  required: string[];
  events: string[];
}

/**
 * The widgets that the sandbox supports, after Studio's own schemas: https://www.twilio.com/docs/studio/rest-api/v2/schemas
 * A flow with any other widget is refused: it would be accepted by Twilio and never run here.
 */
export const widgetTypes = new Map<string, WidgetType>([
  [
    'trigger',
    {
      properties: {},
      required: [],
      events: [
        'incomingMessage',
        'incomingCall',
        'incomingConversationMessage',
        'incomingRequest',
        'incomingParent',
      ],
    },
  ],
  ['split-based-on', { properties: { input: 'string' }, required: ['input'], events: ['noMatch', 'match'] }],
  [
    'make-http-request',
    {
      properties: {
        method: 'string',
        url: 'string',
        body: 'string',
        parameters: 'array',
        content_type: 'string',
        add_twilio_auth: 'boolean',
      },
      required: ['url'],
      events: ['success', 'failed'],
    },
  ],
  [
    // With conversations the events keep their voice names: callComplete means that the task was created.
    'send-to-flex',
    {
      properties: {
        workflow: 'string',
        channel: 'string',
        attributes: 'string',
        timeout: 'string',
        priority: 'string',
        waitUrl: 'string',
        waitUrlMethod: 'string',
      },
      required: ['workflow', 'channel'],
      events: ['callComplete', 'failedToEnqueue', 'callFailure'],
    },
  ],
  ['set-variables', { properties: { variables: 'array' }, required: ['variables'], events: ['next'] }],
  [
    'send-message',
    {
      properties: {
        body: 'string',
        from: 'string',
        to: 'string',
        media_url: 'string',
        service: 'string',
        channel: 'string',
        attributes: 'string',
        content_sid: 'string',
        content_variables: 'array',
        message_type: 'string',
      },
      required: ['from'],
      events: ['sent', 'failed'],
    },
  ],
]);

/** https://www.twilio.com/docs/studio/widget-library/send-to-flex */
export const MAX_FLEX_ATTRIBUTES_CHARACTERS = 1024;
/** Seconds; the longest time-out of send-to-flex. */
export const MAX_FLEX_TIMEOUT_SECONDS = 1_209_600;
