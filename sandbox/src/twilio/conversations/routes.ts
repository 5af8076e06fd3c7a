import { invalid } from '../errors.ts';
import { type Call, created, noContent, optional, optionalDate, product } from '../http.ts';
import { paged } from '../paging.ts';
import type { World } from '../world.ts';
import {
  type ConversationChange,
  createConversation,
  deleteConversation,
  getConversation,
  updateConversation,
} from './conversations.ts';
import { conversationJson, messageJson, participantJson, type Scope, scopedWebhookJson } from './json.ts';
import { takeConversationMutation, takeServiceMutation } from './limits.ts';
import { addMessage, getMessage, type MessageChange, removeMessage, updateMessage } from './messages.ts';
import type { Origin } from './model.ts';
import {
  addParticipant,
  checkNewParticipant,
  getParticipant,
  type ParticipantChange,
  removeParticipant,
  updateParticipant,
} from './participants.ts';
import { readParticipant, readParticipantJson } from './read-participant.ts';
import { addScopedWebhook, getScopedWebhook, updateScopedWebhook } from './scoped-webhooks.ts';

const MAX_PARTICIPANTS_AT_ONCE = 10;

const originOf = (call: Call): Origin => ({ kind: 'api', webhooks: call.webhooksEnabled });

/** Conversations, their participants, messages and webhooks, under `prefix`. https://www.twilio.com/docs/conversations-classic/api */
export function conversationRoutes(world: World, prefix: string, scope: Scope) {
  const list = (sid: string, part: string) => `${scope.url}/Conversations/${sid}/${part}`;

  /** The conversation that a write is about, its rate counted. */
  const forWrite = (sid: string) => {
    const conversation = getConversation(world, sid);
    takeConversationMutation(world, conversation.sid);
    return conversation;
  };

  return product(prefix)
    .post('/Conversations', ({ call }) => {
      takeServiceMutation(world);
      const conversation = createConversation(world, readConversation(call.form), originOf(call));
      return created(conversationJson(world, scope, conversation));
    })
    .post('/ConversationWithParticipants', ({ call }) => {
      takeServiceMutation(world);
      const participants = call.form.getAll('Participant').map(readParticipantJson);
      if (participants.length > MAX_PARTICIPANTS_AT_ONCE)
        throw invalid('At most 10 Participant parameters are allowed');
      for (const participant of participants) checkNewParticipant(world, undefined, participant);
      const conversation = createConversation(world, readConversation(call.form), originOf(call));
      for (const participant of participants)
        addParticipant(world, conversation, participant, originOf(call));
      return created(conversationJson(world, scope, conversation));
    })
    .get('/Conversations', ({ call }) => {
      const state = call.query.get('State');
      const from = Date.parse(call.query.get('StartDate') ?? '') || Number.NEGATIVE_INFINITY;
      const to = Date.parse(call.query.get('EndDate') ?? '') || Number.POSITIVE_INFINITY;
      const found = [...world.conversations.values()].filter(
        (conversation) =>
          (!state || conversation.state === state) &&
          conversation.dateCreated >= from &&
          conversation.dateCreated <= to,
      );
      return paged(call, 'conversations', `${scope.url}/Conversations`, found, (conversation) =>
        conversationJson(world, scope, conversation),
      );
    })
    .get('/Conversations/:conversation', ({ params }) =>
      conversationJson(world, scope, getConversation(world, params.conversation)),
    )
    .post('/Conversations/:conversation', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      updateConversation(world, conversation, readConversation(call.form), originOf(call));
      return conversationJson(world, scope, conversation);
    })
    .delete('/Conversations/:conversation', ({ params, call }) => {
      takeServiceMutation(world);
      deleteConversation(world, getConversation(world, params.conversation), originOf(call));
      return noContent();
    })

    .post('/Conversations/:conversation/Participants', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      const participant = addParticipant(world, conversation, readParticipant(call.form), originOf(call));
      return created(participantJson(world, scope, conversation, participant));
    })
    .get('/Conversations/:conversation/Participants', ({ params, call }) => {
      const conversation = getConversation(world, params.conversation);
      const found = [...conversation.participants.values()];
      return paged(call, 'participants', list(conversation.sid, 'Participants'), found, (participant) =>
        participantJson(world, scope, conversation, participant),
      );
    })
    .get('/Conversations/:conversation/Participants/:participant', ({ params }) => {
      const conversation = getConversation(world, params.conversation);
      return participantJson(world, scope, conversation, getParticipant(conversation, params.participant));
    })
    .post('/Conversations/:conversation/Participants/:participant', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      const participant = getParticipant(conversation, params.participant);
      const change: ParticipantChange = readParticipant(call.form);
      updateParticipant(world, conversation, participant, change, originOf(call));
      return participantJson(world, scope, conversation, participant);
    })
    .delete('/Conversations/:conversation/Participants/:participant', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      removeParticipant(
        world,
        conversation,
        getParticipant(conversation, params.participant),
        originOf(call),
      );
      return noContent();
    })

    .post('/Conversations/:conversation/Messages', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      const message = addMessage(world, conversation, readMessage(call.form), originOf(call));
      return created(messageJson(world, scope, conversation, message));
    })
    .get('/Conversations/:conversation/Messages', ({ params, call }) => {
      const conversation = getConversation(world, params.conversation);
      const found =
        call.query.get('Order') === 'desc' ? conversation.messages.toReversed() : conversation.messages;
      return paged(call, 'messages', list(conversation.sid, 'Messages'), found, (message) =>
        messageJson(world, scope, conversation, message),
      );
    })
    .get('/Conversations/:conversation/Messages/:message', ({ params }) => {
      const conversation = getConversation(world, params.conversation);
      return messageJson(world, scope, conversation, getMessage(conversation, params.message));
    })
    .post('/Conversations/:conversation/Messages/:message', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      const message = getMessage(conversation, params.message);
      updateMessage(world, conversation, message, readMessage(call.form), originOf(call));
      return messageJson(world, scope, conversation, message);
    })
    .delete('/Conversations/:conversation/Messages/:message', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      removeMessage(world, conversation, getMessage(conversation, params.message), originOf(call));
      return noContent();
    })

    .post('/Conversations/:conversation/Webhooks', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      const webhook = addScopedWebhook(world, conversation, call.form);
      return created(scopedWebhookJson(world, scope, conversation, webhook));
    })
    .get('/Conversations/:conversation/Webhooks', ({ params, call }) => {
      const conversation = getConversation(world, params.conversation);
      const found = [...conversation.webhooks.values()];
      return paged(call, 'webhooks', list(conversation.sid, 'Webhooks'), found, (webhook) =>
        scopedWebhookJson(world, scope, conversation, webhook),
      );
    })
    .get('/Conversations/:conversation/Webhooks/:webhook', ({ params }) => {
      const conversation = getConversation(world, params.conversation);
      return scopedWebhookJson(world, scope, conversation, getScopedWebhook(conversation, params.webhook));
    })
    .post('/Conversations/:conversation/Webhooks/:webhook', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      const webhook = getScopedWebhook(conversation, params.webhook);
      updateScopedWebhook(world, webhook, call.form);
      return scopedWebhookJson(world, scope, conversation, webhook);
    })
    .delete('/Conversations/:conversation/Webhooks/:webhook', ({ params }) => {
      const conversation = forWrite(params.conversation);
      conversation.webhooks.delete(getScopedWebhook(conversation, params.webhook).sid);
      return noContent();
    });
}

function readConversation(form: URLSearchParams): ConversationChange {
  return {
    friendlyName: optional(form, 'FriendlyName'),
    uniqueName: optional(form, 'UniqueName'),
    attributes: optional(form, 'Attributes'),
    messagingServiceSid: optional(form, 'MessagingServiceSid'),
    state: optional(form, 'State'),
    inactiveTimer: optional(form, 'Timers.Inactive'),
    closedTimer: optional(form, 'Timers.Closed'),
    dateCreated: optionalDate(form, 'DateCreated'),
    dateUpdated: optionalDate(form, 'DateUpdated'),
  };
}

function readMessage(form: URLSearchParams): MessageChange {
  return {
    author: optional(form, 'Author'),
    body: optional(form, 'Body'),
    attributes: optional(form, 'Attributes'),
    mediaSids: form.getAll('MediaSid').filter((sid) => sid !== ''),
    dateCreated: optionalDate(form, 'DateCreated'),
    dateUpdated: optionalDate(form, 'DateUpdated'),
  };
}
