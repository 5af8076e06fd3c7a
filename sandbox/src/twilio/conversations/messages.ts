import { invalid, notFound } from '../errors.ts';
import { newSid } from '../sids.ts';
import type { World } from '../world.ts';
import { changeState, startTimers } from './conversations.ts';
import { fireMessageAdded, firePostEvent, messageFields } from './hooks.ts';
import { checkAttributes, checkBody, checkOpen } from './limits.ts';
import type { Conversation, Message, Origin } from './model.ts';
import { findParticipant } from './participants.ts';

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
  world: World,
  conversation: Conversation,
  change: MessageChange,
  origin: Origin,
): Message {
  checkOpen(conversation);
  const media = change.mediaSids?.length ? change.mediaSids.map((sid) => mediaOf(world, sid)) : null;
  const body = change.body ? checkBody(world, change.body) : null;
  if (body === null && !media) throw invalid('A message needs a Body or a MediaSid');
  const author = change.author || 'system';
  const now = world.clock.now();
  const message: Message = {
    sid: newSid('IM'),
    index: conversation.nextIndex,
    author,
    body,
    media,
    attributes: checkAttributes(change.attributes || '{}', world.limits.messageAttributesBytes),
    participantSid: findParticipant(conversation, author)?.sid ?? null,
    dateCreated: change.dateCreated ?? now,
    dateUpdated: change.dateUpdated ?? now,
  };
  // Twilio promises an increasing index, not one without gaps.
  conversation.nextIndex += world.indexGaps ? 1 + Math.floor(Math.random() * 3) : 1;
  conversation.messages.push(message);
  conversation.dateUpdated = now;
  if (conversation.state === 'inactive')
    changeState(world, conversation, 'active', 'EVENT', { kind: 'system' });
  else startTimers(world, conversation);
  emitMessage(world, conversation, message, 'added', origin);
  fireMessageAdded(world, conversation, message, origin);
  return message;
}

export function updateMessage(
  world: World,
  conversation: Conversation,
  message: Message,
  change: MessageChange,
  origin: Origin,
): void {
  checkOpen(conversation);
  if (change.body !== undefined) message.body = checkBody(world, change.body);
  if (change.attributes)
    message.attributes = checkAttributes(change.attributes, world.limits.messageAttributesBytes);
  if (change.author) message.author = change.author;
  message.dateUpdated = change.dateUpdated ?? world.clock.now();
  emitMessage(world, conversation, message, 'updated', origin);
  const fields = {
    ...messageFields(conversation, message),
    DateUpdated: new Date(message.dateUpdated).toISOString(),
  };
  firePostEvent(world, conversation, 'onMessageUpdated', fields, origin);
}

export function removeMessage(
  world: World,
  conversation: Conversation,
  message: Message,
  origin: Origin,
): void {
  checkOpen(conversation);
  conversation.messages = conversation.messages.filter((other) => other !== message);
  emitMessage(world, conversation, message, 'removed', origin);
  const removed = new Date(world.clock.now()).toISOString();
  const fields = { ...messageFields(conversation, message), DateUpdated: removed, DateRemoved: removed };
  firePostEvent(world, conversation, 'onMessageRemoved', fields, origin);
}

function mediaOf(world: World, sid: string) {
  const medium = world.media.get(sid);
  if (!medium) throw invalid(`MediaSid ${sid} was not found`);
  return { sid, size: medium.bytes.byteLength, content_type: medium.contentType, filename: medium.filename };
}

function emitMessage(
  world: World,
  conversation: Conversation,
  message: Message,
  change: 'added' | 'updated' | 'removed',
  origin: Origin,
): void {
  world.events.emit('message', {
    conversationSid: conversation.sid,
    messageSid: message.sid,
    index: message.index,
    author: message.author,
    body: message.body,
    change,
    source: origin.kind,
  });
}
