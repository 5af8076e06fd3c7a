import { codes, invalid, TwilioError } from '../errors.ts';
import { newSid } from '../sids.ts';
import type { TwilioState } from '../state.ts';
import { firePostEvent, participantFields } from './hooks.ts';
import { checkAttributes, checkName, checkOpen } from './limits.ts';
import type { Conversation, MessagingBinding, NotificationLevel, Origin, Participant } from './model.ts';
import { ensureUser } from './users.ts';

export interface ParticipantChange {
  identity?: string;
  attributes?: string;
  roleSid?: string;
  messagingBinding?: MessagingBinding;
  /** Null: nothing is read. */
  lastReadMessageIndex?: number | null;
  lastReadTimestamp?: string;
  notificationLevel?: NotificationLevel;
  dateCreated?: number;
  dateUpdated?: number;
}

export function findParticipant(conversation: Conversation, sidOrIdentity: string): Participant | undefined {
  const bySid = conversation.participants.get(sidOrIdentity);
  if (bySid) return bySid;
  for (const participant of conversation.participants.values()) {
    if (participant.identity === sidOrIdentity) return participant;
  }
  return undefined;
}

/** By SID or identity; throws 404/50432. */
export function getParticipant(conversation: Conversation, sidOrIdentity: string): Participant {
  const participant = findParticipant(conversation, sidOrIdentity);
  if (!participant) throw new TwilioError(404, codes.participantNotFound, 'Participant not found');
  return participant;
}

/** Throws what `addParticipant` would, so that a request with several participants is done whole or not at all. */
export function checkNewParticipant(
  state: TwilioState,
  conversation: Conversation | undefined,
  change: ParticipantChange,
): void {
  const { identity, messagingBinding } = change;
  if (!identity && !messagingBinding) throw invalid('Identity or MessagingBinding.Address is required');
  if (change.attributes) checkAttributes(change.attributes, state.limits.participantAttributesBytes);
  if (identity) {
    checkName(state, identity, 'Identity');
    if (conversation && findParticipant(conversation, identity)) {
      throw new TwilioError(409, codes.participantExists, 'Participant already exists');
    }
    if (openConversationsOf(state, identity) >= state.limits.conversationsPerIdentity) {
      throw invalid(`${identity} is in too many conversations`);
    }
  }
  if (conversation && conversation.participants.size >= state.limits.participantsPerConversation) {
    throw invalid('The conversation has its maximum number of participants');
  }
}

export function addParticipant(
  state: TwilioState,
  conversation: Conversation,
  change: ParticipantChange,
  origin: Origin,
): Participant {
  checkOpen(state, conversation);
  checkNewParticipant(state, conversation, change);
  if (change.identity) ensureUser(state, change.identity);
  const now = state.clock.now();
  const participant: Participant = {
    sid: newSid('MB'),
    identity: change.identity ?? null,
    attributes: change.attributes || '{}',
    messagingBinding: change.messagingBinding ?? null,
    roleSid: change.roleSid ?? state.roleSids.conversation,
    dateCreated: change.dateCreated ?? now,
    dateUpdated: change.dateUpdated ?? now,
    lastReadMessageIndex: null,
    lastReadTimestamp: null,
    notificationLevel: 'default',
  };
  conversation.participants.set(participant.sid, participant);
  join(state, conversation, participant.identity);
  emitParticipant(state, conversation, participant, 'added');
  firePostEvent(
    state,
    conversation,
    'onParticipantAdded',
    participantFields(conversation, participant),
    origin,
  );
  return participant;
}

export function updateParticipant(
  state: TwilioState,
  conversation: Conversation,
  participant: Participant,
  change: ParticipantChange,
  origin: Origin,
): void {
  checkOpen(state, conversation);
  if (change.attributes) {
    participant.attributes = checkAttributes(change.attributes, state.limits.participantAttributesBytes);
  }
  if (change.identity) {
    part(state, conversation, participant.identity);
    participant.identity = checkName(state, change.identity, 'Identity');
    join(state, conversation, participant.identity);
  }
  if (change.roleSid) participant.roleSid = change.roleSid;
  if (change.lastReadMessageIndex !== undefined)
    participant.lastReadMessageIndex = change.lastReadMessageIndex;
  if (change.notificationLevel !== undefined) participant.notificationLevel = change.notificationLevel;
  if (change.lastReadTimestamp !== undefined) participant.lastReadTimestamp = change.lastReadTimestamp;
  participant.dateUpdated = change.dateUpdated ?? state.clock.now();
  emitParticipant(state, conversation, participant, 'updated');
  const fields = {
    ...participantFields(conversation, participant),
    DateUpdated: new Date(participant.dateUpdated).toISOString(),
    LastReadMessageIndex: participant.lastReadMessageIndex?.toString(),
  };
  firePostEvent(state, conversation, 'onParticipantUpdated', fields, origin);
}

export function removeParticipant(
  state: TwilioState,
  conversation: Conversation,
  participant: Participant,
  origin: Origin,
): void {
  checkOpen(state, conversation);
  conversation.participants.delete(participant.sid);
  part(state, conversation, participant.identity);
  emitParticipant(state, conversation, participant, 'removed');
  const removed = new Date(state.clock.now()).toISOString();
  const fields = {
    ...participantFields(conversation, participant),
    DateUpdated: removed,
    DateRemoved: removed,
  };
  firePostEvent(state, conversation, 'onParticipantRemoved', fields, origin);
}

function openConversationsOf(state: TwilioState, identity: string): number {
  let count = 0;
  for (const sid of state.memberships.get(identity) ?? []) {
    if (state.conversations.get(sid)?.state !== 'closed') count += 1;
  }
  return count;
}

function join(state: TwilioState, conversation: Conversation, identity: string | null): void {
  if (identity === null) return;
  const sids = state.memberships.get(identity) ?? new Set();
  state.memberships.set(identity, sids.add(conversation.sid));
}

function part(state: TwilioState, conversation: Conversation, identity: string | null): void {
  state.memberships.get(identity ?? '')?.delete(conversation.sid);
}

function emitParticipant(
  state: TwilioState,
  conversation: Conversation,
  { sid, identity }: Participant,
  change: 'added' | 'updated' | 'removed',
): void {
  state.events.emit('participant', {
    conversationSid: conversation.sid,
    participantSid: sid,
    identity,
    change,
  });
}
