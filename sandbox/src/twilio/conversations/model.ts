export type ConversationState = 'active' | 'inactive' | 'closed';

/** Dates are milliseconds since 1970; attributes are JSON text, as Twilio keeps them. */
export interface Conversation {
  sid: string;
  friendlyName: string | null;
  uniqueName: string | null;
  attributes: string;
  state: ConversationState;
  messagingServiceSid: string | null;
  createdBy: string;
  /** ISO 8601 durations, as given. */
  timers: { inactive?: string; closed?: string };
  /** When the timers will fire, in milliseconds since 1970. */
  dateInactive: number | null;
  dateClosed: number | null;
  cancelTimers: () => void;
  dateCreated: number;
  dateUpdated: number;
  nextIndex: number;
  participants: Map<string, Participant>;
  messages: Message[];
  webhooks: Map<string, ScopedWebhook>;
}

export interface MessagingBinding {
  type: string;
  address: string | null;
  proxy_address: string | null;
  projected_address: string | null;
}

export interface Participant {
  sid: string;
  identity: string | null;
  attributes: string;
  messagingBinding: MessagingBinding | null;
  roleSid: string;
  dateCreated: number;
  dateUpdated: number;
  lastReadMessageIndex: number | null;
  lastReadTimestamp: string | null;
  /** Of the user in this conversation. */
  notificationLevel: NotificationLevel;
}

export type NotificationLevel = 'default' | 'muted';

/** A media file as messages refer to it. */
export interface MessageMedia {
  sid: string;
  size: number;
  content_type: string;
  filename: string | null;
}

export interface Message {
  sid: string;
  index: number;
  author: string;
  body: string | null;
  media: MessageMedia[] | null;
  attributes: string;
  participantSid: string | null;
  /** The identity that changed it last, `system` for REST requests; null before that. */
  lastUpdatedBy: string | null;
  dateCreated: number;
  dateUpdated: number;
}

export type ScopedTarget = 'webhook' | 'trigger' | 'studio';

export interface ScopedWebhook {
  sid: string;
  target: ScopedTarget;
  url: string | null;
  method: 'GET' | 'POST';
  filters: string[];
  triggers: string[];
  flowSid: string | null;
  replayAfter: number | null;
  dateCreated: number;
  dateUpdated: number;
}

export interface User {
  sid: string;
  identity: string;
  friendlyName: string;
  attributes: string;
  roleSid: string;
  dateCreated: number;
  dateUpdated: number;
}

/** The account's webhooks, `/v1/Configuration/Webhooks`. */
export interface GlobalWebhooks {
  method: 'GET' | 'POST';
  filters: string[];
  preWebhookUrl: string | null;
  postWebhookUrl: string | null;
  target: 'webhook' | 'flex';
}

/** Who did it: decides whether webhooks fire and what their Source says. */
export type Origin =
  /** A REST request; `webhooks` is its X-Twilio-Webhook-Enabled header. */
  | { kind: 'api'; webhooks: boolean }
  /** A Conversations SDK client, such as Flex in an agent's browser. */
  | { kind: 'sdk'; identity: string }
  /** Twilio itself: timers, Flex closing a channel. Webhooks fire. */
  | { kind: 'system' }
  /** Studio, or Flex adding an agent: webhooks do not fire. */
  | { kind: 'silent' };
