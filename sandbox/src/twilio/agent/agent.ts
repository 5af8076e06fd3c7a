import { getConversation } from '../conversations/conversations.ts';
import { addMessage, getMessage, removeMessage, updateMessage } from '../conversations/messages.ts';
import type { Conversation, Message } from '../conversations/model.ts';
import { findParticipant } from '../conversations/participants.ts';
import { ensureUser } from '../conversations/users.ts';
import { acceptedExtensions } from '../flex/account-routes.ts';
import { agentOfTask } from '../flex/agents.ts';
import {
  channelOfTask,
  closeChannel,
  pauseChannel,
  removeAgent,
  resumeChannel,
  setChannelStatus,
  transfer,
} from '../flex/channels.ts';
import type { JsonObject } from '../http.ts';
import { addMedium } from '../media.ts';
import type { TwilioState } from '../state.ts';
import type { Task } from '../taskrouter/model.ts';
import { acceptReservation, getReservation, rejectReservation } from '../taskrouter/reservations.ts';
import { completeTask, getTask, wrapTask } from '../taskrouter/tasks.ts';
import { createWorker, updateWorker } from '../taskrouter/workers.ts';
import {
  type MessageView,
  messageView,
  messageViews,
  type ReservationView,
  reservationView,
  type TaskView,
  taskView,
} from './views.ts';
import { type WaitOptions, waitFor } from './wait.ts';

export interface NewAgent {
  /** Chat identity: letters, digits and underscores. */
  identity: string;
  fullName: string;
  /** Default `['agent']`. */
  roles?: string[];
  /** How many tasks at once. Default 10. */
  capacity?: number;
  /** Further worker attributes, such as skills. */
  attributes?: JsonObject;
  /** Default true. */
  available?: boolean;
}

export interface OutgoingMedia {
  filename: string;
  contentType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

type Sid = string | { sid: string };

/** A Flex agent, controlled by tests: does what Flex's own client does, without a browser. Invalid actions throw an `Error`. */
export interface Agent {
  readonly identity: string;
  readonly fullName: string;
  readonly roles: string[];
  readonly workerSid: string;
  /** Tasks in hand: assigned or in wrap-up. */
  tasks(): TaskView[];
  /** Offers that wait for an answer, and accepted ones not yet completed. */
  reservations(): ReservationView[];
  /** The first pending offer that fits; rejects after the time-out. */
  waitForReservation(
    fits?: (reservation: ReservationView) => boolean,
    options?: WaitOptions,
  ): Promise<ReservationView>;
  /** Takes the task and joins its conversation. */
  accept(reservation: Sid): Promise<TaskView>;
  /** Declines; the task is offered to another agent. */
  reject(reservation: Sid): void;
  transcript(conversationSid: string): MessageView[];
  send(
    conversationSid: string,
    body: string,
    options?: { attributes?: JsonObject; media?: OutgoingMedia },
  ): MessageView;
  /** Opens the files of a message as Flex does: only types that the account's configuration accepts. */
  openFiles(message: MessageView): Uint8Array<ArrayBuffer>[];
  edit(message: MessageView, body: string): MessageView;
  remove(message: MessageView): void;
  typing(conversationSid: string): void;
  /** Leaves the conversation open; the member's next message brings a new task. This one goes to wrap-up. */
  leave(task: Sid): void;
  /** Puts the conversation aside: the task is over, and a message of the member's brings no new one. */
  pause(task: Sid): void;
  /** Goes on with a conversation that was paused. */
  resume(conversationSid: string): Promise<TaskView>;
  /** Hands over to another agent, or to a queue by SID or name. This agent leaves at once; the old task goes to wrap-up. */
  transfer(task: Sid, to: Agent | string, options?: { mode: 'cold' }): void;
  /** Ends the chat: the channel and the conversation close, the task goes to wrap-up. */
  endChat(task: Sid): void;
  /** Completes the task; ends the chat first if nobody has. */
  complete(task: Sid): void;
  setAvailable(available: boolean): void;
}

/** An agent of this identity who is there already, in a preloaded account, goes on with their tasks. */
export function createAgent(state: TwilioState, given: NewAgent): Agent {
  const { identity, fullName, roles = ['agent'] } = given;
  const activity = (isAvailable: boolean) =>
    [...state.taskRouter.activities.values()].find(({ available }) => available === isAvailable)?.sid;
  ensureUser(state, identity, { friendlyName: fullName });
  const known = [...state.taskRouter.workers.values()].find(({ friendlyName }) => friendlyName === identity);
  const worker =
    known ??
    createWorker(state, {
      friendlyName: identity,
      activitySid: activity(given.available ?? true),
      capacity: given.capacity ?? 10,
      attributes: JSON.stringify({
        ...given.attributes,
        roles,
        full_name: fullName,
        contact_uri: `client:${identity}`,
      }),
    });
  const sdk = { kind: 'sdk', identity } as const;
  const sidOf = (what: Sid) => (typeof what === 'string' ? what : what.sid);

  const views = () =>
    [...state.taskRouter.reservations.values()]
      .filter(
        ({ workerSid, status }) =>
          workerSid === worker.sid && ['pending', 'accepted', 'wrapping'].includes(status),
      )
      .flatMap((reservation) => reservationView(state, reservation) ?? []);

  const ownReservation = (what: Sid) => {
    const reservation = getReservation(state, sidOf(what));
    if (reservation.workerSid !== worker.sid)
      throw new Error(`${reservation.sid} is not an offer to ${identity}`);
    return reservation;
  };
  const ownTask = (what: Sid): Task => {
    const task = getTask(state, sidOf(what));
    if (!views().some((view) => view.task.sid === task.sid))
      throw new Error(`${task.sid} is not a task of ${identity}`);
    return task;
  };
  const presence = (what: Sid) => {
    const found = agentOfTask(state, ownTask(what));
    if (!found) throw new Error(`${identity} is not on the channel of ${sidOf(what)}`);
    return found;
  };
  const joined = (conversationSid: string): Conversation => {
    const conversation = getConversation(state, conversationSid);
    if (!findParticipant(conversation, identity)) throw new Error(`${identity} is not in ${conversationSid}`);
    return conversation;
  };
  const ownMessage = (view: MessageView): [Conversation, Message] => {
    const conversation = joined(view.conversationSid);
    const message = getMessage(conversation, view.sid);
    if (message.author !== identity) throw new Error(`${message.sid} was not written by ${identity}`);
    return [conversation, message];
  };

  return {
    identity,
    fullName,
    roles,
    workerSid: worker.sid,
    tasks: () => views().flatMap(({ status, task }) => (status === 'pending' ? [] : task)),
    reservations: views,
    waitForReservation: (fits = () => true, options) =>
      waitFor(state, () => views().find((view) => view.status === 'pending' && fits(view)), {
        what: `an offer to ${identity}`,
        ...options,
      }),
    async accept(what) {
      const reservation = ownReservation(what);
      acceptReservation(state, reservation);
      return taskView(state, getTask(state, reservation.taskSid));
    },
    reject: (what) => rejectReservation(state, ownReservation(what)),
    transcript: (conversationSid) => messageViews(state, conversationSid),
    send(conversationSid, body, { attributes, media } = {}) {
      const conversation = joined(conversationSid);
      const mediaSids = media && [addMedium(state, media).sid];
      const change = {
        author: identity,
        body,
        attributes: attributes && JSON.stringify(attributes),
        mediaSids,
      };
      return messageView(conversation.sid, addMessage(state, conversation, change, sdk));
    },
    openFiles(view) {
      joined(view.conversationSid);
      return view.media.map(({ sid, filename }) => {
        const extension = /\.([^.]+)$/.exec(filename ?? '')?.[1]?.toLowerCase() ?? '';
        if (!acceptedExtensions(state).includes(extension))
          throw new Error(`DownloadFileInvalidType: ${filename}`);
        const medium = state.media.get(sid);
        if (!medium) throw new Error(`There is no medium ${sid}`);
        return medium.bytes;
      });
    },
    edit(view, body) {
      const [conversation, message] = ownMessage(view);
      updateMessage(state, conversation, message, { body }, sdk);
      return messageView(conversation.sid, message);
    },
    remove(view) {
      const [conversation, message] = ownMessage(view);
      removeMessage(state, conversation, message, sdk);
    },
    typing(conversationSid) {
      state.events.emit('typing', { conversationSid: joined(conversationSid).sid, identity });
    },
    leave(what) {
      const { channel, agent } = presence(what);
      removeAgent(state, channel, agent, 'wrapup');
      const isAlone = [...channel.participants.values()].every(({ type }) => type !== 'agent');
      if (isAlone) setChannelStatus(state, channel, 'inactive');
    },
    pause(what) {
      const { channel, agent } = presence(what);
      pauseChannel(state, channel, agent);
    },
    async resume(conversationSid) {
      const channel = [...state.channels.values()].find(
        (one) => one.conversationSid === conversationSid && one.status === 'pause',
      );
      if (!channel) throw new Error(`${conversationSid} is not paused`);
      const { sid } = resumeChannel(state, channel, worker.sid);
      const offer = [...state.taskRouter.reservations.values()].find(
        ({ taskSid, workerSid }) => taskSid === sid && workerSid === worker.sid,
      );
      if (offer) acceptReservation(state, offer);
      return taskView(state, getTask(state, sid));
    },
    transfer(what, to) {
      const { channel, agent } = presence(what);
      const target = typeof to === 'string' ? queueSid(state, to) : to.workerSid;
      transfer(state, channel, { type: 'cold', from: agent.sid, to: target });
    },
    endChat(what) {
      const task = ownTask(what);
      const channel = channelOfTask(state, task);
      if (channel) closeChannel(state, channel, 'wrapup');
      else wrapTask(state, task);
    },
    complete(what) {
      const task = ownTask(what);
      const present = agentOfTask(state, task);
      // Whoever has left or handed over completes only the own task: the channel belongs to others by then.
      if (present) closeChannel(state, present.channel, 'closed');
      else completeTask(state, task);
    },
    setAvailable(available) {
      updateWorker(state, worker, { activitySid: activity(available) });
    },
  };
}

function queueSid(state: TwilioState, sidOrName: string): string {
  const { queues } = state.taskRouter;
  const found =
    queues.get(sidOrName) ?? [...queues.values()].find(({ friendlyName }) => friendlyName === sidOrName);
  if (!found) throw new Error(`There is no queue ${sidOrName}`);
  return found.sid;
}
