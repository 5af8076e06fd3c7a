import { isoSeconds } from '../clock.ts';
import type { TwilioState } from '../state.ts';
import type { Conversation, Message, Participant, ScopedWebhook, User } from './model.ts';

/** Where a resource is addressed from: the account, or its one service by name. */
export interface Scope {
  /** Without a slash at the end. */
  url: string;
  /** Resources read through a service carry its SID. */
  ofService: boolean;
}

export function conversationJson(state: TwilioState, scope: Scope, conversation: Conversation) {
  const url = `${scope.url}/Conversations/${conversation.sid}`;
  return {
    sid: conversation.sid,
    account_sid: state.credentials.accountSid,
    chat_service_sid: state.serviceSid,
    messaging_service_sid: conversation.messagingServiceSid,
    friendly_name: conversation.friendlyName,
    unique_name: conversation.uniqueName,
    attributes: conversation.attributes,
    state: conversation.state,
    date_created: isoSeconds(conversation.dateCreated),
    date_updated: isoSeconds(conversation.dateUpdated),
    timers: timersJson(conversation),
    bindings: {},
    url,
    links: {
      participants: `${url}/Participants`,
      messages: `${url}/Messages`,
      webhooks: `${url}/Webhooks`,
      export: `${url}/Export`,
    },
  };
}

export function participantJson(
  state: TwilioState,
  scope: Scope,
  conversation: Conversation,
  participant: Participant,
) {
  return {
    sid: participant.sid,
    account_sid: state.credentials.accountSid,
    ...ofService(state, scope),
    conversation_sid: conversation.sid,
    identity: participant.identity,
    attributes: participant.attributes,
    messaging_binding: participant.messagingBinding,
    role_sid: participant.roleSid,
    date_created: isoSeconds(participant.dateCreated),
    date_updated: isoSeconds(participant.dateUpdated),
    last_read_message_index: participant.lastReadMessageIndex,
    last_read_timestamp: participant.lastReadTimestamp,
    url: `${scope.url}/Conversations/${conversation.sid}/Participants/${participant.sid}`,
  };
}

export function messageJson(state: TwilioState, scope: Scope, conversation: Conversation, message: Message) {
  const url = `${scope.url}/Conversations/${conversation.sid}/Messages/${message.sid}`;
  return {
    sid: message.sid,
    account_sid: state.credentials.accountSid,
    ...ofService(state, scope),
    conversation_sid: conversation.sid,
    index: message.index,
    author: message.author,
    body: message.body,
    media: message.media,
    attributes: message.attributes,
    participant_sid: message.participantSid,
    date_created: isoSeconds(message.dateCreated),
    date_updated: isoSeconds(message.dateUpdated),
    delivery: null,
    content_sid: null,
    url,
    links: { delivery_receipts: `${url}/Receipts`, channel_metadata: `${url}/ChannelMetadata` },
  };
}

export function scopedWebhookJson(
  state: TwilioState,
  scope: Scope,
  conversation: Conversation,
  webhook: ScopedWebhook,
) {
  const { method, filters, triggers, flowSid, replayAfter } = webhook;
  const configuration = {
    webhook: { url: webhook.url, method, filters },
    trigger: { url: webhook.url, method, filters, triggers },
    studio: { flow_sid: flowSid, filters },
  }[webhook.target];
  return {
    sid: webhook.sid,
    account_sid: state.credentials.accountSid,
    ...ofService(state, scope),
    conversation_sid: conversation.sid,
    target: webhook.target,
    configuration: replayAfter === null ? configuration : { ...configuration, replay_after: replayAfter },
    date_created: isoSeconds(webhook.dateCreated),
    date_updated: isoSeconds(webhook.dateUpdated),
    url: `${scope.url}/Conversations/${conversation.sid}/Webhooks/${webhook.sid}`,
  };
}

export function userJson(state: TwilioState, scope: Scope, user: User) {
  const url = `${scope.url}/Users/${user.sid}`;
  return {
    sid: user.sid,
    account_sid: state.credentials.accountSid,
    chat_service_sid: state.serviceSid,
    role_sid: user.roleSid,
    identity: user.identity,
    friendly_name: user.friendlyName,
    attributes: user.attributes,
    is_online: false,
    is_notifiable: false,
    date_created: isoSeconds(user.dateCreated),
    date_updated: isoSeconds(user.dateUpdated),
    url,
    links: { user_conversations: `${url}/Conversations` },
  };
}

export interface Membership {
  conversation: Conversation;
  participant: Participant;
  user: User | undefined;
}

export function participantConversationJson(state: TwilioState, scope: Scope, membership: Membership) {
  const { conversation, participant, user } = membership;
  const url = `${scope.url}/Conversations/${conversation.sid}`;
  return {
    account_sid: state.credentials.accountSid,
    chat_service_sid: state.serviceSid,
    participant_sid: participant.sid,
    participant_user_sid: user?.sid ?? null,
    participant_identity: participant.identity,
    participant_messaging_binding: participant.messagingBinding,
    conversation_sid: conversation.sid,
    conversation_unique_name: conversation.uniqueName,
    conversation_friendly_name: conversation.friendlyName,
    conversation_attributes: conversation.attributes,
    conversation_date_created: isoSeconds(conversation.dateCreated),
    conversation_date_updated: isoSeconds(conversation.dateUpdated),
    conversation_created_by: conversation.createdBy,
    conversation_state: conversation.state,
    conversation_timers: timersJson(conversation),
    links: { participant: `${url}/Participants/${participant.sid}`, conversation: url },
  };
}

export function userConversationJson(state: TwilioState, scope: Scope, membership: Membership) {
  const { conversation, participant, user } = membership;
  const read = participant.lastReadMessageIndex;
  return {
    account_sid: state.credentials.accountSid,
    chat_service_sid: state.serviceSid,
    conversation_sid: conversation.sid,
    unread_messages_count:
      read === null ? null : conversation.messages.filter(({ index }) => index > read).length,
    last_read_message_index: read,
    participant_sid: participant.sid,
    user_sid: user?.sid ?? null,
    friendly_name: conversation.friendlyName,
    conversation_state: conversation.state,
    timers: timersJson(conversation),
    attributes: conversation.attributes,
    date_created: isoSeconds(conversation.dateCreated),
    date_updated: isoSeconds(conversation.dateUpdated),
    created_by: conversation.createdBy,
    notification_level: participant.notificationLevel,
    unique_name: conversation.uniqueName,
    url: `${scope.url}/Users/${user?.sid}/Conversations/${conversation.sid}`,
    links: {
      participant: `${scope.url}/Conversations/${conversation.sid}/Participants/${participant.sid}`,
      conversation: `${scope.url}/Conversations/${conversation.sid}`,
    },
  };
}

function timersJson({ dateInactive, dateClosed }: Conversation): Record<string, string> {
  return {
    ...(dateInactive === null ? {} : { date_inactive: isoSeconds(dateInactive) }),
    ...(dateClosed === null ? {} : { date_closed: isoSeconds(dateClosed) }),
  };
}

function ofService(state: TwilioState, scope: Scope): { chat_service_sid?: string } {
  return scope.ofService ? { chat_service_sid: state.serviceSid } : {};
}
