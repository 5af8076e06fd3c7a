import { createConversation, findConversation } from '../conversations/conversations.ts';
import { addParticipant } from '../conversations/participants.ts';
import { codes, invalid, notFound } from '../errors.ts';
import { isJsonObject, jsonObject } from '../http.ts';
import { newSid } from '../sids.ts';
import type { TwilioState } from '../state.ts';
import type { Task } from '../taskrouter/model.ts';
import { routePending } from '../taskrouter/routing.ts';
import { cancelTask } from '../taskrouter/tasks.ts';
import { workerOfIdentity } from './agents.ts';
import { addChannelParticipant, invite, setChannelStatus } from './channels.ts';
import {
  type ChannelType,
  channelTypes,
  type Interaction,
  type InteractionChannel,
  type RoutingRequest,
} from './model.ts';
import { channelFields, fireInteractionEvent } from './webhooks.ts';

export interface NewInteraction {
  channel: ChannelRequest;
  routing: RoutingRequest;
  contextSid?: string;
  webhookTtid?: string;
}

interface ChannelRequest {
  type: ChannelType;
  initiatedBy: 'customer' | 'agent' | 'api';
  conversationSid: string | null;
  /** Chat identities to add. */
  identities: string[];
}

export function getInteraction(state: TwilioState, sid: string): Interaction {
  const interaction = state.interactions.get(sid);
  if (!interaction) throw notFound(`/Interactions/${sid}`);
  return interaction;
}

/** Reads a `Channel` parameter: `{"type", "initiated_by", "properties": {"media_channel_sid"}, "participants": []}`. */
export function readChannel(text: string): ChannelRequest {
  const channel = jsonObject(text, 'Channel');
  const type = channelTypes.find((known) => known === channel.type);
  if (!type) throw invalid(`Channel.type must be one of ${channelTypes.join(', ')}`);
  const initiatedBy = String(channel.initiated_by ?? '').toLowerCase();
  if (initiatedBy !== 'customer' && initiatedBy !== 'agent' && initiatedBy !== 'api') {
    throw invalid('Channel.initiated_by must be customer, agent or api');
  }
  const properties = isJsonObject(channel.properties) ? channel.properties : {};
  const conversationSid =
    typeof properties.media_channel_sid === 'string' ? properties.media_channel_sid : null;
  if (initiatedBy === 'customer' && !conversationSid)
    throw invalid('Channel.properties.media_channel_sid is required');
  const participants = Array.isArray(channel.participants) ? channel.participants.filter(isJsonObject) : [];
  const identities = participants.flatMap(({ identity }) => (typeof identity === 'string' ? [identity] : []));
  if (initiatedBy === 'agent' && identities.length === 0) throw invalid('Channel.participants is required');
  return { type, initiatedBy, conversationSid, identities };
}

/**
 * Creates an interaction with one channel and its task. As on Twilio the answer only says that it was accepted:
 * the channel is `setup` and becomes `active` or `failed` a moment later.
 */
export function createInteraction(
  state: TwilioState,
  request: NewInteraction,
): { interaction: Interaction; task: Task } {
  const { channel: wanted, routing } = request;
  const conversationSid = wanted.conversationSid ?? createConversation(state, {}, { kind: 'silent' }).sid;
  const channel: InteractionChannel = {
    sid: newSid('UO'),
    interactionSid: newSid('KD'),
    type: wanted.type,
    status: 'setup',
    errorCode: null,
    errorMessage: null,
    conversationSid,
    initiatedBy: wanted.initiatedBy,
    routing,
    participants: new Map(),
    formerParticipants: new Map(),
    invites: new Map(),
    transfers: new Map(),
  };
  const { task } = invite(state, channel, routing);
  const interaction: Interaction = {
    sid: channel.interactionSid,
    channelSid: channel.sid,
    taskSid: task.sid,
    contextSid: request.contextSid ?? null,
    webhookTtid: request.webhookTtid ?? null,
  };
  state.interactions.set(interaction.sid, interaction);
  state.channels.set(channel.sid, channel);
  const others = state.channelsOfConversation.get(conversationSid) ?? [];
  state.channelsOfConversation.set(conversationSid, [...others, channel.sid]);
  state.events.emit('channel', {
    channelSid: channel.sid,
    interactionSid: interaction.sid,
    conversationSid,
    status: 'setup',
  });
  setTimeout(() => setUp(state, channel, task, wanted.identities), 0);
  return { interaction, task };
}

function setUp(state: TwilioState, channel: InteractionChannel, task: Task, identities: string[]): void {
  fireInteractionEvent(state, channel, 'onInteractionCreated', channelFields(channel));
  const problem = addCustomers(state, channel, identities);
  if (problem) {
    Object.assign(channel, {
      errorCode: codes.channelValidation,
      errorMessage: `Channel validation error: ${problem}`,
    });
    setChannelStatus(state, channel, 'failed');
    cancelTask(state, task, 'Channel creation failed');
    fireInteractionEvent(state, channel, 'onChannelCreateFailed', {
      ...channelFields(channel),
      ErrorCode: String(channel.errorCode),
      ErrorMessage: String(channel.errorMessage),
    });
    return;
  }
  fireInteractionEvent(state, channel, 'onChannelCreated', {
    ...channelFields(channel),
    ChannelStatus: 'active',
  });
  setChannelStatus(state, channel, 'active');
  routePending(state);
}

/** Returns what is wrong, in words, or nothing. */
function addCustomers(
  state: TwilioState,
  channel: InteractionChannel,
  identities: string[],
): string | undefined {
  const conversation = findConversation(state, channel.conversationSid);
  if (!conversation) return `conversation ${channel.conversationSid} was not found`;
  if (conversation.state === 'closed') return `conversation ${conversation.sid} is closed`;
  const present = new Set([...conversation.participants.values()].map(({ identity }) => identity));
  for (const identity of identities) {
    if (!present.has(identity)) addParticipant(state, conversation, { identity }, { kind: 'silent' });
  }
  const customers = [...conversation.participants.values()].filter(
    ({ identity }) => !identity || !workerOfIdentity(state, identity),
  );
  if (customers.length === 0) return `conversation ${conversation.sid} has no customer`;
  for (const { sid } of customers) {
    addChannelParticipant(state, channel, {
      type: 'customer',
      conversationParticipantSid: sid,
      taskSid: null,
      workerSid: null,
      reservationSid: null,
    });
  }
  return undefined;
}
