import { invalid, notFound, TwilioError } from '../errors.ts';
import { newSid } from '../sids.ts';
import type { TwilioState } from '../state.ts';
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

export function findConversation(state: TwilioState, sidOrName: string): Conversation | undefined {
  return (
    state.conversations.get(sidOrName) ??
    state.conversations.get(state.conversationNames.get(sidOrName) ?? '')
  );
}

/** By SID or UniqueName; throws 404/20404. */
export function getConversation(state: TwilioState, sidOrName: string): Conversation {
  const conversation = findConversation(state, sidOrName);
  if (!conversation) throw notFound(`/Conversations/${sidOrName}`);
  return conversation;
}

export function createConversation(
  state: TwilioState,
  change: ConversationChange,
  origin: Origin,
): Conversation {
  const now = state.clock.now();
  const uniqueName = change.uniqueName || null;
  if (uniqueName) reserveName(state, uniqueName);
  const conversation: Conversation = {
    sid: newSid('CH'),
    friendlyName: change.friendlyName ? checkName(state, change.friendlyName, 'FriendlyName') : null,
    uniqueName,
    attributes: checkAttributes(change.attributes || '{}', state.limits.conversationAttributesBytes),
    state: readState(change.state) ?? 'active',
    messagingServiceSid: change.messagingServiceSid ?? null,
    createdBy: origin.kind === 'sdk' ? origin.identity : 'system',
    timers: readTimers(
      change.inactiveTimer ?? state.defaultTimers.inactive,
      change.closedTimer ?? state.defaultTimers.closed,
    ),
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
  state.conversations.set(conversation.sid, conversation);
  if (uniqueName) state.conversationNames.set(uniqueName, conversation.sid);
  startTimers(state, conversation);
  emitConversation(state, conversation, 'added');
  firePostEvent(state, conversation, 'onConversationAdded', conversationFields(state, conversation), origin);
  return conversation;
}

export function updateConversation(
  state: TwilioState,
  conversation: Conversation,
  change: ConversationChange,
  origin: Origin,
): void {
  checkOpen(state, conversation);
  const newState = readState(change.state);
  const attributes = change.attributes
    ? checkAttributes(change.attributes, state.limits.conversationAttributesBytes)
    : conversation.attributes;
  const timers = readTimers(change.inactiveTimer, change.closedTimer);
  if (change.uniqueName !== undefined) rename(state, conversation, change.uniqueName || null);
  if (change.friendlyName !== undefined) {
    conversation.friendlyName = checkName(state, change.friendlyName, 'FriendlyName');
  }
  conversation.attributes = attributes;
  if (change.messagingServiceSid !== undefined) conversation.messagingServiceSid = change.messagingServiceSid;
  if (change.inactiveTimer !== undefined) conversation.timers.inactive = timers.inactive;
  if (change.closedTimer !== undefined) conversation.timers.closed = timers.closed;
  conversation.dateUpdated = change.dateUpdated ?? state.clock.now();
  emitConversation(state, conversation, 'updated');
  firePostEvent(
    state,
    conversation,
    'onConversationUpdated',
    conversationFields(state, conversation),
    origin,
  );
  if (newState && newState !== conversation.state) changeState(state, conversation, newState, 'API', origin);
  else startTimers(state, conversation);
}

export function deleteConversation(state: TwilioState, conversation: Conversation, origin: Origin): void {
  conversation.cancelTimers();
  state.conversations.delete(conversation.sid);
  for (const { identity } of conversation.participants.values()) {
    state.memberships.get(identity ?? '')?.delete(conversation.sid);
  }
  if (conversation.uniqueName) state.conversationNames.delete(conversation.uniqueName);
  emitConversation(state, conversation, 'removed');
  const fields = {
    ...conversationFields(state, conversation),
    DateRemoved: new Date(state.clock.now()).toISOString(),
  };
  firePostEvent(state, conversation, 'onConversationRemoved', fields, origin);
}

/** `reason` as in the webhook: a request, a timer, or something that happened in the conversation. */
export function changeState(
  state: TwilioState,
  conversation: Conversation,
  newState: ConversationState,
  reason: 'API' | 'TIMER' | 'EVENT',
  origin: Origin,
): void {
  if (conversation.state === newState || conversation.state === 'closed') return;
  const from = conversation.state;
  conversation.state = newState;
  conversation.dateUpdated = state.clock.now();
  startTimers(state, conversation);
  emitConversation(state, conversation, 'updated');
  firePostEvent(
    state,
    conversation,
    'onConversationStateUpdated',
    {
      ConversationSid: conversation.sid,
      ChatServiceSid: state.serviceSid,
      MessagingServiceSid: conversation.messagingServiceSid,
      StateFrom: from,
      StateTo: newState,
      StateUpdated: new Date(conversation.dateUpdated).toISOString(),
      Reason: reason,
    },
    origin,
  );
}

/** Restarts a conversation's timers, as every activity in it does. */
export function startTimers(state: TwilioState, conversation: Conversation): void {
  conversation.cancelTimers();
  conversation.dateInactive = null;
  conversation.dateClosed = null;
  conversation.cancelTimers = () => {};
  if (conversation.state === 'closed') return;
  const { inactive, closed } = conversation.timers;
  const now = state.clock.now();
  const cancels: (() => void)[] = [];
  if (inactive && conversation.state === 'active') {
    conversation.dateInactive = now + durationMs(inactive);
    cancels.push(
      state.clock.after(durationMs(inactive), () =>
        changeState(state, conversation, 'inactive', 'TIMER', { kind: 'system' }),
      ),
    );
  }
  if (closed) {
    // The closing timer runs from the inactive state on, or from the last activity where there is no inactive timer.
    const wait = durationMs(closed) + (conversation.dateInactive ? conversation.dateInactive - now : 0);
    conversation.dateClosed = now + wait;
    const close = () => changeState(state, conversation, 'closed', 'TIMER', { kind: 'system' });
    cancels.push(state.clock.after(wait, close));
  }
  conversation.cancelTimers = () => {
    for (const cancel of cancels) cancel();
  };
}

function rename(state: TwilioState, conversation: Conversation, uniqueName: string | null): void {
  if (uniqueName === conversation.uniqueName) return;
  if (uniqueName) reserveName(state, uniqueName);
  if (conversation.uniqueName) state.conversationNames.delete(conversation.uniqueName);
  if (uniqueName) state.conversationNames.set(uniqueName, conversation.sid);
  conversation.uniqueName = uniqueName;
}

function reserveName(state: TwilioState, uniqueName: string): void {
  checkName(state, uniqueName, 'UniqueName');
  // Unverified: whether a closed conversation frees its name. Here it does not; deleting it does.
  if (state.conversationNames.has(uniqueName)) {
    throw new TwilioError(
      409,
      state.variants.uniqueNameTakenCode,
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
  state: TwilioState,
  conversation: Conversation,
  change: 'added' | 'updated' | 'removed',
): void {
  state.events.emit('conversation', { conversationSid: conversation.sid, change, state: conversation.state });
}
