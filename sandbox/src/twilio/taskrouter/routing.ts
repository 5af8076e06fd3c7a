import { jsonObject } from '../http.ts';
import { newSid } from '../sids.ts';
import type { TwilioState } from '../state.ts';
import { fireTaskEvent } from './events.ts';
import { matches } from './expression.ts';
import type { Reservation, Task, Worker } from './model.ts';

/** How long a task is not offered again to a worker who declined it. */
const RE_OFFER_MS = 10_000;

/** Offers every pending task to the worker who fits and has waited longest, by priority and then by age. */
export function routePending(state: TwilioState): void {
  const pending = [...state.taskRouter.tasks.values()]
    .filter(({ status }) => status === 'pending')
    .sort((a, b) => b.priority - a.priority || a.dateCreated - b.dateCreated);
  for (const task of pending) {
    const worker = chooseWorker(state, task);
    if (worker) reserve(state, task, worker);
  }
}

/** Takes a pending offer back from a worker and lets the others have it. */
export function passOn(state: TwilioState, task: Task, workerSid: string): void {
  task.declinedBy.add(workerSid);
  state.clock.after(RE_OFFER_MS, () => {
    if (task.declinedBy.delete(workerSid) && task.status === 'pending') routePending(state);
  });
  if (task.status === 'reserved') {
    task.status = 'pending';
    task.dateUpdated = state.clock.now();
    state.events.emit('task', { taskSid: task.sid, status: 'pending' });
  }
  routePending(state);
}

function chooseWorker(state: TwilioState, task: Task): Worker | undefined {
  const { workers, activities, queues } = state.taskRouter;
  const target = queues.get(task.queueSid)?.targetWorkers || '1==1';
  return [...workers.values()]
    .filter(
      (worker) =>
        (!task.routingTarget || worker.sid === task.routingTarget) &&
        activities.get(worker.activitySid)?.available === true &&
        !task.declinedBy.has(worker.sid) &&
        (task.routingTarget !== null || matches(target, jsonObject(worker.attributes, 'Attributes'))) &&
        (task.ignoreCapacity || assignedTasks(state, worker, task.taskChannelSid) < capacity(worker, task)),
    )
    .sort((a, b) => lastOffer(state, a) - lastOffer(state, b))[0];
}

/** How many tasks of a task channel fill a worker's capacity. */
export function assignedTasks(state: TwilioState, worker: Worker, taskChannelSid: string): number {
  let count = 0;
  for (const { workerSid, taskSid, status } of state.taskRouter.reservations.values()) {
    if (workerSid !== worker.sid || !['pending', 'accepted', 'wrapping'].includes(status)) continue;
    if (state.taskRouter.tasks.get(taskSid)?.taskChannelSid === taskChannelSid) count += 1;
  }
  return count;
}

function capacity(worker: Worker, task: Task): number {
  const channel = worker.channels.get(task.taskChannelSid);
  return channel?.available === false ? 0 : (channel?.capacity ?? 1);
}

function lastOffer(state: TwilioState, worker: Worker): number {
  let latest = 0;
  for (const { workerSid, dateCreated } of state.taskRouter.reservations.values()) {
    if (workerSid === worker.sid) latest = Math.max(latest, dateCreated);
  }
  return latest;
}

function reserve(state: TwilioState, task: Task, worker: Worker): void {
  const now = state.clock.now();
  const reservation: Reservation = {
    sid: newSid('WR'),
    taskSid: task.sid,
    workerSid: worker.sid,
    status: 'pending',
    cancelTimeout: () => {},
    dateCreated: now,
    dateUpdated: now,
  };
  const seconds = state.taskRouter.workflows.get(task.workflowSid ?? '')?.taskReservationTimeout ?? 120;
  reservation.cancelTimeout = state.clock.after(seconds * 1000, () => {
    if (reservation.status !== 'pending') return;
    reservation.status = 'timeout';
    reservation.dateUpdated = state.clock.now();
    announce(state, reservation, 'reservation.timeout', task);
    passOn(state, task, worker.sid);
  });
  state.taskRouter.reservations.set(reservation.sid, reservation);
  task.status = 'reserved';
  task.dateUpdated = now;
  state.events.emit('task', { taskSid: task.sid, status: 'reserved' });
  announce(state, reservation, 'reservation.created', task);
}

function announce(state: TwilioState, reservation: Reservation, event: string, task: Task): void {
  const { sid, taskSid, workerSid, status } = reservation;
  state.events.emit('reservation', { reservationSid: sid, taskSid, workerSid, status });
  fireTaskEvent(state, event, { task, reservation });
}
