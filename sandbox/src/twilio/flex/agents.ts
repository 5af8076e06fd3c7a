import { findConversation } from '../conversations/conversations.ts';
import { addParticipant, findParticipant } from '../conversations/participants.ts';
import type { TwilioState } from '../state.ts';
import type { Task, Worker } from '../taskrouter/model.ts';
import { addChannelParticipant, channelOfTask, reactivateChannel, setChannelStatus } from './channels.ts';
import type { ChannelParticipant, InteractionChannel } from './model.ts';

/** The chat identity of a worker, as Flex keeps it: `contact_uri: "client:<identity>"`. */
export function identityOfWorker(worker: Worker): string {
  const { contact_uri } = JSON.parse(worker.attributes) as { contact_uri?: string };
  return contact_uri?.startsWith('client:') ? contact_uri.slice('client:'.length) : worker.friendlyName;
}

export function workerOfIdentity(state: TwilioState, identity: string): Worker | undefined {
  for (const worker of state.taskRouter.workers.values())
    if (identityOfWorker(worker) === identity) return worker;
  return undefined;
}

/** The agent of a task, while the agent is on its channel. */
export function agentOfTask(
  state: TwilioState,
  task: Task,
): { channel: InteractionChannel; agent: ChannelParticipant } | undefined {
  const channel = channelOfTask(state, task);
  for (const agent of channel?.participants.values() ?? []) {
    if (channel && agent.type === 'agent' && agent.taskSid === task.sid) return { channel, agent };
  }
  return undefined;
}

/** Lets Flex react to what happens in TaskRouter and Conversations. Returns the function that ends it. */
export function wireFlex(state: TwilioState): () => void {
  const ends = [
    state.events.on('reservation', ({ reservationSid, status }) => {
      if (status === 'accepted') agentJoins(state, reservationSid);
    }),
    state.events.on('task', ({ taskSid, status }) => {
      if (status === 'canceled') settleTransfers(state, taskSid, 'failed');
    }),
    state.events.on('message', ({ conversationSid, author, change, source }) => {
      if (change === 'added' && source !== 'silent') customerReturns(state, conversationSid, author);
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function agentJoins(state: TwilioState, reservationSid: string): void {
  const reservation = state.taskRouter.reservations.get(reservationSid);
  const task = state.taskRouter.tasks.get(reservation?.taskSid ?? '');
  const worker = state.taskRouter.workers.get(reservation?.workerSid ?? '');
  const channel = task && channelOfTask(state, task);
  const conversation = channel && findConversation(state, channel.conversationSid);
  if (!reservation || !worker || !channel || !conversation || conversation.state === 'closed') return;
  const identity = identityOfWorker(worker);
  // Unverified: whether this reaches the conversation's own webhooks. The interaction webhook is the documented way.
  const member =
    findParticipant(conversation, identity) ??
    addParticipant(state, conversation, { identity }, { kind: 'silent' });
  if (channel.status === 'inactive' || channel.status === 'pause') setChannelStatus(state, channel, 'active');
  addChannelParticipant(state, channel, {
    type: 'agent',
    conversationParticipantSid: member.sid,
    taskSid: task.sid,
    workerSid: worker.sid,
    reservationSid,
  });
  settleTransfers(state, task.sid, 'completed');
}

function settleTransfers(state: TwilioState, taskSid: string, status: 'completed' | 'failed'): void {
  const task = state.taskRouter.tasks.get(taskSid);
  for (const transfer of (task && channelOfTask(state, task))?.transfers.values() ?? []) {
    if (transfer.taskSid !== taskSid || transfer.status !== 'active') continue;
    transfer.status = status;
    transfer.dateUpdated = state.clock.now();
  }
}

function customerReturns(state: TwilioState, conversationSid: string, author: string): void {
  const conversation = findConversation(state, conversationSid);
  const isCustomer =
    conversation && findParticipant(conversation, author) && !workerOfIdentity(state, author);
  if (!isCustomer) return;
  for (const sid of state.channelsOfConversation.get(conversationSid) ?? []) {
    const channel = state.channels.get(sid);
    if (channel?.status === 'inactive') reactivateChannel(state, channel);
  }
}
