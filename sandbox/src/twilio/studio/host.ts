/** A conversation's new message, as the conversation's Studio webhook reports it. `attributes` and `conversationAttributes` are JSON text. */
export interface MessageAddedEvent {
  flowSid: string;
  conversationSid: string;
  messageSid: string;
  /** Null for files alone. */
  body: string | null;
  author: string;
  attributes: string;
  conversationAttributes: string;
  chatServiceSid: string;
  /** ISO 8601. */
  dateCreated: string;
  index: number;
  source: 'SDK' | 'API';
  participantSid: string | null;
  messagingServiceSid: string | null;
}

/** What Studio gets from the rest of the Twilio stand-in. */
export interface StudioHost {
  onMessageAdded(event: MessageAddedEvent): void;
}

/** The output of send-to-flex with conversations, as github.com/techmatters/flex-plugins reads it: the interaction. */
export interface SentToFlex {
  /** KD… */
  sid: string;
  channel: object;
  routing: { properties: { sid?: string } };
  url: string;
}

/** What Studio asks of the rest of the Twilio stand-in. A rejected promise is a widget's failure event. */
export interface StudioEffects {
  /** `timeout` in seconds. */
  sendToFlex(input: {
    conversationSid: string;
    workflowSid: string;
    channelSid: string;
    attributes: Record<string, unknown>;
    priority: number;
    timeout: number;
  }): Promise<SentToFlex>;
  /** Posts a message that fires no conversation-scoped webhook, as Studio's own messages do not. */
  sendMessage(input: { conversationSid: string; body: string; from?: string }): Promise<void>;
}
