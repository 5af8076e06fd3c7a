import { codes, invalid, TwilioError } from '../errors.ts';
import { newSid } from '../sids.ts';
import type { World } from '../world.ts';
import { firePostEvent, participantFields } from './hooks.ts';
import { checkAttributes, checkName, checkOpen } from './limits.ts';
import type { Conversation, MessagingBinding, Origin, Participant } from './model.ts';
import { ensureUser } from './users.ts';

export interface ParticipantChange {
  identity?: string;
  attributes?: string;
  roleSid?: string;
  messagingBinding?: MessagingBinding;
  lastReadMessageIndex?: number;
  lastReadTimestamp?: string;
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
  world: World,
  conversation: Conversation | undefined,
  change: ParticipantChange,
): void {
  const { identity, messagingBinding } = change;
  if (!identity && !messagingBinding) throw invalid('Identity or MessagingBinding.Address is required');
  if (change.attributes) checkAttributes(change.attributes, world.limits.participantAttributesBytes);
  if (identity) {
    checkName(world, identity, 'Identity');
    if (conversation && findParticipant(conversation, identity)) {
      throw new TwilioError(409, codes.participantExists, 'Participant already exists');
    }
    if (openConversationsOf(world, identity) >= world.limits.conversationsPerIdentity) {
      throw invalid(`${identity} is in too many conversations`);
    }
  }
  if (conversation && conversation.participants.size >= world.limits.participantsPerConversation) {
    throw invalid('The conversation has its maximum number of participants');
  }
}

export function addParticipant(
  world: World,
  conversation: Conversation,
  change: ParticipantChange,
  origin: Origin,
): Participant {
  checkOpen(conversation);
  checkNewParticipant(world, conversation, change);
  if (change.identity) ensureUser(world, change.identity);
  const now = world.clock.now();
  const participant: Participant = {
    sid: newSid('MB'),
    identity: change.identity ?? null,
    attributes: change.attributes || '{}',
    messagingBinding: change.messagingBinding ?? null,
    roleSid: change.roleSid ?? world.roleSids.conversation,
    dateCreated: change.dateCreated ?? now,
    dateUpdated: change.dateUpdated ?? now,
    lastReadMessageIndex: null,
    lastReadTimestamp: null,
  };
  conversation.participants.set(participant.sid, participant);
  join(world, conversation, participant.identity);
  emitParticipant(world, conversation, participant, 'added');
  firePostEvent(
    world,
    conversation,
    'onParticipantAdded',
    participantFields(conversation, participant),
    origin,
  );
  return participant;
}

export function updateParticipant(
  world: World,
  conversation: Conversation,
  participant: Participant,
  change: ParticipantChange,
  origin: Origin,
): void {
  checkOpen(conversation);
  if (change.attributes) {
    participant.attributes = checkAttributes(change.attributes, world.limits.participantAttributesBytes);
  }
  if (change.identity) {
    part(world, conversation, participant.identity);
    participant.identity = checkName(world, change.identity, 'Identity');
    join(world, conversation, participant.identity);
  }
  if (change.roleSid) participant.roleSid = change.roleSid;
  if (change.lastReadMessageIndex !== undefined)
    participant.lastReadMessageIndex = change.lastReadMessageIndex;
  if (change.lastReadTimestamp !== undefined) participant.lastReadTimestamp = change.lastReadTimestamp;
  participant.dateUpdated = change.dateUpdated ?? world.clock.now();
  emitParticipant(world, conversation, participant, 'updated');
  const fields = {
    ...participantFields(conversation, participant),
    DateUpdated: new Date(participant.dateUpdated).toISOString(),
    LastReadMessageIndex: participant.lastReadMessageIndex?.toString(),
  };
  firePostEvent(world, conversation, 'onParticipantUpdated', fields, origin);
}

export function removeParticipant(
  world: World,
  conversation: Conversation,
  participant: Participant,
  origin: Origin,
): void {
  checkOpen(conversation);
  conversation.participants.delete(participant.sid);
  part(world, conversation, participant.identity);
  emitParticipant(world, conversation, participant, 'removed');
  const removed = new Date(world.clock.now()).toISOString();
  const fields = {
    ...participantFields(conversation, participant),
    DateUpdated: removed,
    DateRemoved: removed,
  };
  firePostEvent(world, conversation, 'onParticipantRemoved', fields, origin);
}

function openConversationsOf(world: World, identity: string): number {
  let count = 0;
  for (const sid of world.memberships.get(identity) ?? []) {
    if (world.conversations.get(sid)?.state !== 'closed') count += 1;
  }
  return count;
}

function join(world: World, conversation: Conversation, identity: string | null): void {
  if (identity === null) return;
  const sids = world.memberships.get(identity) ?? new Set();
  world.memberships.set(identity, sids.add(conversation.sid));
}

function part(world: World, conversation: Conversation, identity: string | null): void {
  world.memberships.get(identity ?? '')?.delete(conversation.sid);
}

function emitParticipant(
  world: World,
  conversation: Conversation,
  { sid, identity }: Participant,
  change: 'added' | 'updated' | 'removed',
): void {
  world.events.emit('participant', {
    conversationSid: conversation.sid,
    participantSid: sid,
    identity,
    change,
  });
}
