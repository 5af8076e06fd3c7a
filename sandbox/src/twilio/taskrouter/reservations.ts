import { invalid, notFound } from '../errors.ts';
import type { World } from '../world.ts';
import type { Reservation, Task } from './model.ts';
import { passOn } from './routing.ts';
import { completeTask, getTask, setReservationStatus, setTaskStatus, wrapTask } from './tasks.ts';

export function getReservation(world: World, sid: string): Reservation {
  const reservation = world.taskRouter.reservations.get(sid);
  if (!reservation) throw notFound(`/Workspaces/${world.taskRouter.workspace.sid}/Reservations/${sid}`);
  return reservation;
}

/** The worker takes the task. Flex hears of it through the `reservation` event and lets the agent join. */
export function acceptReservation(world: World, reservation: Reservation): void {
  const task = pendingTask(world, reservation, 'accepted');
  setTaskStatus(world, task, 'assigned');
  setReservationStatus(world, reservation, 'accepted');
}

/** The worker declines; the task is offered to the next one. */
export function rejectReservation(world: World, reservation: Reservation): void {
  const task = pendingTask(world, reservation, 'rejected');
  setReservationStatus(world, reservation, 'rejected');
  passOn(world, task, reservation.workerSid);
}

/** A reservation's update by REST: the worker accepts, declines, wraps up or completes. */
export function updateReservation(world: World, reservation: Reservation, status: string): void {
  const task = getTask(world, reservation.taskSid);
  if (status === 'accepted') acceptReservation(world, reservation);
  else if (status === 'rejected') rejectReservation(world, reservation);
  else if (status === 'wrapping') wrapTask(world, task);
  else if (status === 'completed') completeTask(world, task);
  else throw invalid(`ReservationStatus cannot be set to ${status}`);
}

function pendingTask(world: World, reservation: Reservation, wanted: string): Task {
  if (reservation.status !== 'pending') {
    throw invalid(`Reservation ${reservation.sid} is ${reservation.status} and cannot be ${wanted}`);
  }
  return getTask(world, reservation.taskSid);
}
