import { invalid, notFound } from '../errors.ts';
import type { TwilioState } from '../state.ts';
import type { Reservation, Task } from './model.ts';
import { passOn } from './routing.ts';
import { completeTask, getTask, setReservationStatus, setTaskStatus, wrapTask } from './tasks.ts';

export function getReservation(state: TwilioState, sid: string): Reservation {
  const reservation = state.taskRouter.reservations.get(sid);
  if (!reservation) throw notFound(`/Workspaces/${state.taskRouter.workspace.sid}/Reservations/${sid}`);
  return reservation;
}

/** As `getReservation`; other workers' are unknown too. */
export function ownReservation(state: TwilioState, workerSid: string, sid: string): Reservation {
  const reservation = getReservation(state, sid);
  if (reservation.workerSid !== workerSid) throw notFound(`/Workers/${workerSid}/Reservations/${sid}`);
  return reservation;
}

/** The worker takes the task. Flex is notified by the `reservation` event and lets the agent join. */
export function acceptReservation(state: TwilioState, reservation: Reservation): void {
  const task = pendingTask(state, reservation, 'accepted');
  setTaskStatus(state, task, 'assigned');
  setReservationStatus(state, reservation, 'accepted');
}

/** The worker declines; the task is offered to the next one. */
export function rejectReservation(state: TwilioState, reservation: Reservation): void {
  const task = pendingTask(state, reservation, 'rejected');
  setReservationStatus(state, reservation, 'rejected');
  passOn(state, task, reservation.workerSid);
}

/** A reservation's update by REST: the worker accepts, declines, wraps up or completes. */
export function updateReservation(state: TwilioState, reservation: Reservation, status: string): void {
  const task = getTask(state, reservation.taskSid);
  if (status === 'accepted') acceptReservation(state, reservation);
  else if (status === 'rejected') rejectReservation(state, reservation);
  else if (status === 'wrapping') wrapTask(state, task);
  else if (status === 'completed') completeTask(state, task);
  else throw invalid(`ReservationStatus cannot be set to ${status}`);
}

function pendingTask(state: TwilioState, reservation: Reservation, wanted: string): Task {
  if (reservation.status !== 'pending') {
    throw invalid(`Reservation ${reservation.sid} is ${reservation.status} and cannot be ${wanted}`);
  }
  return getTask(state, reservation.taskSid);
}
