import { invalid } from '../errors.ts';
import { type Call, created, noContent, optional, optionalDate, product } from '../http.ts';
import { paged } from '../paging.ts';
import type { TwilioState } from '../state.ts';
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
export function conversationRoutes(state: TwilioState, prefix: string, scope: Scope) {
  const list = (sid: string, part: string) => `${scope.url}/Conversations/${sid}/${part}`;

  /** The conversation that a write is about, its rate counted. */
  const forWrite = (sid: string) => {
    const conversation = getConversation(state, sid);
    takeConversationMutation(state, conversation.sid);
    return conversation;
  };

  return product(prefix)
    .post('/Conversations', ({ call }) => {
      takeServiceMutation(state);
      const conversation = createConversation(state, readConversation(call.form), originOf(call));
      return created(conversationJson(state, scope, conversation));
    })
    .post('/ConversationWithParticipants', ({ call }) => {
      takeServiceMutation(state);
      const participants = call.form.getAll('Participant').map(readParticipantJson);
      if (participants.length > MAX_PARTICIPANTS_AT_ONCE)
        throw invalid('At most 10 Participant parameters are allowed');
      for (const participant of participants) checkNewParticipant(state, undefined, participant);
      const conversation = createConversation(state, readConversation(call.form), originOf(call));
      for (const participant of participants)
        addParticipant(state, conversation, participant, originOf(call));
      return created(conversationJson(state, scope, conversation));
    })
    .get('/Conversations', ({ call }) => {
      const stateFilter = call.query.get('State');
      const from = Date.parse(call.query.get('StartDate') ?? '') || Number.NEGATIVE_INFINITY;
      const to = Date.parse(call.query.get('EndDate') ?? '') || Number.POSITIVE_INFINITY;
      const found = [...state.conversations.values()].filter(
        (conversation) =>
          (!stateFilter || conversation.state === stateFilter) &&
          conversation.dateCreated >= from &&
          conversation.dateCreated <= to,
      );
      return paged(call, 'conversations', `${scope.url}/Conversations`, found, (conversation) =>
        conversationJson(state, scope, conversation),
      );
    })
    .get('/Conversations/:conversation', ({ params }) =>
      conversationJson(state, scope, getConversation(state, params.conversation)),
    )
    .post('/Conversations/:conversation', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      updateConversation(state, conversation, readConversation(call.form), originOf(call));
      return conversationJson(state, scope, conversation);
    })
    .delete('/Conversations/:conversation', ({ params, call }) => {
      takeServiceMutation(state);
      deleteConversation(state, getConversation(state, params.conversation), originOf(call));
      return noContent();
    })

    .post('/Conversations/:conversation/Participants', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      const participant = addParticipant(state, conversation, readParticipant(call.form), originOf(call));
      return created(participantJson(state, scope, conversation, participant));
    })
    .get('/Conversations/:conversation/Participants', ({ params, call }) => {
      const conversation = getConversation(state, params.conversation);
      const found = [...conversation.participants.values()];
      return paged(call, 'participants', list(conversation.sid, 'Participants'), found, (participant) =>
        participantJson(state, scope, conversation, participant),
      );
    })
    .get('/Conversations/:conversation/Participants/:participant', ({ params }) => {
      const conversation = getConversation(state, params.conversation);
      return participantJson(state, scope, conversation, getParticipant(conversation, params.participant));
    })
    .post('/Conversations/:conversation/Participants/:participant', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      const participant = getParticipant(conversation, params.participant);
      const change: ParticipantChange = readParticipant(call.form);
      updateParticipant(state, conversation, participant, change, originOf(call));
      return participantJson(state, scope, conversation, participant);
    })
    .delete('/Conversations/:conversation/Participants/:participant', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      removeParticipant(
        state,
        conversation,
        getParticipant(conversation, params.participant),
        originOf(call),
      );
      return noContent();
    })

    .post('/Conversations/:conversation/Messages', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      const message = addMessage(state, conversation, readMessage(call.form), originOf(call));
      return created(messageJson(state, scope, conversation, message));
    })
    .get('/Conversations/:conversation/Messages', ({ params, call }) => {
      const conversation = getConversation(state, params.conversation);
      const found =
        call.query.get('Order') === 'desc' ? conversation.messages.toReversed() : conversation.messages;
      return paged(call, 'messages', list(conversation.sid, 'Messages'), found, (message) =>
        messageJson(state, scope, conversation, message),
      );
    })
    .get('/Conversations/:conversation/Messages/:message', ({ params }) => {
      const conversation = getConversation(state, params.conversation);
      return messageJson(state, scope, conversation, getMessage(conversation, params.message));
    })
    .post('/Conversations/:conversation/Messages/:message', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      const message = getMessage(conversation, params.message);
      updateMessage(state, conversation, message, readMessage(call.form), originOf(call));
      return messageJson(state, scope, conversation, message);
    })
    .delete('/Conversations/:conversation/Messages/:message', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      removeMessage(state, conversation, getMessage(conversation, params.message), originOf(call));
      return noContent();
    })

    .post('/Conversations/:conversation/Webhooks', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      const webhook = addScopedWebhook(state, conversation, call.form);
      return created(scopedWebhookJson(state, scope, conversation, webhook));
    })
    .get('/Conversations/:conversation/Webhooks', ({ params, call }) => {
      const conversation = getConversation(state, params.conversation);
      const found = [...conversation.webhooks.values()];
      return paged(call, 'webhooks', list(conversation.sid, 'Webhooks'), found, (webhook) =>
        scopedWebhookJson(state, scope, conversation, webhook),
      );
    })
    .get('/Conversations/:conversation/Webhooks/:webhook', ({ params }) => {
      const conversation = getConversation(state, params.conversation);
      return scopedWebhookJson(state, scope, conversation, getScopedWebhook(conversation, params.webhook));
    })
    .post('/Conversations/:conversation/Webhooks/:webhook', ({ params, call }) => {
      const conversation = forWrite(params.conversation);
      const webhook = getScopedWebhook(conversation, params.webhook);
      updateScopedWebhook(state, webhook, call.form);
      return scopedWebhookJson(state, scope, conversation, webhook);
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
