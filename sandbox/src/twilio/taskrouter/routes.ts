import { codes, invalid, TwilioError } from '../errors.ts';
import {
  type Call,
  created,
  noContent,
  optional,
  optionalBoolean,
  optionalInteger,
  required,
} from '../http.ts';
import { paged } from '../paging.ts';
import type { TwilioState } from '../state.ts';
import { matches } from './expression.ts';
import {
  reservationJson,
  TASKROUTER_URL,
  taskJson,
  workerChannelJson,
  workerJson,
  workspaceJson,
  workspaceUrl,
} from './json.ts';
import type { Reservation, Task } from './model.ts';
import { workspaceProduct } from './product.ts';
import { getReservation, updateReservation } from './reservations.ts';
import { routePending } from './routing.ts';
import {
  cancelTask,
  completeTask,
  createTask,
  getTask,
  reservationsOf,
  updateTask,
  wrapTask,
} from './tasks.ts';
import { createWorker, getWorker, updateWorker } from './workers.ts';

/** Workspaces, tasks, workers and reservations. https://www.twilio.com/docs/taskrouter/api */
export function taskRouterRoutes(state: TwilioState) {
  const taskRouter = state.taskRouter;

  return workspaceProduct(state)
    .get('', ({ call }) => {
      const name = call.query.get('FriendlyName');
      const found = [taskRouter.workspace].filter(({ friendlyName }) => !name || friendlyName === name);
      return paged(call, 'workspaces', `${TASKROUTER_URL}/Workspaces`, found, () => workspaceJson(state));
    })
    .get('/:workspace', () => workspaceJson(state))
    .post('/:workspace', ({ call }) => {
      const { form } = call;
      taskRouter.workspace.friendlyName = optional(form, 'FriendlyName') ?? taskRouter.workspace.friendlyName;
      taskRouter.workspace.eventCallbackUrl =
        optional(form, 'EventCallbackUrl') ?? taskRouter.workspace.eventCallbackUrl;
      taskRouter.workspace.eventsFilter = optional(form, 'EventsFilter') ?? taskRouter.workspace.eventsFilter;
      taskRouter.workspace.dateUpdated = state.clock.now();
      return workspaceJson(state);
    })

    .get('/:workspace/Tasks', ({ call }) => {
      const statuses = call.query.getAll('AssignmentStatus').flatMap((value) => value.split(','));
      const wanted = call.query.get('EvaluateTaskAttributes');
      const found = [...taskRouter.tasks.values()].filter(
        ({ status, attributes }) =>
          (statuses.length === 0 || statuses.includes(status)) &&
          (wanted === null || matches(wanted, JSON.parse(attributes))),
      );
      return paged(call, 'tasks', `${workspaceUrl(state)}/Tasks`, found, (task) => taskJson(state, task));
    })
    .post('/:workspace/Tasks', ({ call }) => {
      const { form } = call;
      const task = createTask(state, {
        attributes: optional(form, 'Attributes') ?? '{}',
        workflowSid: optional(form, 'WorkflowSid'),
        queueSid: optional(form, 'TaskQueueSid'),
        workerSid: optional(form, 'RoutingTarget'),
        taskChannel: optional(form, 'TaskChannel'),
        priority: optionalInteger(form, 'Priority'),
        timeout: optionalInteger(form, 'Timeout'),
        ignoreCapacity: optionalBoolean(form, 'IgnoreCapacity'),
      });
      routePending(state);
      return created(taskJson(state, task));
    })
    .get('/:workspace/Tasks/:task', ({ params }) => withEtag(state, getTask(state, params.task)))
    .post('/:workspace/Tasks/:task', ({ params, call }) => {
      const { form } = call;
      const task = getTask(state, params.task);
      requireMatch(call, task);
      const attributes = optional(form, 'Attributes');
      const status = optional(form, 'AssignmentStatus');
      const reason = optional(form, 'Reason');
      const priority = optionalInteger(form, 'Priority');
      updateTask(state, task, { attributes, priority });
      if (status === 'completed') completeTask(state, task, reason);
      else if (status === 'wrapping') wrapTask(state, task, reason);
      else if (status === 'canceled' || status === 'pending') {
        if (status === 'canceled') {
          refuseForFlex(task.attributes);
          cancelTask(state, task, reason ?? '');
        }
      } else if (status !== undefined) throw invalid(`AssignmentStatus cannot be set to ${status}`);
      state.events.emit('task', { taskSid: task.sid, status: task.status });
      return withEtag(state, task);
    })
    .delete('/:workspace/Tasks/:task', ({ params, call }) => {
      const task = getTask(state, params.task);
      requireMatch(call, task);
      refuseForFlex(task.attributes);
      cancelTask(state, task, 'Deleted');
      taskRouter.tasks.delete(task.sid);
      return noContent();
    })

    .get('/:workspace/Tasks/:task/Reservations', ({ params, call }) => {
      const task = getTask(state, params.task);
      const found = ofStatus(reservationsOf(state, task), call.query.get('ReservationStatus'));
      const url = `${workspaceUrl(state)}/Tasks/${task.sid}/Reservations`;
      return paged(call, 'reservations', url, found, (one) => reservationJson(state, one, 'task'));
    })
    .get('/:workspace/Tasks/:task/Reservations/:reservation', ({ params }) =>
      reservationJson(state, getReservation(state, params.reservation), 'task'),
    )
    .post('/:workspace/Tasks/:task/Reservations/:reservation', ({ params, call }) => {
      const reservation = getReservation(state, params.reservation);
      const status = optional(call.form, 'ReservationStatus');
      if (status) updateReservation(state, reservation, status);
      return reservationJson(state, reservation, 'task');
    })

    .get('/:workspace/Workers', ({ call }) => {
      const name = call.query.get('FriendlyName');
      const found = [...taskRouter.workers.values()].filter(
        ({ friendlyName }) => !name || friendlyName === name,
      );
      return paged(call, 'workers', `${workspaceUrl(state)}/Workers`, found, (worker) =>
        workerJson(state, worker),
      );
    })
    .post('/:workspace/Workers', ({ call }) => {
      const friendlyName = required(call.form, 'FriendlyName');
      return created(workerJson(state, createWorker(state, { ...readWorker(call.form), friendlyName })));
    })
    .get('/:workspace/Workers/:worker', ({ params }) => workerJson(state, getWorker(state, params.worker)))
    .post('/:workspace/Workers/:worker', ({ params, call }) => {
      const worker = getWorker(state, params.worker);
      updateWorker(state, worker, readWorker(call.form));
      return workerJson(state, worker);
    })
    .get('/:workspace/Workers/:worker/Channels', ({ params, call }) => {
      const worker = getWorker(state, params.worker);
      const url = `${workspaceUrl(state)}/Workers/${worker.sid}/Channels`;
      return paged(call, 'channels', url, [...worker.channels.values()], (channel) =>
        workerChannelJson(state, worker, channel),
      );
    })
    .get('/:workspace/Workers/:worker/Reservations', ({ params, call }) => {
      const worker = getWorker(state, params.worker);
      const own = [...taskRouter.reservations.values()].filter(({ workerSid }) => workerSid === worker.sid);
      const found = ofStatus(own, call.query.get('ReservationStatus'));
      const url = `${workspaceUrl(state)}/Workers/${worker.sid}/Reservations`;
      return paged(call, 'reservations', url, found, (one) => reservationJson(state, one, 'worker'));
    })
    .get('/:workspace/Workers/:worker/Reservations/:reservation', ({ params }) =>
      reservationJson(state, getReservation(state, params.reservation), 'worker'),
    )
    .post('/:workspace/Workers/:worker/Reservations/:reservation', ({ params, call }) => {
      const reservation = getReservation(state, params.reservation);
      const status = optional(call.form, 'ReservationStatus');
      if (status) updateReservation(state, reservation, status);
      return reservationJson(state, reservation, 'worker');
    });
}

function ofStatus(reservations: Reservation[], status: string | null): Reservation[] {
  return reservations.filter((reservation) => !status || reservation.status === status);
}

/** https://www.twilio.com/docs/taskrouter/api/task#update-a-task-resource */
const etagOf = ({ version }: Task): string => `"${version}"`;

const withEtag = (state: TwilioState, task: Task): Response =>
  Response.json(taskJson(state, task), { headers: { etag: etagOf(task) } });

/** An update for a version that is not the latest any more changes nothing. */
function requireMatch({ ifMatch }: Call, task: Task): void {
  if (ifMatch === null || ifMatch === '*' || ifMatch === etagOf(task)) return;
  throw new TwilioError(412, codes.preconditionFailed, 'The ETag of the task is not the one in If-Match');
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
