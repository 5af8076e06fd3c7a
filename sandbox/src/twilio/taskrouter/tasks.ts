import { invalid, notFound } from '../errors.ts';
import { jsonObject } from '../http.ts';
import { newSid } from '../sids.ts';
import type { TwilioState } from '../state.ts';
import { fireTaskEvent } from './events.ts';
import type { Reservation, ReservationStatus, Task, TaskStatus } from './model.ts';
import { routePending } from './routing.ts';
import { queueFor } from './workflow.ts';

export interface NewTask {
  attributes: string;
  workflowSid?: string | null;
  queueSid?: string | null;
  workerSid?: string | null;
  /** SID or unique name; `default` where absent. */
  taskChannel?: string | null;
  priority?: number;
  /** Seconds. */
  timeout?: number;
  ignoreCapacity?: boolean;
}

export const DEFAULT_TASK_TIMEOUT_SECONDS = 86_400;

export function findTaskChannel(state: TwilioState, sidOrName: string) {
  const { taskChannels } = state.taskRouter;
  return (
    taskChannels.get(sidOrName) ??
    [...taskChannels.values()].find(({ uniqueName }) => uniqueName === sidOrName)
  );
}

export function getTask(state: TwilioState, sid: string): Task {
  const task = state.taskRouter.tasks.get(sid);
  if (!task) throw notFound(`/Workspaces/${state.taskRouter.workspace.sid}/Tasks/${sid}`);
  return task;
}

/** Creates a task; `routePending` offers it. */
export function createTask(state: TwilioState, request: NewTask): Task {
  const { workflows, queues, workspace } = state.taskRouter;
  jsonObject(request.attributes || '{}', 'Attributes');
  const channel = findTaskChannel(state, request.taskChannel || 'default');
  if (!channel)
    throw invalid(`TaskChannel ${request.taskChannel} was not found in workspace ${workspace.sid}`);
  if (request.queueSid && !queues.has(request.queueSid))
    throw invalid(`TaskQueue ${request.queueSid} was not found`);
  const workflow = request.workflowSid ? workflows.get(request.workflowSid) : onlyOne(workflows);
  if (!workflow && (request.workflowSid || !request.queueSid)) {
    throw invalid(`Workflow ${request.workflowSid ?? ''} was not found in workspace ${workspace.sid}`);
  }
  const queueSid =
    request.queueSid ?? (workflow ? queueFor(state.taskRouter, workflow, request.attributes) : '');
  const now = state.clock.now();
  const timeout = request.timeout ?? DEFAULT_TASK_TIMEOUT_SECONDS;
  const task: Task = {
    sid: newSid('WT'),
    status: 'pending',
    attributes: request.attributes || '{}',
    priority: request.priority ?? 0,
    reason: null,
    queueSid,
    workflowSid: workflow?.sid ?? null,
    taskChannelSid: channel.sid,
    timeout,
    routingTarget: request.workerSid ?? null,
    ignoreCapacity: request.ignoreCapacity ?? false,
    virtualStartTime: now,
    version: 0,
    declinedBy: new Set(),
    cancelTimeout: () => {},
    dateCreated: now,
    dateUpdated: now,
  };
  task.cancelTimeout = state.clock.after(timeout * 1000, () => {
    if (task.status === 'pending' || task.status === 'reserved') cancelTask(state, task, 'Task TTL Exceeded');
  });
  state.taskRouter.tasks.set(task.sid, task);
  state.events.emit('task', { taskSid: task.sid, status: task.status });
  fireTaskEvent(state, 'task.created', { task });
  return task;
}

export interface TaskChange {
  /** JSON text. */
  attributes?: string;
  priority?: number;
  /** Milliseconds since 1970. */
  virtualStartTime?: number;
}

/** Changes what is not the status. */
export function updateTask(state: TwilioState, task: Task, change: TaskChange): void {
  if (change.attributes) {
    jsonObject(change.attributes, 'Attributes');
    task.attributes = change.attributes;
  }
  if (change.priority !== undefined) task.priority = change.priority;
  if (change.virtualStartTime !== undefined) task.virtualStartTime = change.virtualStartTime;
  task.dateUpdated = state.clock.now();
  task.version += 1;
  state.events.emit('taskUpdated', { taskSid: task.sid });
  fireTaskEvent(state, 'task.updated', { task });
}

export function setTaskStatus(state: TwilioState, task: Task, status: TaskStatus, reason?: string): void {
  if (task.status === status) return;
  task.status = status;
  task.dateUpdated = state.clock.now();
  task.version += 1;
  if (reason !== undefined) task.reason = reason;
  if (status !== 'pending' && status !== 'reserved') task.cancelTimeout();
  state.events.emit('task', { taskSid: task.sid, status });
}

export function setReservationStatus(
  state: TwilioState,
  reservation: Reservation,
  status: ReservationStatus,
): void {
  if (reservation.status === status) return;
  reservation.status = status;
  reservation.dateUpdated = state.clock.now();
  reservation.cancelTimeout();
  const { sid, taskSid, workerSid } = reservation;
  state.events.emit('reservation', { reservationSid: sid, taskSid, workerSid, status });
  const task = state.taskRouter.tasks.get(taskSid);
  if (task)
    fireTaskEvent(state, `reservation.${status === 'wrapping' ? 'wrapup' : status}`, { task, reservation });
}

export function reservationsOf(state: TwilioState, task: Task): Reservation[] {
  return [...state.taskRouter.reservations.values()].filter(({ taskSid }) => taskSid === task.sid);
}

/** The reservation under which a worker has or had the task in hand. */
export function workingReservation(state: TwilioState, task: Task): Reservation | undefined {
  return reservationsOf(state, task).find(({ status }) => status === 'accepted' || status === 'wrapping');
}

export function cancelTask(state: TwilioState, task: Task, reason: string): void {
  if (task.status === 'canceled' || task.status === 'completed') return;
  setTaskStatus(state, task, 'canceled', reason);
  for (const reservation of reservationsOf(state, task)) {
    if (['pending', 'accepted', 'wrapping'].includes(reservation.status)) {
      setReservationStatus(state, reservation, 'canceled');
    }
  }
  fireTaskEvent(state, 'task.canceled', { task });
  routePending(state);
}

/** Wrap-up: the worker is done talking and keeps the task to finish it. */
export function wrapTask(state: TwilioState, task: Task, reason?: string): void {
  if (task.status !== 'assigned') return;
  setTaskStatus(state, task, 'wrapping', reason);
  fireTaskEvent(state, 'task.wrapup', { task });
  const reservation = workingReservation(state, task);
  if (reservation) setReservationStatus(state, reservation, 'wrapping');
}

export function completeTask(state: TwilioState, task: Task, reason?: string): void {
  if (task.status !== 'assigned' && task.status !== 'wrapping') return;
  const reservation = workingReservation(state, task);
  setTaskStatus(state, task, 'completed', reason);
  if (reservation) setReservationStatus(state, reservation, 'completed');
  fireTaskEvent(state, 'task.completed', { task });
  routePending(state);
}

function onlyOne<One>(all: Map<string, One>): One | undefined {
  return all.size === 1 ? [...all.values()][0] : undefined;
}
