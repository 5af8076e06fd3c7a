import { invalid } from '../errors.ts';
import {
  created,
  jsonObject,
  noContent,
  optional,
  optionalBoolean,
  optionalInteger,
  required,
} from '../http.ts';
import { paged } from '../paging.ts';
import type { World } from '../world.ts';
import {
  reservationJson,
  TASKROUTER_URL,
  taskJson,
  workerChannelJson,
  workerJson,
  workspaceJson,
  workspaceUrl,
} from './json.ts';
import type { Reservation } from './model.ts';
import { workspaceProduct } from './product.ts';
import { getReservation, updateReservation } from './reservations.ts';
import { routePending } from './routing.ts';
import { cancelTask, completeTask, createTask, getTask, reservationsOf, wrapTask } from './tasks.ts';
import { createWorker, getWorker, updateWorker } from './workers.ts';

/** Workspaces, tasks, workers and reservations. https://www.twilio.com/docs/taskrouter/api */
export function taskRouterRoutes(world: World) {
  const state = world.taskRouter;

  return workspaceProduct(world)
    .get('', ({ call }) => {
      const name = call.query.get('FriendlyName');
      const found = [state.workspace].filter(({ friendlyName }) => !name || friendlyName === name);
      return paged(call, 'workspaces', `${TASKROUTER_URL}/Workspaces`, found, () => workspaceJson(world));
    })
    .get('/:workspace', () => workspaceJson(world))
    .post('/:workspace', ({ call }) => {
      const { form } = call;
      state.workspace.friendlyName = optional(form, 'FriendlyName') ?? state.workspace.friendlyName;
      state.workspace.eventCallbackUrl =
        optional(form, 'EventCallbackUrl') ?? state.workspace.eventCallbackUrl;
      state.workspace.eventsFilter = optional(form, 'EventsFilter') ?? state.workspace.eventsFilter;
      state.workspace.dateUpdated = world.clock.now();
      return workspaceJson(world);
    })

    .get('/:workspace/Tasks', ({ call }) => {
      const statuses = call.query.getAll('AssignmentStatus').flatMap((value) => value.split(','));
      const found = [...state.tasks.values()].filter(
        ({ status }) => statuses.length === 0 || statuses.includes(status),
      );
      return paged(call, 'tasks', `${workspaceUrl(world)}/Tasks`, found, (task) => taskJson(world, task));
    })
    .post('/:workspace/Tasks', ({ call }) => {
      const { form } = call;
      const task = createTask(world, {
        attributes: optional(form, 'Attributes') ?? '{}',
        workflowSid: optional(form, 'WorkflowSid'),
        queueSid: optional(form, 'TaskQueueSid'),
        workerSid: optional(form, 'RoutingTarget'),
        taskChannel: optional(form, 'TaskChannel'),
        priority: optionalInteger(form, 'Priority'),
        timeout: optionalInteger(form, 'Timeout'),
        ignoreCapacity: optionalBoolean(form, 'IgnoreCapacity'),
      });
      routePending(world);
      return created(taskJson(world, task));
    })
    .get('/:workspace/Tasks/:task', ({ params }) => taskJson(world, getTask(world, params.task)))
    .post('/:workspace/Tasks/:task', ({ params, call }) => {
      const { form } = call;
      const task = getTask(world, params.task);
      const attributes = optional(form, 'Attributes');
      const status = optional(form, 'AssignmentStatus');
      const reason = optional(form, 'Reason');
      const priority = optionalInteger(form, 'Priority');
      if (attributes) {
        jsonObject(attributes, 'Attributes');
        task.attributes = attributes;
      }
      if (priority !== undefined) task.priority = priority;
      task.dateUpdated = world.clock.now();
      if (status === 'completed') completeTask(world, task, reason);
      else if (status === 'wrapping') wrapTask(world, task, reason);
      else if (status === 'canceled' || status === 'pending') {
        if (status === 'canceled') {
          refuseForFlex(task.attributes);
          cancelTask(world, task, reason ?? '');
        }
      } else if (status !== undefined) throw invalid(`AssignmentStatus cannot be set to ${status}`);
      world.events.emit('task', { taskSid: task.sid, status: task.status });
      return taskJson(world, task);
    })
    .delete('/:workspace/Tasks/:task', ({ params }) => {
      const task = getTask(world, params.task);
      refuseForFlex(task.attributes);
      cancelTask(world, task, 'Deleted');
      state.tasks.delete(task.sid);
      return noContent();
    })

    .get('/:workspace/Tasks/:task/Reservations', ({ params, call }) => {
      const task = getTask(world, params.task);
      const found = ofStatus(reservationsOf(world, task), call.query.get('ReservationStatus'));
      const url = `${workspaceUrl(world)}/Tasks/${task.sid}/Reservations`;
      return paged(call, 'reservations', url, found, (one) => reservationJson(world, one, 'task'));
    })
    .get('/:workspace/Tasks/:task/Reservations/:reservation', ({ params }) =>
      reservationJson(world, getReservation(world, params.reservation), 'task'),
    )
    .post('/:workspace/Tasks/:task/Reservations/:reservation', ({ params, call }) => {
      const reservation = getReservation(world, params.reservation);
      const status = optional(call.form, 'ReservationStatus');
      if (status) updateReservation(world, reservation, status);
      return reservationJson(world, reservation, 'task');
    })

    .get('/:workspace/Workers', ({ call }) => {
      const name = call.query.get('FriendlyName');
      const found = [...state.workers.values()].filter(({ friendlyName }) => !name || friendlyName === name);
      return paged(call, 'workers', `${workspaceUrl(world)}/Workers`, found, (worker) =>
        workerJson(world, worker),
      );
    })
    .post('/:workspace/Workers', ({ call }) => {
      const friendlyName = required(call.form, 'FriendlyName');
      return created(workerJson(world, createWorker(world, { ...readWorker(call.form), friendlyName })));
    })
    .get('/:workspace/Workers/:worker', ({ params }) => workerJson(world, getWorker(world, params.worker)))
    .post('/:workspace/Workers/:worker', ({ params, call }) => {
      const worker = getWorker(world, params.worker);
      updateWorker(world, worker, readWorker(call.form));
      return workerJson(world, worker);
    })
    .get('/:workspace/Workers/:worker/Channels', ({ params, call }) => {
      const worker = getWorker(world, params.worker);
      const url = `${workspaceUrl(world)}/Workers/${worker.sid}/Channels`;
      return paged(call, 'channels', url, [...worker.channels.values()], (channel) =>
        workerChannelJson(world, worker, channel),
      );
    })
    .get('/:workspace/Workers/:worker/Reservations', ({ params, call }) => {
      const worker = getWorker(world, params.worker);
      const own = [...state.reservations.values()].filter(({ workerSid }) => workerSid === worker.sid);
      const found = ofStatus(own, call.query.get('ReservationStatus'));
      const url = `${workspaceUrl(world)}/Workers/${worker.sid}/Reservations`;
      return paged(call, 'reservations', url, found, (one) => reservationJson(world, one, 'worker'));
    })
    .get('/:workspace/Workers/:worker/Reservations/:reservation', ({ params }) =>
      reservationJson(world, getReservation(world, params.reservation), 'worker'),
    )
    .post('/:workspace/Workers/:worker/Reservations/:reservation', ({ params, call }) => {
      const reservation = getReservation(world, params.reservation);
      const status = optional(call.form, 'ReservationStatus');
      if (status) updateReservation(world, reservation, status);
      return reservationJson(world, reservation, 'worker');
    });
}

function ofStatus(reservations: Reservation[], status: string | null): Reservation[] {
  return reservations.filter((reservation) => !status || reservation.status === status);
}

/** Tasks of interactions are ended on their channel. https://www.twilio.com/docs/flex/developer/conversations/best-practices */
function refuseForFlex(attributes: string): void {
  if (JSON.parse(attributes).flexInteractionChannelSid) {
    throw invalid('A task of an interaction cannot be canceled or deleted: update the interaction channel');
  }
}

function readWorker(form: URLSearchParams) {
  return {
    friendlyName: optional(form, 'FriendlyName'),
    activitySid: optional(form, 'ActivitySid'),
    attributes: optional(form, 'Attributes'),
  };
}
