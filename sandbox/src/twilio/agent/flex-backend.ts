import type {
  FlexBackend,
  FlexChange,
  FlexConversation,
  FlexMessage,
  FlexParticipant,
  FlexReservation,
  FlexTask,
  FlexWorker,
  ReservationEvent,
} from '../../flex/backend.ts';
import { isoMillis } from '../clock.ts';
import { findConversation, getConversation } from '../conversations/conversations.ts';
import { addMessage, getMessage } from '../conversations/messages.ts';
import type { Conversation, Message, Participant } from '../conversations/model.ts';
import { findParticipant, updateParticipant } from '../conversations/participants.ts';
import { findUser } from '../conversations/users.ts';
import { identityOfWorker } from '../flex/agents.ts';
import { mediaRoutes, mediaSetRoute } from '../media.ts';
import type { TwilioState } from '../state.ts';
import type { Reservation, ReservationStatus, Task, Worker } from '../taskrouter/model.ts';
import { getReservation } from '../taskrouter/reservations.ts';
import { getTask } from '../taskrouter/tasks.ts';
import { getWorker, updateWorker } from '../taskrouter/workers.ts';
import type { Agent } from './agent.ts';
import { interactionCommands } from './interaction-commands.ts';

const EVENTS: Record<ReservationStatus, ReservationEvent> = {
  pending: 'created',
  accepted: 'accepted',
  wrapping: 'wrapup',
  completed: 'completed',
  rejected: 'rejected',
  timeout: 'timeout',
  canceled: 'canceled',
  rescinded: 'rescinded',
};

/** This account as the real Flex UI sees it when an agent is logged in. */
export function flexBackend(state: TwilioState, agent: Agent): FlexBackend {
  const { taskRouter } = state;
  // Flex takes a change only when its version is higher than the one before.
  let version = 0;
  const activityListeners = new Set<(change: FlexChange) => void>();

  const media = mediaRoutes(state).use(mediaSetRoute(state));

  const workerOf = (source: Worker): FlexWorker => {
    const identity = identityOfWorker(source);
    return {
      sid: source.sid,
      identity,
      fullName: findUser(state, identity)?.friendlyName ?? identity,
      activitySid: source.activitySid,
      changedAt: isoMillis(source.dateStatusChanged),
    };
  };
  const worker = () => workerOf(getWorker(state, agent.workerSid));

  const task = (source: Task): FlexTask => ({
    sid: source.sid,
    attributes: source.attributes,
    assignmentStatus: source.status,
    taskChannelUniqueName: taskRouter.taskChannels.get(source.taskChannelSid)?.uniqueName ?? '',
    queueName: taskRouter.queues.get(source.queueSid)?.friendlyName ?? '',
    reason: source.reason,
    createdAt: isoMillis(source.dateCreated),
    updatedAt: isoMillis(source.dateUpdated),
    version: ++version,
  });

  const reservation = (source: Reservation): FlexReservation => ({
    sid: source.sid,
    status: source.status,
    task: task(getTask(state, source.taskSid)),
    timeout: 120,
    createdAt: isoMillis(source.dateCreated),
    updatedAt: isoMillis(source.dateUpdated),
    version: ++version,
  });

  const conversation = (source: Conversation): FlexConversation => ({
    sid: source.sid,
    friendlyName: source.friendlyName ?? '',
    attributes: source.attributes,
    state: source.state,
    lastReadIndex: findParticipant(source, agent.identity)?.lastReadMessageIndex ?? null,
    createdAt: isoMillis(source.dateCreated),
    updatedAt: isoMillis(source.dateUpdated),
  });

  const participant = (source: Participant): FlexParticipant => ({
    sid: source.sid,
    identity: source.identity ?? '',
    attributes: source.attributes,
    createdAt: isoMillis(source.dateCreated),
    lastReadIndex: source.lastReadMessageIndex,
  });

  const message = (source: Message): FlexMessage => ({
    sid: source.sid,
    index: source.index,
    author: source.author,
    body: source.body ?? '',
    attributes: source.attributes,
    media: (source.media ?? []).map(({ sid, size, filename, content_type }) => ({
      sid,
      size,
      filename,
      contentType: content_type,
    })),
    participantSid: source.participantSid,
    createdAt: isoMillis(source.dateCreated),
  });

  const mine = (sid: string) => {
    const found = findConversation(state, sid);
    return found && findParticipant(found, agent.identity) ? found : undefined;
  };

  return {
    account: {
      accountSid: state.credentials.accountSid,
      workspaceSid: taskRouter.workspace.sid,
      chatServiceSid: state.serviceSid,
      flexInstanceSid: state.flexInstanceSid,
    },
    worker,
    workers: () => [...taskRouter.workers.values()].map(workerOf),
    queues: () =>
      [...taskRouter.queues.values()].map(({ sid, friendlyName }) => ({ sid, name: friendlyName })),
    activities: () =>
      [...taskRouter.activities.values()].map(({ sid, friendlyName, available }) => ({
        sid,
        name: friendlyName,
        available,
      })),
    setActivity(activitySid) {
      updateWorker(state, getWorker(state, agent.workerSid), { activitySid });
      const changed = worker();
      for (const listener of activityListeners) listener({ type: 'activity', worker: changed });
    },
    reservations: () => agent.reservations().map(({ sid }) => reservation(getReservation(state, sid))),
    reservation(sid) {
      const found = taskRouter.reservations.get(sid);
      return found?.workerSid === agent.workerSid ? reservation(found) : undefined;
    },
    task(sid) {
      const found = taskRouter.tasks.get(sid);
      return found && task(found);
    },
    acceptReservation(sid) {
      void agent.accept(sid);
      return reservation(getReservation(state, sid));
    },
    rejectReservation(sid) {
      agent.reject(sid);
      return reservation(getReservation(state, sid));
    },
    wrapUpTask(sid) {
      agent.endChat(sid);
      return task(getTask(state, sid));
    },
    completeTask(sid) {
      agent.complete(sid);
      return task(getTask(state, sid));
    },
    interaction: interactionCommands(state, agent),
    conversations: () => [...state.conversations.keys()].flatMap((sid) => mine(sid) ?? []).map(conversation),
    conversation: (sid) => {
      const found = mine(sid);
      return found && conversation(found);
    },
    participants: (sid) => [...getConversation(state, sid).participants.values()].map(participant),
    friendlyName: (identity) => findUser(state, identity)?.friendlyName ?? identity,
    messages: (sid) => getConversation(state, sid).messages.map(message),
    sendMessage: (sid, { body, attributes, mediaSids }) =>
      message(
        addMessage(
          state,
          getConversation(state, sid),
          { author: agent.identity, body, attributes, mediaSids },
          { kind: 'sdk', identity: agent.identity },
        ),
      ),
    mediaContent: (path, request) => media.handle(new Request(`http://localhost/mcs${path}`, request)),
    read(sid, lastReadMessageIndex) {
      const room = getConversation(state, sid);
      const self = findParticipant(room, agent.identity);
      const sdk = { kind: 'sdk', identity: agent.identity } as const;
      if (self && room.state !== 'closed')
        updateParticipant(state, room, self, { lastReadMessageIndex }, sdk);
    },
    typing: (sid) => agent.typing(sid),
    subscribe,
  };

  function subscribe(listener: (change: FlexChange) => void): () => void {
    activityListeners.add(listener);
    const stops = [
      () => void activityListeners.delete(listener),
      state.events.on('reservation', ({ reservationSid, workerSid, status }) => {
        if (workerSid !== agent.workerSid) return;
        const changed = reservation(getReservation(state, reservationSid));
        listener({ type: 'reservation', event: EVENTS[status], reservation: changed });
      }),
      state.events.on('participant', ({ conversationSid, participantSid, identity, change }) => {
        const room = findConversation(state, conversationSid);
        if (!room) return;
        const found = room.participants.get(participantSid);
        const who = found
          ? participant(found)
          : {
              sid: participantSid,
              identity: identity ?? '',
              attributes: '{}',
              createdAt: isoMillis(state.clock.now()),
              lastReadIndex: null,
            };
        listener({ type: `participant-${change}`, conversationSid, participant: who });
        if (identity !== agent.identity) return;
        const type = { added: 'joined', updated: 'read', removed: 'left' } as const;
        listener({ type: `conversation-${type[change]}`, conversation: conversation(room) });
      }),
      state.events.on('conversation', ({ conversationSid, change }) => {
        const room = mine(conversationSid);
        if (room && change === 'updated')
          listener({ type: 'conversation-updated', conversation: conversation(room) });
      }),
      state.events.on('message', ({ conversationSid, messageSid, index, change }) => {
        const room = mine(conversationSid);
        if (!room) return;
        if (change === 'removed') return listener({ type: 'message-removed', conversationSid, index });
        const changed = message(getMessage(room, messageSid));
        listener({ type: `message-${change}`, conversationSid, message: changed });
      }),
      state.events.on('typing', ({ conversationSid, identity }) => {
        if (mine(conversationSid)) listener({ type: 'typing', conversationSid, identity });
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }
}
