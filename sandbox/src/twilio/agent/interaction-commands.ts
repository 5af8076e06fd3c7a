import type { InteractionCommand } from '../../flex/backend.ts';
import { invalid } from '../errors.ts';
import {
  closeChannel,
  getChannel,
  getChannelParticipant,
  inactivateChannel,
  pauseChannel,
  removeAgent,
  resumeChannel,
  transfer,
} from '../flex/channels.ts';
import { channelJson, participantJson, transferJson } from '../flex/json.ts';
import type { ChannelParticipant, InteractionChannel } from '../flex/model.ts';
import type { TwilioState } from '../state.ts';
import { acceptReservation, ownReservation, rejectReservation } from '../taskrouter/reservations.ts';
import { completeTask, getTask } from '../taskrouter/tasks.ts';
import type { Agent } from './agent.ts';

const PATH =
  /Interactions\/(KD\w+)\/Channels(?:\/(UO\w+)(?:\/(Invites|Participants|Transfers)(?:\/(\w+))?)?)?$/;

/**
 * The Interactions API as Flex UI 2.17 uses it for a conversation: the REST paths, but in JSON, with lists that are not
 * paged and a few parameters that no page of Twilio's names. Derived from the requests of the unchanged bundle.
 */
export function interactionCommands(state: TwilioState, agent: Agent) {
  /** Undefined for commands that are not supported. Throws a `TwilioError` as the REST API does. */
  return function answer({ url, method, params }: InteractionCommand): unknown {
    const [path, query] = url.split('?');
    if (path === 'v1/Channels' && method === 'GET' && params.status === 'pause') return paused();
    const [, interactionSid, channelSid, part, partSid] = PATH.exec(path ?? '') ?? [];
    if (!interactionSid) return undefined;
    if (!channelSid) return { channels: channelsOf(interactionSid).map(channelJson) };
    const channel = getChannel(state, interactionSid, channelSid);
    const isPost = method === 'POST';
    if (part === 'Invites' && isPost) return answerInvite(channel, partSid, params);
    if (part === 'Participants' && partSid && isPost) return endParticipation(channel, partSid, params);
    if (part === 'Participants') {
      const wanted = { ...Object.fromEntries(new URLSearchParams(query)), ...params };
      return { participants: participants(channel, wanted.status === 'all'), channel_type: channel.type };
    }
    if (part === 'Transfers' && isPost) return handOver(channel, params);
    if (part === 'Transfers')
      return [...channel.transfers.values()].map((one) => transferJson(state, channel, one));
    if (part === undefined && isPost) return setStatus(channel, params);
    return undefined;
  };

  function channelsOf(interactionSid: string): InteractionChannel[] {
    return [...state.channels.values()].filter((channel) => channel.interactionSid === interactionSid);
  }

  function answerInvite(channel: InteractionChannel, sid: string | undefined, params: Params) {
    const reservationSid = params.routing?.reservation?.sid;
    if (!reservationSid) return undefined;
    const reservation = ownReservation(state, agent.workerSid, reservationSid);
    if (params.action === 'accept') acceptReservation(state, reservation);
    else rejectReservation(state, reservation);
    return { sid, interaction_sid: channel.interactionSid, channel_sid: channel.sid };
  }

  /** Everybody on the channel; with `all` also who was. */
  function participants(channel: InteractionChannel, all: boolean) {
    const found = [...channel.participants.values(), ...(all ? channel.formerParticipants.values() : [])];
    const members = state.conversations.get(channel.conversationSid)?.participants;
    return found.map((participant) => {
      const member = members?.get(participant.conversationParticipantSid ?? '');
      return {
        ...participantJson(channel, participant),
        media_properties: { identity: member?.identity ?? null, sid: participant.conversationParticipantSid },
      };
    });
  }

  /** The agent leaves the channel, or completes a task that was handed over before. */
  function endParticipation(channel: InteractionChannel, sid: string, params: Params) {
    const former = channel.formerParticipants.get(sid);
    const participant = former ?? getChannelParticipant(channel, sid);
    if (former?.taskSid) completeTask(state, getTask(state, former.taskSid));
    else if (isLastAgent(channel, participant) && params.closeChannelIfLastParticipant)
      closeChannel(state, channel, 'closed');
    else removeAgent(state, channel, participant, params.status === 'wrapup' ? 'wrapup' : 'closed');
    return participantJson(channel, participant);
  }

  function handOver(channel: InteractionChannel, { from, to, type }: Params) {
    if (!to) return undefined;
    const made = transfer(state, channel, {
      type: type === 'warm' ? 'warm' : 'cold',
      from: from ?? null,
      to,
    });
    return transferJson(state, channel, made);
  }

  function setStatus(channel: InteractionChannel, { status, routing }: Params) {
    const end = routing?.status === 'wrapup' ? 'wrapup' : 'closed';
    if (status === 'inactive') inactivateChannel(state, channel, end);
    else if (status === 'closed') closeChannel(state, channel, end);
    else if (status === 'pause') {
      const own = [...channel.participants.values()].find(({ workerSid }) => workerSid === agent.workerSid);
      if (!own) throw invalid(`Channel ${channel.sid} is not yours`);
      pauseChannel(state, channel, own);
    } else if (status === 'active') {
      if (channel.status !== 'pause') throw invalid(`Channel ${channel.sid} is not paused`);
      resumeChannel(state, channel, agent.workerSid);
    } else throw invalid(`Status cannot be set to ${status}`);
    return channelJson(channel);
  }

  /** The conversations that were put aside, with the properties of the SDK's type; Twilio names it in no document. */
  function paused() {
    const found = [...state.channels.values()].filter((channel) => channel.status === 'pause');
    const content = found.map((channel) => ({
      ...channelJson(channel),
      account_sid: state.credentials.accountSid,
      workspace_sid: state.taskRouter.workspace.sid,
      workflow_sid: channel.routing.workflowSid,
      task_channel_sid: channel.routing.taskChannelSid,
      attributes: JSON.stringify(channel.routing.attributes),
    }));
    return { content, meta: { previous_token: null, next_token: null } };
  }
}

/** What the bodies of the commands may hold. */
type Params = InteractionCommand['params'];

function isLastAgent(channel: InteractionChannel, participant: ChannelParticipant): boolean {
  return [...channel.participants.values()].every(
    (one) => one.type !== 'agent' || one.sid === participant.sid,
  );
}
