import { invalid, notFound } from '../errors.ts';
import { jsonObject } from '../http.ts';
import { newSid } from '../sids.ts';
import type { World } from '../world.ts';
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

export function findTaskChannel(world: World, sidOrName: string) {
  const { taskChannels } = world.taskRouter;
  return (
    taskChannels.get(sidOrName) ??
    [...taskChannels.values()].find(({ uniqueName }) => uniqueName === sidOrName)
  );
}

export function getTask(world: World, sid: string): Task {
  const task = world.taskRouter.tasks.get(sid);
  if (!task) throw notFound(`/Workspaces/${world.taskRouter.workspace.sid}/Tasks/${sid}`);
  return task;
}

/** Makes a task without offering it to anyone yet; `routePending` does that. */
export function createTask(world: World, request: NewTask): Task {
  const { workflows, queues, workspace } = world.taskRouter;
  jsonObject(request.attributes || '{}', 'Attributes');
  const channel = findTaskChannel(world, request.taskChannel || 'default');
  if (!channel)
    throw invalid(`TaskChannel ${request.taskChannel} was not found in workspace ${workspace.sid}`);
  if (request.queueSid && !queues.has(request.queueSid))
    throw invalid(`TaskQueue ${request.queueSid} was not found`);
  const workflow = request.workflowSid ? workflows.get(request.workflowSid) : onlyOne(workflows);
  if (!workflow && (request.workflowSid || !request.queueSid)) {
    throw invalid(`Workflow ${request.workflowSid ?? ''} was not found in workspace ${workspace.sid}`);
  }
  const queueSid =
    request.queueSid ?? (workflow ? queueFor(world.taskRouter, workflow, request.attributes) : '');
  const now = world.clock.now();
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
    declinedBy: new Set(),
    cancelTimeout: () => {},
    dateCreated: now,
    dateUpdated: now,
  };
  task.cancelTimeout = world.clock.after(timeout * 1000, () => {
    if (task.status === 'pending' || task.status === 'reserved') cancelTask(world, task, 'Task TTL Exceeded');
  });
  world.taskRouter.tasks.set(task.sid, task);
  world.events.emit('task', { taskSid: task.sid, status: task.status });
  fireTaskEvent(world, 'task.created', { task });
  return task;
}

export function setTaskStatus(world: World, task: Task, status: TaskStatus, reason?: string): void {
  if (task.status === status) return;
  task.status = status;
  task.dateUpdated = world.clock.now();
  if (reason !== undefined) task.reason = reason;
  if (status !== 'pending' && status !== 'reserved') task.cancelTimeout();
  world.events.emit('task', { taskSid: task.sid, status });
}

export function setReservationStatus(
  world: World,
  reservation: Reservation,
  status: ReservationStatus,
): void {
  if (reservation.status === status) return;
  reservation.status = status;
  reservation.dateUpdated = world.clock.now();
  reservation.cancelTimeout();
  const { sid, taskSid, workerSid } = reservation;
  world.events.emit('reservation', { reservationSid: sid, taskSid, workerSid, status });
  const task = world.taskRouter.tasks.get(taskSid);
  if (task)
    fireTaskEvent(world, `reservation.${status === 'wrapping' ? 'wrapup' : status}`, { task, reservation });
}

export function reservationsOf(world: World, task: Task): Reservation[] {
  return [...world.taskRouter.reservations.values()].filter(({ taskSid }) => taskSid === task.sid);
}

/** The reservation under which a worker has or had the task in hand. */
export function workingReservation(world: World, task: Task): Reservation | undefined {
  return reservationsOf(world, task).find(({ status }) => status === 'accepted' || status === 'wrapping');
}

export function cancelTask(world: World, task: Task, reason: string): void {
  if (task.status === 'canceled' || task.status === 'completed') return;
  setTaskStatus(world, task, 'canceled', reason);
  for (const reservation of reservationsOf(world, task)) {
    if (['pending', 'accepted', 'wrapping'].includes(reservation.status)) {
      setReservationStatus(world, reservation, 'canceled');
    }
  }
  fireTaskEvent(world, 'task.canceled', { task });
  routePending(world);
}

/** Wrap-up: the worker is done talking and keeps the task to finish it. */
export function wrapTask(world: World, task: Task, reason?: string): void {
  if (task.status !== 'assigned') return;
  setTaskStatus(world, task, 'wrapping', reason);
  fireTaskEvent(world, 'task.wrapup', { task });
  const reservation = workingReservation(world, task);
  if (reservation) setReservationStatus(world, reservation, 'wrapping');
}

export function completeTask(world: World, task: Task, reason?: string): void {
  if (task.status !== 'assigned' && task.status !== 'wrapping') return;
  const reservation = workingReservation(world, task);
  setTaskStatus(world, task, 'completed', reason);
  if (reservation) setReservationStatus(world, reservation, 'completed');
  fireTaskEvent(world, 'task.completed', { task });
  routePending(world);
}

function onlyOne<One>(all: Map<string, One>): One | undefined {
  return all.size === 1 ? [...all.values()][0] : undefined;
}
