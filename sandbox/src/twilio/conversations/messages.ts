import { invalid, notFound } from '../errors.ts';
import { newSid } from '../sids.ts';
import type { MediaFile, TwilioState } from '../state.ts';
import { changeState, startTimers } from './conversations.ts';
import { fireMessageAdded, firePostEvent, messageFields } from './hooks.ts';
import { checkAttributes, checkBody, checkOpen } from './limits.ts';
import type { Conversation, Message, MessageMedia, Origin } from './model.ts';
import { findParticipant } from './participants.ts';
import { ensureUser } from './users.ts';

export interface MessageChange {
  author?: string;
  body?: string;
  attributes?: string;
  mediaSids?: string[];
  dateCreated?: number;
  dateUpdated?: number;
}

export function getMessage(conversation: Conversation, sid: string): Message {
  const message = conversation.messages.find((candidate) => candidate.sid === sid);
  if (!message) throw notFound(`/Conversations/${conversation.sid}/Messages/${sid}`);
  return message;
}

export function addMessage(
  state: TwilioState,
  conversation: Conversation,
  change: MessageChange,
  origin: Origin,
): Message {
  checkOpen(state, conversation);
  const files = change.mediaSids?.map((sid) => getMedium(state, sid)) ?? [];
  const media = files.length > 0 ? files.map(mediaOf) : null;
  const body = change.body ? checkBody(state, change.body) : null;
  if (body === null && !media) throw invalid('A message needs a Body or a MediaSid');
  const author = change.author || 'system';
  if (state.variants.speakersAreUsers && change.author) ensureUser(state, author);
  const now = state.clock.now();
  const message: Message = {
    sid: newSid('IM'),
    index: conversation.nextIndex,
    author,
    body,
    media,
    attributes: checkAttributes(change.attributes || '{}', state.limits.messageAttributesBytes),
    participantSid: findParticipant(conversation, author)?.sid ?? null,
    lastUpdatedBy: null,
    dateCreated: change.dateCreated ?? now,
    dateUpdated: change.dateUpdated ?? now,
  };
  // Twilio promises an increasing index, not one without gaps.
  conversation.nextIndex += state.variants.indexGaps ? 1 + Math.floor(Math.random() * 3) : 1;
  conversation.messages.push(message);
  for (const file of files) Object.assign(file, { messageSid: message.sid, author });
  conversation.dateUpdated = now;
  if (conversation.state === 'inactive')
    changeState(state, conversation, 'active', 'EVENT', { kind: 'system' });
  else startTimers(state, conversation);
  emitMessage(state, conversation, message, 'added', origin);
  fireMessageAdded(state, conversation, message, origin);
  return message;
}

export function updateMessage(
  state: TwilioState,
  conversation: Conversation,
  message: Message,
  change: MessageChange,
  origin: Origin,
): void {
  checkOpen(state, conversation);
  if (change.body !== undefined) message.body = checkBody(state, change.body);
  if (change.attributes)
    message.attributes = checkAttributes(change.attributes, state.limits.messageAttributesBytes);
  if (change.author) message.author = change.author;
  message.lastUpdatedBy = origin.kind === 'sdk' ? origin.identity : 'system';
  message.dateUpdated = change.dateUpdated ?? state.clock.now();
  emitMessage(state, conversation, message, 'updated', origin);
  const fields = {
    ...messageFields(state, conversation, message),
    DateUpdated: new Date(message.dateUpdated).toISOString(),
  };
  firePostEvent(state, conversation, 'onMessageUpdated', fields, origin);
}

export function removeMessage(
  state: TwilioState,
  conversation: Conversation,
  message: Message,
  origin: Origin,
): void {
  checkOpen(state, conversation);
  conversation.messages = conversation.messages.filter((other) => other !== message);
  emitMessage(state, conversation, message, 'removed', origin);
  const removed = new Date(state.clock.now()).toISOString();
  const fields = {
    ...messageFields(state, conversation, message),
    DateUpdated: removed,
    DateRemoved: removed,
  };
  firePostEvent(state, conversation, 'onMessageRemoved', fields, origin);
}

function getMedium(state: TwilioState, sid: string): MediaFile {
  const medium = state.media.get(sid);
  if (!medium) throw invalid(`MediaSid ${sid} was not found`);
  return medium;
}

const mediaOf = ({ sid, bytes, contentType, filename }: MediaFile): MessageMedia => ({
  sid,
  size: bytes.byteLength,
  content_type: contentType,
  filename,
});

function emitMessage(
  state: TwilioState,
  conversation: Conversation,
  message: Message,
  change: 'added' | 'updated' | 'removed',
  origin: Origin,
): void {
  state.events.emit('message', {
    conversationSid: conversation.sid,
    messageSid: message.sid,
    index: message.index,
    author: message.author,
    body: message.body,
    change,
    source: origin.kind,
  });
}
