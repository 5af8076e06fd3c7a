import { findConversation } from '../conversations/conversations.ts';
import { addParticipant, findParticipant } from '../conversations/participants.ts';
import type { Task, Worker } from '../taskrouter/model.ts';
import type { World } from '../world.ts';
import { addChannelParticipant, channelOfTask, reactivateChannel, setChannelStatus } from './channels.ts';
import type { ChannelParticipant, InteractionChannel } from './model.ts';

/** The chat identity of a worker, as Flex keeps it: `contact_uri: "client:<identity>"`. */
export function identityOfWorker(worker: Worker): string {
  const { contact_uri } = JSON.parse(worker.attributes) as { contact_uri?: string };
  return contact_uri?.startsWith('client:') ? contact_uri.slice('client:'.length) : worker.friendlyName;
}

export function workerOfIdentity(world: World, identity: string): Worker | undefined {
  for (const worker of world.taskRouter.workers.values())
    if (identityOfWorker(worker) === identity) return worker;
  return undefined;
}

/** The agent of a task, while the agent is on its channel. */
export function agentOfTask(
  world: World,
  task: Task,
): { channel: InteractionChannel; agent: ChannelParticipant } | undefined {
  const channel = channelOfTask(world, task);
  for (const agent of channel?.participants.values() ?? []) {
    if (channel && agent.type === 'agent' && agent.taskSid === task.sid) return { channel, agent };
  }
  return undefined;
}

/** Lets Flex react to what happens in TaskRouter and Conversations. Returns the function that ends it. */
export function wireFlex(world: World): () => void {
  const ends = [
    world.events.on('reservation', ({ reservationSid, status }) => {
      if (status === 'accepted') agentJoins(world, reservationSid);
    }),
    world.events.on('task', ({ taskSid, status }) => {
      if (status === 'canceled') settleTransfers(world, taskSid, 'failed');
    }),
    world.events.on('message', ({ conversationSid, author, change, source }) => {
      if (change === 'added' && source !== 'silent') customerReturns(world, conversationSid, author);
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}

function agentJoins(world: World, reservationSid: string): void {
  const reservation = world.taskRouter.reservations.get(reservationSid);
  const task = world.taskRouter.tasks.get(reservation?.taskSid ?? '');
  const worker = world.taskRouter.workers.get(reservation?.workerSid ?? '');
  const channel = task && channelOfTask(world, task);
  const conversation = channel && findConversation(world, channel.conversationSid);
  if (!reservation || !worker || !channel || !conversation || conversation.state === 'closed') return;
  const identity = identityOfWorker(worker);
  // Unverified: whether this reaches the conversation's own webhooks. The interaction webhook is the documented way.
  const member =
    findParticipant(conversation, identity) ??
    addParticipant(world, conversation, { identity }, { kind: 'silent' });
  if (channel.status === 'inactive') setChannelStatus(world, channel, 'active');
  addChannelParticipant(world, channel, {
    type: 'agent',
    conversationParticipantSid: member.sid,
    taskSid: task.sid,
    workerSid: worker.sid,
    reservationSid,
  });
  settleTransfers(world, task.sid, 'completed');
}

function settleTransfers(world: World, taskSid: string, status: 'completed' | 'failed'): void {
  const task = world.taskRouter.tasks.get(taskSid);
  for (const transfer of (task && channelOfTask(world, task))?.transfers.values() ?? []) {
    if (transfer.taskSid !== taskSid || transfer.status !== 'active') continue;
    transfer.status = status;
    transfer.dateUpdated = world.clock.now();
  }
}

function customerReturns(world: World, conversationSid: string, author: string): void {
  const conversation = findConversation(world, conversationSid);
  const isCustomer =
    conversation && findParticipant(conversation, author) && !workerOfIdentity(world, author);
  if (!isCustomer) return;
  for (const sid of world.channelsOfConversation.get(conversationSid) ?? []) {
    const channel = world.channels.get(sid);
    if (channel?.status === 'inactive') reactivateChannel(world, channel);
  }
}
