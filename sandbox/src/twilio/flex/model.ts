import type { JsonObject } from '../http.ts';

export const channelTypes = ['voice', 'sms', 'email', 'web', 'whatsapp', 'chat', 'messenger', 'gbm'] as const;
export type ChannelType = (typeof channelTypes)[number];
export type ChannelStatus = 'setup' | 'active' | 'failed' | 'closed' | 'inactive' | 'pause' | 'transfer';
export type ChannelParticipantType = 'agent' | 'customer' | 'supervisor' | 'external' | 'unknown';

export interface Interaction {
  sid: string;
  channelSid: string;
  taskSid: string;
  contextSid: string | null;
  webhookTtid: string | null;
}

export interface InteractionChannel {
  sid: string;
  interactionSid: string;
  type: ChannelType;
  status: ChannelStatus;
  errorCode: number | null;
  errorMessage: string | null;
  conversationSid: string;
  initiatedBy: string;
  /** How the first task was routed: a returning customer's new task is routed the same way. */
  routing: RoutingRequest;
  participants: Map<string, ChannelParticipant>;
  /** Who has left; Flex still asks for them when their task is completed. */
  formerParticipants: Map<string, ChannelParticipant>;
  invites: Map<string, Invite>;
  transfers: Map<string, Transfer>;
}

export interface ChannelParticipant {
  sid: string;
  type: ChannelParticipantType;
  /** The participant of the conversation behind it. */
  conversationParticipantSid: string | null;
  taskSid: string | null;
  workerSid: string | null;
  reservationSid: string | null;
}

export interface Invite {
  sid: string;
  taskSid: string;
}

export interface Transfer {
  sid: string;
  type: 'warm' | 'cold' | 'external';
  status: 'active' | 'failed' | 'completed';
  /** UT of the agent who gives. */
  from: string | null;
  /** WK, WQ or WW. */
  to: string;
  taskSid: string;
  dateCreated: number;
  dateUpdated: number;
}

/** `routing.properties` of an interaction or an invite, read. */
export interface RoutingRequest {
  workflowSid: string | null;
  queueSid: string | null;
  workerSid: string | null;
  taskChannelSid: string;
  attributes: JsonObject;
  priority: number;
  /** Seconds. */
  timeout: number;
}

export interface InteractionWebhook {
  ttid: string;
  type: 'global' | 'interaction';
  friendlyName: string | null;
  url: string;
  method: 'GET' | 'POST';
  events: string[];
  dateCreated: number;
  dateUpdated: number;
}
