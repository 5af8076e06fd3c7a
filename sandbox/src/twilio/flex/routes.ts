import { findConversation } from '../conversations/conversations.ts';
import { addParticipant, findParticipant } from '../conversations/participants.ts';
import { invalid, notFound } from '../errors.ts';
import {
  type Call,
  created,
  isJsonObject,
  type JsonObject,
  jsonObject,
  optional,
  product,
  required,
} from '../http.ts';
import { paged } from '../paging.ts';
import type { TwilioState } from '../state.ts';
import { routePending } from '../taskrouter/routing.ts';
import {
  addChannelParticipant,
  closeChannel,
  getChannel,
  getChannelParticipant,
  inactivateChannel,
  invite,
  removeAgent,
  transfer,
} from './channels.ts';
import { createInteraction, getInteraction, readChannel } from './interactions.ts';
import {
  channelJson,
  channelUrl,
  FLEX_URL,
  interactionJson,
  inviteJson,
  participantJson,
  transferJson,
} from './json.ts';
import type { ChannelParticipantType } from './model.ts';
import { readRouting } from './routing-request.ts';

const CHANNEL = '/Interactions/:interaction/Channels/:channel';

/** https://www.twilio.com/docs/flex/developer/conversations/interactions-api */
export function interactionRoutes(state: TwilioState) {
  return product('/flex-api/v1')
    .onBeforeHandle(({ request, route }) => {
      const { interactionsPerSecond, retryAfterSeconds } = state.limits;
      state.rate.take(`flex:${request.method} ${route}`, interactionsPerSecond, retryAfterSeconds);
    })
    .post('/Interactions', ({ call }) => {
      const { interaction } = createInteraction(state, {
        channel: readChannel(required(call.form, 'Channel')),
        routing: readRouting(state, optional(call.form, 'Routing')),
        contextSid: optional(call.form, 'InteractionContextSid'),
        webhookTtid: optional(call.form, 'WebhookTtid'),
      });
      return interactionJson(state, interaction);
    })
    .get('/Interactions/:interaction', ({ params }) =>
      interactionJson(state, getInteraction(state, params.interaction)),
    )
    .post('/Interactions/:interaction', ({ params, call }) => {
      const interaction = getInteraction(state, params.interaction);
      interaction.webhookTtid = optional(call.form, 'WebhookTtid') ?? interaction.webhookTtid;
      return interactionJson(state, interaction);
    })
    .get('/Interactions/:interaction/Channels', ({ params, call }) => {
      const { sid } = getInteraction(state, params.interaction);
      const found = [...state.channels.values()].filter(({ interactionSid }) => interactionSid === sid);
      return paged(call, 'channels', `${FLEX_URL}/Interactions/${sid}/Channels`, found, channelJson);
    })
    .get(CHANNEL, ({ params }) => channelJson(getChannel(state, params.interaction, params.channel)))
    .post(CHANNEL, ({ params, call }) => {
      const channel = getChannel(state, params.interaction, params.channel);
      const status = required(call.form, 'Status');
      const routing = readEnd(optional(call.form, 'Routing'));
      if (status === 'closed') closeChannel(state, channel, routing ?? 'wrapup');
      else if (status !== 'inactive') throw invalid('Status must be closed or inactive');
      else if (!routing) throw invalid('Routing status is required for an inactive channel');
      else inactivateChannel(state, channel, routing);
      return channelJson(channel);
    })
    .get(`${CHANNEL}/Participants`, ({ params, call }) => {
      const channel = getChannel(state, params.interaction, params.channel);
      const found = [...channel.participants.values()];
      return paged(call, 'participants', `${channelUrl(channel)}/Participants`, found, (participant) =>
        participantJson(channel, participant),
      );
    })
    .post(`${CHANNEL}/Participants`, ({ params, call }) => {
      const channel = getChannel(state, params.interaction, params.channel);
      const media = jsonObject(required(call.form, 'MediaProperties'), 'MediaProperties');
      const type = readType(required(call.form, 'Type'));
      const conversation = findConversation(state, channel.conversationSid);
      const identity = typeof media.identity === 'string' ? media.identity : undefined;
      if (!conversation || !identity) throw invalid('MediaProperties.identity is required');
      const member =
        findParticipant(conversation, identity) ??
        addParticipant(state, conversation, { identity }, { kind: 'silent' });
      const participant = addChannelParticipant(state, channel, {
        type,
        conversationParticipantSid: member.sid,
        taskSid: null,
        workerSid: null,
        reservationSid: null,
      });
      return participantJson(channel, participant);
    })
    .post(`${CHANNEL}/Participants/:participant`, ({ params, call }) => {
      const channel = getChannel(state, params.interaction, params.channel);
      const participant = getChannelParticipant(channel, params.participant);
      const status = required(call.form, 'Status');
      if (status !== 'closed' && status !== 'wrapup') throw invalid('Status must be closed or wrapup');
      removeAgent(state, channel, participant, status);
      return participantJson(channel, participant);
    })
    .get(`${CHANNEL}/Invites`, ({ params, call }) => {
      const channel = getChannel(state, params.interaction, params.channel);
      return paged(call, 'invites', `${channelUrl(channel)}/Invites`, [...channel.invites.values()], (one) =>
        inviteJson(state, channel, one),
      );
    })
    .post(`${CHANNEL}/Invites`, ({ params, call }) => {
      const channel = getChannel(state, params.interaction, params.channel);
      const made = invite(state, channel, readRouting(state, required(call.form, 'Routing')));
      routePending(state);
      return inviteJson(state, channel, made.invite);
    })
    .post(`${CHANNEL}/Transfers`, ({ params, call }) => {
      const channel = getChannel(state, params.interaction, params.channel);
      const { type = 'cold', from, to } = readBody(call);
      if (type !== 'cold' && type !== 'warm') throw invalid('type must be cold or warm');
      if (typeof to !== 'string') throw invalid('to is required');
      const made = transfer(state, channel, { type, from: typeof from === 'string' ? from : null, to });
      return created(transferJson(state, channel, made));
    })
    .get(`${CHANNEL}/Transfers/:transfer`, ({ params }) => {
      const channel = getChannel(state, params.interaction, params.channel);
      const found = channel.transfers.get(params.transfer);
      if (!found) throw notFound(`/Transfers/${params.transfer}`);
      return transferJson(state, channel, found);
    })
    .post(`${CHANNEL}/Transfers/:transfer`, ({ params, call }) => {
      const channel = getChannel(state, params.interaction, params.channel);
      const found = channel.transfers.get(params.transfer);
      if (!found) throw notFound(`/Transfers/${params.transfer}`);
      const { status } = readBody(call);
      if (status !== 'failed' && status !== 'completed') throw invalid('status must be failed or completed');
      Object.assign(found, { status, dateUpdated: state.clock.now() });
      return transferJson(state, channel, found);
    });
}

/** `Routing={"status": "wrapup" | "closed"}`; Flex's own interface sends wrapup, which the Flex API document does not list. */
function readEnd(text: string | undefined): 'wrapup' | 'closed' | undefined {
  if (!text) return undefined;
  const { status } = jsonObject(text, 'Routing');
  if (status === 'wrapup' || status === 'closed') return status;
  throw invalid('Routing.status must be wrapup or closed');
}

function readType(text: string): ChannelParticipantType {
  if (
    text === 'supervisor' ||
    text === 'customer' ||
    text === 'external' ||
    text === 'agent' ||
    text === 'unknown'
  ) {
    return text;
  }
  throw invalid('Type must be supervisor, customer, external, agent or unknown');
}

/** The body of a transfer is JSON; its keys are those of the resource. */
function readBody(call: Call): JsonObject {
  const body: unknown = call.text.startsWith('{')
    ? jsonObject(call.text, 'body')
    : Object.fromEntries(call.form);
  return isJsonObject(body) ? body : {};
}
