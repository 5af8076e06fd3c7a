import { jsonObject } from '../http.ts';
import { newSid } from '../sids.ts';
import type { World } from '../world.ts';
import { fireTaskEvent } from './events.ts';
import { matches } from './expression.ts';
import type { Reservation, Task, Worker } from './model.ts';

/** How long a worker who declined a task is left in peace before it may be offered again. */
const RE_OFFER_MS = 10_000;

/** Offers every pending task to the worker who fits and has waited longest, by priority and then by age. */
export function routePending(world: World): void {
  const pending = [...world.taskRouter.tasks.values()]
    .filter(({ status }) => status === 'pending')
    .sort((a, b) => b.priority - a.priority || a.dateCreated - b.dateCreated);
  for (const task of pending) {
    const worker = chooseWorker(world, task);
    if (worker) reserve(world, task, worker);
  }
}

/** Takes a pending offer back from a worker and lets the others have it. */
export function passOn(world: World, task: Task, workerSid: string): void {
  task.declinedBy.add(workerSid);
  world.clock.after(RE_OFFER_MS, () => {
    if (task.declinedBy.delete(workerSid) && task.status === 'pending') routePending(world);
  });
  if (task.status === 'reserved') {
    task.status = 'pending';
    task.dateUpdated = world.clock.now();
    world.events.emit('task', { taskSid: task.sid, status: 'pending' });
  }
  routePending(world);
}

function chooseWorker(world: World, task: Task): Worker | undefined {
  const { workers, activities, queues } = world.taskRouter;
  const target = queues.get(task.queueSid)?.targetWorkers || '1==1';
  return [...workers.values()]
    .filter(
      (worker) =>
        (!task.routingTarget || worker.sid === task.routingTarget) &&
        activities.get(worker.activitySid)?.available === true &&
        !task.declinedBy.has(worker.sid) &&
        (task.routingTarget !== null || matches(target, jsonObject(worker.attributes, 'Attributes'))) &&
        (task.ignoreCapacity || assignedTasks(world, worker, task.taskChannelSid) < capacity(worker, task)),
    )
    .sort((a, b) => lastOffer(world, a) - lastOffer(world, b))[0];
}

/** How many tasks of a task channel fill a worker's capacity. */
export function assignedTasks(world: World, worker: Worker, taskChannelSid: string): number {
  let count = 0;
  for (const { workerSid, taskSid, status } of world.taskRouter.reservations.values()) {
    if (workerSid !== worker.sid || !['pending', 'accepted', 'wrapping'].includes(status)) continue;
    if (world.taskRouter.tasks.get(taskSid)?.taskChannelSid === taskChannelSid) count += 1;
  }
  return count;
}

function capacity(worker: Worker, task: Task): number {
  const channel = worker.channels.get(task.taskChannelSid);
  return channel?.available === false ? 0 : (channel?.capacity ?? 1);
}

function lastOffer(world: World, worker: Worker): number {
  let latest = 0;
  for (const { workerSid, dateCreated } of world.taskRouter.reservations.values()) {
    if (workerSid === worker.sid) latest = Math.max(latest, dateCreated);
  }
  return latest;
}

function reserve(world: World, task: Task, worker: Worker): void {
  const now = world.clock.now();
  const reservation: Reservation = {
    sid: newSid('WR'),
    taskSid: task.sid,
    workerSid: worker.sid,
    status: 'pending',
    cancelTimeout: () => {},
    dateCreated: now,
    dateUpdated: now,
  };
  const seconds = world.taskRouter.workflows.get(task.workflowSid ?? '')?.taskReservationTimeout ?? 120;
  reservation.cancelTimeout = world.clock.after(seconds * 1000, () => {
    if (reservation.status !== 'pending') return;
    reservation.status = 'timeout';
    reservation.dateUpdated = world.clock.now();
    announce(world, reservation, 'reservation.timeout', task);
    passOn(world, task, worker.sid);
  });
  world.taskRouter.reservations.set(reservation.sid, reservation);
  task.status = 'reserved';
  task.dateUpdated = now;
  world.events.emit('task', { taskSid: task.sid, status: 'reserved' });
  announce(world, reservation, 'reservation.created', task);
}

function announce(world: World, reservation: Reservation, event: string, task: Task): void {
  const { sid, taskSid, workerSid, status } = reservation;
  world.events.emit('reservation', { reservationSid: sid, taskSid, workerSid, status });
  fireTaskEvent(world, event, { task, reservation });
}
