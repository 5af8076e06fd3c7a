import { isoMillis } from '../clock.ts';
import { getConversation } from '../conversations/conversations.ts';
import type { Conversation, ConversationState, Message, MessageMedia } from '../conversations/model.ts';
import { channelOfTask } from '../flex/channels.ts';
import type { ChannelStatus } from '../flex/model.ts';
import type { JsonObject } from '../http.ts';
import type { TwilioState } from '../state.ts';
import type { Reservation, ReservationStatus, Task, TaskStatus } from '../taskrouter/model.ts';

/** A task as an agent sees it: a copy that does not change. */
export interface TaskView {
  sid: string;
  status: TaskStatus;
  reason: string | null;
  attributes: JsonObject;
  priority: number;
  queueSid: string;
  queueName: string;
  taskChannel: string;
  /** Absent for tasks that Flex did not make. */
  conversationSid?: string;
  interactionSid?: string;
  channelSid?: string;
  channelStatus?: ChannelStatus;
  dateCreated: string;
}

export interface ReservationView {
  sid: string;
  status: ReservationStatus;
  workerSid: string;
  task: TaskView;
}

export interface MessageView {
  sid: string;
  conversationSid: string;
  index: number;
  author: string;
  body: string | null;
  attributes: JsonObject;
  media: MessageMedia[];
  dateCreated: string;
  dateUpdated: string;
}

export interface ConversationView {
  sid: string;
  uniqueName: string | null;
  friendlyName: string | null;
  state: ConversationState;
  attributes: JsonObject;
  /** Identities of its chat participants. */
  identities: string[];
  webhookTargets: string[];
}

export function taskView(state: TwilioState, task: Task): TaskView {
  const channel = channelOfTask(state, task);
  const { queues, taskChannels } = state.taskRouter;
  return {
    sid: task.sid,
    status: task.status,
    reason: task.reason,
    attributes: JSON.parse(task.attributes) as JsonObject,
    priority: task.priority,
    queueSid: task.queueSid,
    queueName: queues.get(task.queueSid)?.friendlyName ?? '',
    taskChannel: taskChannels.get(task.taskChannelSid)?.uniqueName ?? '',
    conversationSid: channel?.conversationSid,
    interactionSid: channel?.interactionSid,
    channelSid: channel?.sid,
    channelStatus: channel?.status,
    dateCreated: isoMillis(task.dateCreated),
  };
}

export function reservationView(state: TwilioState, reservation: Reservation): ReservationView | undefined {
  const task = state.taskRouter.tasks.get(reservation.taskSid);
  if (!task) return undefined;
  const { sid, status, workerSid } = reservation;
  return { sid, status, workerSid, task: taskView(state, task) };
}

export function messageView(conversationSid: string, message: Message): MessageView {
  return {
    sid: message.sid,
    conversationSid,
    index: message.index,
    author: message.author,
    body: message.body,
    attributes: JSON.parse(message.attributes) as JsonObject,
    media: message.media ?? [],
    dateCreated: isoMillis(message.dateCreated),
    dateUpdated: isoMillis(message.dateUpdated),
  };
}

/** The messages of a conversation, oldest first. */
export function messageViews(state: TwilioState, conversationSid: string): MessageView[] {
  const conversation = getConversation(state, conversationSid);
  return conversation.messages.map((message) => messageView(conversation.sid, message));
}

export function conversationView(conversation: Conversation): ConversationView {
  return {
    sid: conversation.sid,
    uniqueName: conversation.uniqueName,
    friendlyName: conversation.friendlyName,
    state: conversation.state,
    attributes: JSON.parse(conversation.attributes) as JsonObject,
    identities: [...conversation.participants.values()].flatMap(({ identity }) => identity ?? []),
    webhookTargets: [...conversation.webhooks.values()].map(({ target }) => target),
  };
}
