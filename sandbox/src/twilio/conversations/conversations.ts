import { codes, invalid, notFound, TwilioError } from '../errors.ts';
import { newSid } from '../sids.ts';
import type { World } from '../world.ts';
import { conversationFields, firePostEvent } from './hooks.ts';
import { checkAttributes, checkName, checkOpen } from './limits.ts';
import type { Conversation, ConversationState, Origin } from './model.ts';
import { durationMs, readTimers } from './timers.ts';

export interface ConversationChange {
  friendlyName?: string;
  uniqueName?: string;
  attributes?: string;
  messagingServiceSid?: string;
  state?: string;
  inactiveTimer?: string;
  closedTimer?: string;
  dateCreated?: number;
  dateUpdated?: number;
}

export function findConversation(world: World, sidOrName: string): Conversation | undefined {
  return (
    world.conversations.get(sidOrName) ??
    world.conversations.get(world.conversationNames.get(sidOrName) ?? '')
  );
}

/** By SID or UniqueName; throws 404/20404. */
export function getConversation(world: World, sidOrName: string): Conversation {
  const conversation = findConversation(world, sidOrName);
  if (!conversation) throw notFound(`/Conversations/${sidOrName}`);
  return conversation;
}

export function createConversation(world: World, change: ConversationChange, origin: Origin): Conversation {
  const now = world.clock.now();
  const uniqueName = change.uniqueName || null;
  if (uniqueName) reserveName(world, uniqueName);
  const conversation: Conversation = {
    sid: newSid('CH'),
    friendlyName: change.friendlyName ? checkName(world, change.friendlyName, 'FriendlyName') : null,
    uniqueName,
    attributes: checkAttributes(change.attributes || '{}', world.limits.conversationAttributesBytes),
    state: readState(change.state) ?? 'active',
    messagingServiceSid: change.messagingServiceSid ?? null,
    createdBy: origin.kind === 'sdk' ? origin.identity : 'system',
    timers: readTimers(change.inactiveTimer, change.closedTimer),
    dateInactive: null,
    dateClosed: null,
    cancelTimers: () => {},
    dateCreated: change.dateCreated ?? now,
    dateUpdated: change.dateUpdated ?? now,
    nextIndex: 0,
    participants: new Map(),
    messages: [],
    webhooks: new Map(),
  };
  world.conversations.set(conversation.sid, conversation);
  if (uniqueName) world.conversationNames.set(uniqueName, conversation.sid);
  startTimers(world, conversation);
  emitConversation(world, conversation, 'added');
  firePostEvent(world, conversation, 'onConversationAdded', conversationFields(world, conversation), origin);
  return conversation;
}

export function updateConversation(
  world: World,
  conversation: Conversation,
  change: ConversationChange,
  origin: Origin,
): void {
  checkOpen(conversation);
  const state = readState(change.state);
  const attributes = change.attributes
    ? checkAttributes(change.attributes, world.limits.conversationAttributesBytes)
    : conversation.attributes;
  const timers = readTimers(change.inactiveTimer, change.closedTimer);
  if (change.uniqueName && change.uniqueName !== conversation.uniqueName) {
    reserveName(world, change.uniqueName);
    if (conversation.uniqueName) world.conversationNames.delete(conversation.uniqueName);
    world.conversationNames.set(change.uniqueName, conversation.sid);
    conversation.uniqueName = change.uniqueName;
  }
  if (change.friendlyName !== undefined) {
    conversation.friendlyName = checkName(world, change.friendlyName, 'FriendlyName');
  }
  conversation.attributes = attributes;
  if (change.messagingServiceSid !== undefined) conversation.messagingServiceSid = change.messagingServiceSid;
  if (change.inactiveTimer !== undefined) conversation.timers.inactive = timers.inactive;
  if (change.closedTimer !== undefined) conversation.timers.closed = timers.closed;
  conversation.dateUpdated = change.dateUpdated ?? world.clock.now();
  emitConversation(world, conversation, 'updated');
  firePostEvent(
    world,
    conversation,
    'onConversationUpdated',
    conversationFields(world, conversation),
    origin,
  );
  if (state && state !== conversation.state) changeState(world, conversation, state, 'API', origin);
  else startTimers(world, conversation);
}

export function deleteConversation(world: World, conversation: Conversation, origin: Origin): void {
  conversation.cancelTimers();
  world.conversations.delete(conversation.sid);
  for (const { identity } of conversation.participants.values()) {
    world.memberships.get(identity ?? '')?.delete(conversation.sid);
  }
  if (conversation.uniqueName) world.conversationNames.delete(conversation.uniqueName);
  emitConversation(world, conversation, 'removed');
  const fields = {
    ...conversationFields(world, conversation),
    DateRemoved: new Date(world.clock.now()).toISOString(),
  };
  firePostEvent(world, conversation, 'onConversationRemoved', fields, origin);
}

/** `reason` as in the webhook: a request, a timer, or something that happened in the conversation. */
export function changeState(
  world: World,
  conversation: Conversation,
  state: ConversationState,
  reason: 'API' | 'TIMER' | 'EVENT',
  origin: Origin,
): void {
  if (conversation.state === state || conversation.state === 'closed') return;
  const from = conversation.state;
  conversation.state = state;
  conversation.dateUpdated = world.clock.now();
  startTimers(world, conversation);
  emitConversation(world, conversation, 'updated');
  firePostEvent(
    world,
    conversation,
    'onConversationStateUpdated',
    {
      ConversationSid: conversation.sid,
      ChatServiceSid: world.serviceSid,
      MessagingServiceSid: conversation.messagingServiceSid,
      StateFrom: from,
      StateTo: state,
      StateUpdated: new Date(conversation.dateUpdated).toISOString(),
      Reason: reason,
    },
    origin,
  );
}

/** Starts a conversation's timers anew, as every activity in it does. */
export function startTimers(world: World, conversation: Conversation): void {
  conversation.cancelTimers();
  conversation.dateInactive = null;
  conversation.dateClosed = null;
  conversation.cancelTimers = () => {};
  if (conversation.state === 'closed') return;
  const { inactive, closed } = conversation.timers;
  const now = world.clock.now();
  const cancels: (() => void)[] = [];
  if (inactive && conversation.state === 'active') {
    conversation.dateInactive = now + durationMs(inactive);
    cancels.push(
      world.clock.after(durationMs(inactive), () =>
        changeState(world, conversation, 'inactive', 'TIMER', { kind: 'system' }),
      ),
    );
  }
  if (closed) {
    // The closing timer runs from the inactive state on, or from the last activity where there is no inactive timer.
    const wait = durationMs(closed) + (conversation.dateInactive ? conversation.dateInactive - now : 0);
    conversation.dateClosed = now + wait;
    const close = () => changeState(world, conversation, 'closed', 'TIMER', { kind: 'system' });
    cancels.push(world.clock.after(wait, close));
  }
  conversation.cancelTimers = () => {
    for (const cancel of cancels) cancel();
  };
}

function reserveName(world: World, uniqueName: string): void {
  checkName(world, uniqueName, 'UniqueName');
  // Unverified: whether a closed conversation frees its name. Here it does not; deleting it does.
  if (world.conversationNames.has(uniqueName)) {
    throw new TwilioError(
      409,
      codes.uniqueNameTaken,
      'Conversation with provided unique name already exists',
    );
  }
}

function readState(state: string | undefined): ConversationState | undefined {
  if (state === undefined || state === '') return undefined;
  if (state === 'active' || state === 'inactive' || state === 'closed') return state;
  throw invalid('State must be active, inactive or closed');
}

function emitConversation(
  world: World,
  conversation: Conversation,
  change: 'added' | 'updated' | 'removed',
): void {
  world.events.emit('conversation', { conversationSid: conversation.sid, change, state: conversation.state });
}
