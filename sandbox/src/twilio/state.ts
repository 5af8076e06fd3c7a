import type { Variants } from '../variants.ts';
import type { Clock } from './clock.ts';
import type { Conversation, ConversationState, GlobalWebhooks, User } from './conversations/model.ts';
import type { Emitter } from './emitter.ts';
import type { ChannelStatus, Interaction, InteractionChannel, InteractionWebhook } from './flex/model.ts';
import type { JsonObject } from './http.ts';
import type { Limits, RateLimiter } from './limits.ts';
import type { PluginState } from './plugins/model.ts';
import type { Service } from './serverless/model.ts';
import type { StudioHost } from './studio/host.ts';
import type { ReservationStatus, TaskRouterState, TaskStatus } from './taskrouter/model.ts';
import type { Delivery, WebhookHit, WebhookSender } from './webhooks/sender.ts';

/** Events of the stand-in, for live pages and for tests that wait. */
export interface TwilioEvents {
  conversation: {
    conversationSid: string;
    change: 'added' | 'updated' | 'removed';
    state: ConversationState;
  };
  participant: { conversationSid: string; participantSid: string; identity: string | null; change: Change };
  message: {
    conversationSid: string;
    messageSid: string;
    index: number;
    author: string;
    body: string | null;
    change: Change;
    /** Whether a person's client, a REST request or Twilio itself wrote it. */
    source: 'sdk' | 'api' | 'system' | 'silent';
  };
  typing: { conversationSid: string; identity: string };
  user: { identity: string };
  task: { taskSid: string; status: TaskStatus };
  /** Something else than its status has changed. */
  taskUpdated: { taskSid: string };
  worker: { workerSid: string; change: 'activity' | 'attributes' };
  reservation: { reservationSid: string; taskSid: string; workerSid: string; status: ReservationStatus };
  channel: { channelSid: string; interactionSid: string; conversationSid: string; status: ChannelStatus };
  webhook: Delivery;
  webhookFault: WebhookHit;
  request: RequestLine;
}

type Change = 'added' | 'updated' | 'removed';

/** A request that reached the REST API, answered. */
export interface RequestLine {
  method: string;
  /** With query, without host. */
  path: string;
  status: number;
  /** When it came, on the monotonic clock of this process, in milliseconds. */
  at: number;
}

export interface Credentials {
  accountSid: string;
  authToken: string;
  apiKey: string;
  apiSecret: string;
}

export interface MediaFile {
  sid: string;
  filename: string | null;
  contentType: string;
  bytes: Uint8Array<ArrayBuffer>;
  /** Of the message that it is in, and who wrote that. */
  messageSid: string | null;
  author: string | null;
  dateCreated: number;
}

/** A Flex user's token as the stand-in issued it. */
export interface IssuedToken {
  accountSid: string;
  expires: number;
  identity: string;
  realmUserId: string;
  roles: string[];
  workerSid: string;
}

/** The whole state of the stand-in. The functions of the product folders change it. */
export interface TwilioState {
  credentials: Credentials;
  serviceSid: string;
  flexInstanceSid: string;
  roleSids: { service: string; conversation: string };
  variants: Variants;
  limits: Limits;
  rate: RateLimiter;
  clock: Clock;
  events: Emitter<TwilioEvents>;
  webhooks: WebhookSender;
  studio?: StudioHost;
  conversations: Map<string, Conversation>;
  /** SID by UniqueName. */
  conversationNames: Map<string, string>;
  /** SIDs of the conversations that a chat identity is in. */
  memberships: Map<string, Set<string>>;
  users: Map<string, User>;
  /** SID by identity. */
  userIdentities: Map<string, string>;
  globalWebhooks: GlobalWebhooks;
  /** Of every new conversation; durations of ISO 8601. */
  defaultTimers: { inactive?: string; closed?: string };
  media: Map<string, MediaFile>;
  interactions: Map<string, Interaction>;
  channels: Map<string, InteractionChannel>;
  /** SIDs of the channels over one conversation. */
  channelsOfConversation: Map<string, string[]>;
  interactionWebhooks: Map<string, InteractionWebhook>;
  taskRouter: TaskRouterState;
  tokens: Map<string, IssuedToken>;
  /** What was written to the Flex configuration, over its defaults. */
  flexConfiguration: JsonObject;
  /** Of Twilio Serverless, where plugins have their bytes. */
  services: Map<string, Service>;
  plugins: PluginState;
}
