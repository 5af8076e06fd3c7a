import { Elysia } from 'elysia';
import type {
  FlexBackend,
  FlexChange,
  FlexReservation,
  FlexTask,
  FlexWorker,
  ReservationEvent,
  TaskEvent,
} from '../../flex/backend.ts';
import { isoMillis } from '../clock.ts';
import { findUser } from '../conversations/users.ts';
import { codes, errorResponse, invalid, notFound, TwilioError } from '../errors.ts';
import { channelConfigs } from '../flex/account-routes.ts';
import { identityOfWorker } from '../flex/agents.ts';
import { mediaRoutes, mediaSetRoute, temporaryMediaRoute } from '../media.ts';
import type { TwilioState } from '../state.ts';
import type { Reservation, ReservationStatus, Task, TaskStatus, Worker } from '../taskrouter/model.ts';
import {
  acceptReservation,
  getReservation,
  ownReservation,
  rejectReservation,
} from '../taskrouter/reservations.ts';
import { assignedTasks, routePending } from '../taskrouter/routing.ts';
import { createTask, getTask, reservationsOf, updateTask } from '../taskrouter/tasks.ts';
import { getWorker, updateWorker } from '../taskrouter/workers.ts';
import type { Agent } from './agent.ts';
import { chatBackend } from './chat-backend.ts';
import { interactionCommands } from './interaction-commands.ts';
import { checkToken, watchToken } from './session.ts';

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
const TASK_EVENTS: Partial<Record<TaskStatus, TaskEvent>> = {
  wrapping: 'wrapup',
  completed: 'completed',
  canceled: 'canceled',
};
const DEFAULT_RESERVATION_TIMEOUT_SECONDS = 120;

/** This account as the real Flex UI sees it when an agent is logged in. */
export function flexBackend(state: TwilioState, agent: Agent): FlexBackend {
  const { taskRouter } = state;
  // Flex takes a change only when its version is higher than the one before.
  let version = 0;
  const { subscribe: subscribeToChat, ...chat } = chatBackend(state, agent.identity);
  const media = new Elysia()
    .use(mediaRoutes(state))
    .use(temporaryMediaRoute(state))
    .use(mediaSetRoute(state))
    .onError(({ code, path }) => (code === 'NOT_FOUND' ? errorResponse(notFound(path)) : undefined));
  const isSupervisor = agent.roles.some((role) => role === 'supervisor' || role === 'admin');

  const workerOf = (source: Worker): FlexWorker => {
    const identity = identityOfWorker(source);
    return {
      sid: source.sid,
      identity,
      fullName: findUser(state, identity)?.friendlyName ?? identity,
      activitySid: source.activitySid,
      attributes: source.attributes,
      createdAt: isoMillis(source.dateCreated),
      updatedAt: isoMillis(source.dateUpdated),
      changedAt: isoMillis(source.dateStatusChanged),
    };
  };
  const self = () => getWorker(state, agent.workerSid);

  const task = (source: Task): FlexTask => ({
    sid: source.sid,
    attributes: source.attributes,
    assignmentStatus: source.status,
    taskChannelSid: source.taskChannelSid,
    taskChannelUniqueName: taskRouter.taskChannels.get(source.taskChannelSid)?.uniqueName ?? '',
    queueSid: source.queueSid,
    queueName: taskRouter.queues.get(source.queueSid)?.friendlyName ?? '',
    workflowSid: source.workflowSid,
    workflowName: taskRouter.workflows.get(source.workflowSid ?? '')?.friendlyName ?? null,
    priority: source.priority,
    routingTarget: source.routingTarget,
    timeout: source.timeout,
    reason: source.reason,
    createdAt: isoMillis(source.dateCreated),
    updatedAt: isoMillis(source.dateUpdated),
    virtualStartTime: isoMillis(source.virtualStartTime),
    version: ++version,
  });

  const reservation = (source: Reservation): FlexReservation => {
    const of = getTask(state, source.taskSid);
    return {
      sid: source.sid,
      status: source.status,
      task: task(of),
      timeout:
        taskRouter.workflows.get(of.workflowSid ?? '')?.taskReservationTimeout ??
        DEFAULT_RESERVATION_TIMEOUT_SECONDS,
      createdAt: isoMillis(source.dateCreated),
      updatedAt: isoMillis(source.dateUpdated),
      version: ++version,
    };
  };
  const isOwn = (found: Task) =>
    reservationsOf(state, found).some(({ workerSid }) => workerSid === agent.workerSid);
  /** A task that the agent has in hand; others cannot be changed. */
  const ownTask = (sid: string): Task => {
    const found = getTask(state, sid);
    if (!isOwn(found)) throw new TwilioError(403, codes.forbidden, `Task ${sid} is not yours`);
    return found;
  };

  return {
    ...chat,
    account: {
      accountSid: state.credentials.accountSid,
      workspaceSid: taskRouter.workspace.sid,
      chatServiceSid: state.serviceSid,
      flexInstanceSid: state.flexInstanceSid,
      get channelConfigs() {
        return channelConfigs(state);
      },
    },
    checkToken: (token) => checkToken(state, token),
    watchToken: (token, calls) => watchToken(state, token, calls),
    worker: () => workerOf(self()),
    workers: () => [...taskRouter.workers.values()].map(workerOf),
    queues: () =>
      [...taskRouter.queues.values()].map(({ sid, friendlyName }) => ({ sid, name: friendlyName })),
    activities: () =>
      [...taskRouter.activities.values()].map(({ sid, friendlyName, available }) => ({
        sid,
        name: friendlyName,
        available,
      })),
    channels: () =>
      [...self().channels.values()].map(({ sid, taskChannelSid, capacity, available }) => ({
        sid,
        taskChannelSid,
        uniqueName: taskRouter.taskChannels.get(taskChannelSid)?.uniqueName ?? '',
        capacity,
        available,
        assignedTasks: assignedTasks(state, self(), taskChannelSid),
      })),
    updateWorker(sid, change) {
      if (sid !== agent.workerSid && !isSupervisor)
        throw new TwilioError(403, codes.forbidden, `Worker ${sid} is not yours`);
      const worker = getWorker(state, sid);
      updateWorker(state, worker, change);
      return workerOf(worker);
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
    createTask(given) {
      const made = createTask(state, given);
      routePending(state);
      return task(made);
    },
    updateTask(sid, change) {
      const found = ownTask(sid);
      updateTask(state, found, change);
      return task(found);
    },
    acceptReservation(sid) {
      const found = ownReservation(state, agent.workerSid, sid);
      acceptReservation(state, found);
      return reservation(found);
    },
    rejectReservation(sid, activitySid) {
      const found = ownReservation(state, agent.workerSid, sid);
      // First, so that the task is not offered to the same worker again.
      if (activitySid) updateWorker(state, self(), { activitySid });
      rejectReservation(state, found);
      return reservation(found);
    },
    wrapUpTask(sid, reason) {
      const found = ownTask(sid);
      if (found.status !== 'assigned') throw invalid(`Task ${sid} is not assigned and cannot be wrapped up`);
      agent.endChat(sid);
      if (reason) found.reason = reason;
      return task(found);
    },
    completeTask(sid, reason) {
      const found = ownTask(sid);
      if (found.status !== 'assigned' && found.status !== 'wrapping')
        throw invalid(`Task ${sid} is neither assigned nor wrapping and cannot be completed`);
      agent.complete(sid);
      if (reason) found.reason = reason;
      return task(found);
    },
    interaction: interactionCommands(state, agent),
    mediaContent: (product, path, request) =>
      media.handle(new Request(`http://localhost/${product}${path}`, request)),
    subscribe,
  };

  function subscribe(listener: (change: FlexChange) => void): () => void {
    const tellOfTask = (taskSid: string, event: TaskEvent | undefined) => {
      const found = taskRouter.tasks.get(taskSid);
      if (found && event && isOwn(found)) listener({ type: 'task', event, task: task(found) });
    };
    const stops = [
      subscribeToChat(listener),
      state.events.on('worker', ({ workerSid, change }) => {
        if (workerSid === agent.workerSid)
          listener({ type: 'worker', event: change, worker: workerOf(self()) });
      }),
      state.events.on('reservation', ({ reservationSid, workerSid, status }) => {
        if (workerSid !== agent.workerSid) return;
        const changed = reservation(getReservation(state, reservationSid));
        listener({ type: 'reservation', event: EVENTS[status], reservation: changed });
      }),
      state.events.on('task', ({ taskSid, status }) => tellOfTask(taskSid, TASK_EVENTS[status])),
      state.events.on('taskUpdated', ({ taskSid }) => tellOfTask(taskSid, 'updated')),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }
}
