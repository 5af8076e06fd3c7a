import { isoMillis } from '../clock.ts';
import type { TwilioState } from '../state.ts';
import type { Conversation, Message, Origin, Participant, ScopedWebhook } from './model.ts';

/** Post-action events. https://www.twilio.com/docs/conversations-classic/conversations-webhooks */
export type PostEvent =
  | 'onConversationAdded'
  | 'onConversationUpdated'
  | 'onConversationRemoved'
  | 'onConversationStateUpdated'
  | 'onMessageAdded'
  | 'onMessageUpdated'
  | 'onMessageRemoved'
  | 'onParticipantAdded'
  | 'onParticipantUpdated'
  | 'onParticipantRemoved'
  | 'onUserAdded'
  | 'onUserUpdated';

type Fields = Record<string, string | null | undefined>;

/** Fires the account's and the conversation's webhooks for one event, if its origin lets it. */
export function firePostEvent(
  state: TwilioState,
  conversation: Conversation | undefined,
  event: PostEvent,
  fields: Fields,
  origin: Origin,
): void {
  if (!firesWebhooks(origin)) return;
  const payload = { ...fields, ...originFields(state, event, origin) };
  const { postWebhookUrl, method, filters } = state.globalWebhooks;
  if (postWebhookUrl && filters.includes(event)) {
    state.webhooks.send({ url: postWebhookUrl, method, event, fields: compact(payload) });
  }
  for (const webhook of conversation?.webhooks.values() ?? []) {
    if (webhook.target === 'webhook' && webhook.url && webhook.filters.includes(event)) {
      const scoped = compact({ ...payload, ...webhookFields(webhook) });
      state.webhooks.send({ url: webhook.url, method: webhook.method, event, fields: scoped });
    }
  }
}

/** As `firePostEvent` for a new message, with the triggers and Studio flows that only messages reach. */
export function fireMessageAdded(
  state: TwilioState,
  conversation: Conversation,
  message: Message,
  origin: Origin,
): void {
  if (!firesWebhooks(origin)) return;
  firePostEvent(state, conversation, 'onMessageAdded', messageFields(state, conversation, message), origin);
  for (const webhook of [...conversation.webhooks.values()]) {
    if (webhook.target === 'studio') runStudio(state, conversation, message, webhook, origin);
    if (webhook.target === 'trigger' && webhook.url && isTriggered(webhook, message)) {
      state.webhooks.send({
        url: webhook.url,
        method: webhook.method,
        event: 'onMessageAdded',
        fields: compact({
          ...messageFields(state, conversation, message),
          ...originFields(state, 'onMessageAdded', origin),
          ...webhookFields(webhook),
        }),
      });
    }
  }
}

/** Sends one webhook the messages that came before it (`Configuration.ReplayAfter`). */
export function replay(state: TwilioState, conversation: Conversation, webhook: ScopedWebhook): void {
  if (webhook.replayAfter === null) return;
  for (const message of conversation.messages) {
    if (message.index <= webhook.replayAfter) continue;
    if (webhook.target === 'studio') runStudio(state, conversation, message, webhook, REPLAYED);
    else if (webhook.url && webhook.filters.includes('onMessageAdded')) {
      state.webhooks.send({
        url: webhook.url,
        method: webhook.method,
        event: 'onMessageAdded',
        fields: compact({
          ...messageFields(state, conversation, message),
          ...originFields(state, 'onMessageAdded', REPLAYED),
          ...webhookFields(webhook),
        }),
      });
    }
  }
}

const REPLAYED: Origin = { kind: 'system' };

function originFields(state: TwilioState, event: PostEvent, origin: Origin): Fields {
  return {
    AccountSid: state.credentials.accountSid,
    EventType: event,
    Source: origin.kind === 'sdk' ? 'SDK' : 'API',
    ClientIdentity: origin.kind === 'sdk' ? origin.identity : undefined,
  };
}

/** As recorded by github.com/weni-ai/mailroom services/tickets/twilioflex2. */
const webhookFields = ({ sid, target }: ScopedWebhook): Fields => ({ WebhookSid: sid, WebhookType: target });

/** A message of files alone carries no Body at all, as github.com/weni-ai/mailroom recorded it. */
export function messageFields(state: TwilioState, conversation: Conversation, message: Message): Fields {
  return {
    ChatServiceSid: state.serviceSid,
    ConversationSid: conversation.sid,
    MessageSid: message.sid,
    MessagingServiceSid: conversation.messagingServiceSid,
    Index: String(message.index),
    DateCreated: isoMillis(message.dateCreated),
    Body: message.body,
    Author: message.author,
    ParticipantSid: message.participantSid,
    Attributes: message.attributes,
    // PascalCase, unlike the REST resource's media.
    Media: message.media
      ? JSON.stringify(
          message.media.map((medium) => ({
            Sid: medium.sid,
            ContentType: medium.content_type,
            Size: medium.size,
            Filename: medium.filename,
          })),
        )
      : undefined,
  };
}

export function participantFields(conversation: Conversation, participant: Participant): Fields {
  const binding = participant.messagingBinding;
  return {
    ConversationSid: conversation.sid,
    ParticipantSid: participant.sid,
    DateCreated: isoMillis(participant.dateCreated),
    Identity: participant.identity,
    RoleSid: participant.roleSid,
    Attributes: participant.attributes,
    'MessagingBinding.Type': binding?.type,
    'MessagingBinding.Address': binding?.address,
    'MessagingBinding.ProxyAddress': binding?.proxy_address,
    'MessagingBinding.ProjectedAddress': binding?.projected_address,
  };
}

export function conversationFields(state: TwilioState, conversation: Conversation): Fields {
  return {
    ConversationSid: conversation.sid,
    ChatServiceSid: state.serviceSid,
    MessagingServiceSid: conversation.messagingServiceSid,
    DateCreated: isoMillis(conversation.dateCreated),
    DateUpdated: isoMillis(conversation.dateUpdated),
    FriendlyName: conversation.friendlyName,
    UniqueName: conversation.uniqueName,
    Attributes: conversation.attributes,
    State: conversation.state,
  };
}

function firesWebhooks(origin: Origin): boolean {
  return origin.kind === 'sdk' || origin.kind === 'system' || (origin.kind === 'api' && origin.webhooks);
}

function isTriggered(webhook: ScopedWebhook, message: Message): boolean {
  const body = (message.body ?? '').toLowerCase();
  return webhook.triggers.some((trigger) => body.includes(trigger.toLowerCase()));
}

function runStudio(
  state: TwilioState,
  conversation: Conversation,
  message: Message,
  webhook: ScopedWebhook,
  origin: Origin,
): void {
  if (!webhook.flowSid) return;
  state.studio?.onMessageAdded({
    flowSid: webhook.flowSid,
    conversationSid: conversation.sid,
    messageSid: message.sid,
    body: message.body,
    author: message.author,
    attributes: message.attributes,
    conversationAttributes: conversation.attributes,
    chatServiceSid: state.serviceSid,
    dateCreated: isoMillis(message.dateCreated),
    index: message.index,
    source: origin.kind === 'sdk' ? 'SDK' : 'API',
    participantSid: message.participantSid,
    messagingServiceSid: conversation.messagingServiceSid,
  });
}

function compact(fields: Fields): Record<string, string> {
  const present: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== undefined) present[name] = value;
  }
  return present;
}
