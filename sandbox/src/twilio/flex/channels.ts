import { changeState, findConversation } from '../conversations/conversations.ts';
import { removeParticipant } from '../conversations/participants.ts';
import { invalid, notFound } from '../errors.ts';
import { newSid } from '../sids.ts';
import type { TwilioState } from '../state.ts';
import type { Task } from '../taskrouter/model.ts';
import { routePending } from '../taskrouter/routing.ts';
import { cancelTask, completeTask, createTask, getTask, wrapTask } from '../taskrouter/tasks.ts';
import type {
  ChannelParticipant,
  ChannelStatus,
  InteractionChannel,
  Invite,
  RoutingRequest,
  Transfer,
} from './model.ts';
import { taskAttributes } from './routing-request.ts';
import { channelFields, fireInteractionEvent, participantFields } from './webhooks.ts';

export function getChannel(state: TwilioState, interactionSid: string, sid: string): InteractionChannel {
  const channel = state.channels.get(sid);
  if (!channel || channel.interactionSid !== interactionSid) {
    throw notFound(`/Interactions/${interactionSid}/Channels/${sid}`);
  }
  return channel;
}

export function getChannelParticipant(channel: InteractionChannel, sid: string): ChannelParticipant {
  const participant = channel.participants.get(sid);
  if (!participant)
    throw notFound(`/Interactions/${channel.interactionSid}/Channels/${channel.sid}/Participants/${sid}`);
  return participant;
}

/** The channel of a task that Flex made, if it made it. */
export function channelOfTask(state: TwilioState, task: Task): InteractionChannel | undefined {
  const attributes = JSON.parse(task.attributes) as { flexInteractionChannelSid?: string };
  return state.channels.get(attributes.flexInteractionChannelSid ?? '');
}

export function setChannelStatus(
  state: TwilioState,
  channel: InteractionChannel,
  status: ChannelStatus,
): void {
  if (channel.status === status) return;
  channel.status = status;
  const { sid, interactionSid, conversationSid } = channel;
  state.events.emit('channel', { channelSid: sid, interactionSid, conversationSid, status });
  const isTold =
    status === 'active' ||
    status === 'closed' ||
    (state.variants.inactiveIsTold && (status === 'inactive' || status === 'pause'));
  if (isTold) {
    const fields = { ...channelFields(channel), ChannelStatus: status };
    fireInteractionEvent(state, channel, 'onChannelStatusUpdated', fields);
  }
}

/** Invites an agent: a new task on the channel. Attributes of earlier tasks are not carried over. */
export function invite(
  state: TwilioState,
  channel: InteractionChannel,
  routing: RoutingRequest,
): { invite: Invite; task: Task } {
  if (channel.status === 'closed' || channel.status === 'failed')
    throw invalid(`Channel ${channel.sid} is ${channel.status}`);
  const sid = newSid('KG');
  const { channelTypeOverwritten } = state.variants;
  const isOutbound = channel.initiatedBy.toLowerCase() === 'agent';
  const task = createTask(state, {
    attributes: JSON.stringify(
      taskAttributes(channel, sid, routing.attributes, { isOutbound, channelTypeOverwritten }),
    ),
    workflowSid: routing.workflowSid,
    queueSid: routing.queueSid,
    workerSid: routing.workerSid,
    taskChannel: routing.taskChannelSid,
    priority: routing.priority,
    timeout: routing.timeout,
  });
  const made = { sid, taskSid: task.sid };
  channel.invites.set(sid, made);
  return { invite: made, task };
}

export function addChannelParticipant(
  state: TwilioState,
  channel: InteractionChannel,
  participant: Omit<ChannelParticipant, 'sid'>,
): ChannelParticipant {
  const added: ChannelParticipant = { sid: newSid('UT'), ...participant };
  channel.participants.set(added.sid, added);
  fireInteractionEvent(state, channel, 'onParticipantJoined', participantFields(channel, added));
  return added;
}

/** An agent leaves the channel; the task goes to wrap-up or is completed. The channel and the conversation stay open. */
export function removeAgent(
  state: TwilioState,
  channel: InteractionChannel,
  participant: ChannelParticipant,
  routing: 'wrapup' | 'closed',
): void {
  channel.participants.delete(participant.sid);
  channel.formerParticipants.set(participant.sid, participant);
  const conversation = findConversation(state, channel.conversationSid);
  const member = conversation?.participants.get(participant.conversationParticipantSid ?? '');
  if (conversation && member && conversation.state !== 'closed') {
    removeParticipant(state, conversation, member, { kind: 'silent' });
  }
  if (participant.taskSid) endTask(state, getTask(state, participant.taskSid), routing);
  fireInteractionEvent(state, channel, 'onParticipantLeft', participantFields(channel, participant));
}

/**
 * Closes the channel for good: its tasks wrap up or complete, everybody leaves, the conversation is closed
 * (https://www.twilio.com/docs/flex/developer/conversations/interactions-api/channels-subresource).
 */
export function closeChannel(
  state: TwilioState,
  channel: InteractionChannel,
  routing: 'wrapup' | 'closed',
): void {
  for (const task of tasksOf(state, channel)) endTask(state, task, routing);
  if (channel.status === 'closed') return;
  for (const participant of [...channel.participants.values()]) {
    channel.participants.delete(participant.sid);
    channel.formerParticipants.set(participant.sid, participant);
    fireInteractionEvent(state, channel, 'onParticipantLeft', participantFields(channel, participant));
  }
  setChannelStatus(state, channel, 'closed');
  const conversation = findConversation(state, channel.conversationSid);
  if (conversation) changeState(state, conversation, 'closed', 'EVENT', { kind: 'system' });
}

/** An agent puts the conversation aside: no task, and only the agent resumes it. */
export function pauseChannel(
  state: TwilioState,
  channel: InteractionChannel,
  agent: ChannelParticipant,
): void {
  removeAgent(state, channel, agent, 'closed');
  setChannelStatus(state, channel, 'pause');
}

/** The agent goes on: a new task, which is theirs. */
export function resumeChannel(state: TwilioState, channel: InteractionChannel, workerSid: string): Task {
  const { task } = invite(state, channel, { ...channel.routing, workerSid });
  routePending(state);
  return task;
}

/** Leaves the conversation open without an agent: the customer's next message brings a new task. */
export function inactivateChannel(
  state: TwilioState,
  channel: InteractionChannel,
  routing: 'wrapup' | 'closed',
): void {
  if (channel.status === 'closed') throw invalid(`Channel ${channel.sid} is closed`);
  for (const participant of [...channel.participants.values()]) {
    if (participant.type === 'agent') removeAgent(state, channel, participant, routing);
  }
  for (const task of tasksOf(state, channel)) endTask(state, task, routing);
  setChannelStatus(state, channel, 'inactive');
}

/** A customer writes on an inactive channel: it is active again, and a new task is routed as the first one was. */
export function reactivateChannel(state: TwilioState, channel: InteractionChannel): void {
  setChannelStatus(state, channel, 'active');
  if (state.variants.replyAfterLeave === 'nothing') return;
  invite(state, channel, channel.routing);
  routePending(state);
}

/** Hands the conversation to a worker (WK), a queue (WQ) or a workflow (WW). A cold transfer removes the giver at once. */
export function transfer(
  state: TwilioState,
  channel: InteractionChannel,
  request: { type: Transfer['type']; from: string | null; to: string },
): Transfer {
  const { type, from, to } = request;
  const giver = from ? getChannelParticipant(channel, from) : undefined;
  const given = giver?.taskSid
    ? (JSON.parse(getTask(state, giver.taskSid).attributes) as RoutingRequest['attributes'])
    : {};
  const { task } = invite(state, channel, {
    ...channel.routing,
    attributes: { ...channel.routing.attributes, ...given },
    queueSid: to.startsWith('WQ') ? to : null,
    workflowSid: to.startsWith('WW') ? to : to.startsWith('WQ') ? null : channel.routing.workflowSid,
    workerSid: to.startsWith('WK') ? to : null,
  });
  const now = state.clock.now();
  const made: Transfer = {
    sid: newSid('UX'),
    type,
    status: 'active',
    from,
    to,
    taskSid: task.sid,
    dateCreated: now,
    dateUpdated: now,
  };
  channel.transfers.set(made.sid, made);
  if (giver && type === 'cold') removeAgent(state, channel, giver, 'wrapup');
  routePending(state);
  return made;
}

function tasksOf(state: TwilioState, channel: InteractionChannel): Task[] {
  return [...channel.invites.values()].flatMap(({ taskSid }) => state.taskRouter.tasks.get(taskSid) ?? []);
}

function endTask(state: TwilioState, task: Task, routing: 'wrapup' | 'closed'): void {
  if (task.status === 'pending' || task.status === 'reserved') cancelTask(state, task, 'Channel closed');
  else if (routing === 'closed') completeTask(state, task);
  else wrapTask(state, task);
}
