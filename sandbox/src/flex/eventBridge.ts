import { codes, invalid, notFound, TwilioError } from '../twilio/errors.ts';
import type { FlexBackend, InteractionCommand } from './backend.ts';
import { taskRouterWire } from './taskRouterWire.ts';

/** One command of the TaskRouter SDK: a REST path inside of a POST body. */
export interface EventBridgeRequest {
  url?: string;
  method?: string;
  params?: Record<string, unknown>;
  token?: string;
}

/** A message for the worker's event socket. */
export interface EventBridgeEvent {
  event_type: string;
  payload: unknown;
}

type Params = Record<string, unknown>;

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1000;
const PATH = /^Workspaces\/WS\w+\/(\w+)(?:\/(\w+))?(?:\/(\w+))?(?:\/(\w+))?$/;

export type EventBridge = ReturnType<typeof eventBridge>;

/**
 * TaskRouter as the worker SDK in the browser uses it (twilio-taskrouter 2.1: commands over HTTP, events over a
 * WebSocket). `undefined`: an unsupported command. Refusals are `TwilioError`s.
 */
export function eventBridge(backend: FlexBackend) {
  const wire = taskRouterWire(backend);

  function answer({ url = '', method = 'GET', params = {}, token = '' }: EventBridgeRequest): unknown {
    backend.checkToken(token);
    if (url.includes('/Interactions/') || url.startsWith('v1/Channels'))
      return backend.interaction({ url, method, params: params as InteractionCommand['params'] });
    const [, list, sid, part, partSid] = PATH.exec(url) ?? [];
    const isPost = method === 'POST';
    if (list === 'Workers' && sid && part) {
      if (sid !== backend.worker().sid) throw notFound(`/Workers/${sid}/${part}`);
      return ofWorker(part, partSid, isPost, params);
    }
    if (part) return undefined;
    if (list === 'Tasks' && !sid && isPost) return wire.task(createTask(params));
    if (list === 'Tasks' && sid)
      return isPost ? updateTask(sid, params) : wire.task(known(backend.task(sid), sid));
    if (list === 'Workers' && sid && isPost) return updateWorker(sid, params);
    if (isPost) return undefined;
    if (list === 'Workers') return sid ? wire.worker(one(backend.workers(), sid)) : workers(params);
    if (list === 'TaskQueues') return sid ? wire.queue(one(backend.queues(), sid)) : queues(params);
    if (list === 'Activities' && !sid) return page(wire.activities(), params);
    return undefined;
  }

  function ofWorker(part: string, sid: string | undefined, isPost: boolean, params: Params): unknown {
    if (part === 'Reservations' && sid)
      return wire.reservation(isPost ? updateReservation(sid, params) : known(backend.reservation(sid), sid));
    if (isPost) {
      const task = part === 'Transfers' && !sid ? backend.task(textOf(params.TaskSid) ?? '') : undefined;
      // Unverified: with which words. The page says that conversations are transferred by the Interactions API.
      if (task && JSON.parse(task.attributes).flexInteractionChannelSid)
        throw invalid('A task of an interaction is transferred on its channel');
      return undefined;
    }
    if (part === 'Reservations') return page(backend.reservations().map(wire.reservation), params);
    if (part === 'WorkerChannels') return page(wire.channels(), params);
    if (part === 'Transfers' && !sid) return page([], params);
    return undefined;
  }

  function updateReservation(sid: string, params: Params) {
    const status = textOf(params.ReservationStatus);
    const { task } = known(backend.reservation(sid), sid);
    if (status === 'accepted') return backend.acceptReservation(sid);
    if (status === 'rejected') return backend.rejectReservation(sid, textOf(params.WorkerActivitySid));
    if (status === 'wrapping') backend.wrapUpTask(task.sid);
    else if (status === 'completed') backend.completeTask(task.sid);
    else throw invalid(`ReservationStatus cannot be set to ${status}`);
    return known(backend.reservation(sid), sid);
  }

  function updateTask(sid: string, params: Params) {
    known(backend.task(sid), sid);
    const { AssignmentStatus: status, VirtualStartTime: time } = params;
    if (status === 'wrapping') return wire.task(backend.wrapUpTask(sid, textOf(params.Reason)));
    if (status === 'completed') return wire.task(backend.completeTask(sid, textOf(params.Reason)));
    if (status !== undefined) throw invalid(`AssignmentStatus cannot be set to ${String(status)}`);
    const virtualStartTime = time === undefined ? undefined : Date.parse(String(time));
    if (Number.isNaN(virtualStartTime)) throw invalid('VirtualStartTime is not an ISO 8601 date');
    return wire.task(backend.updateTask(sid, { attributes: attributesOf(params), virtualStartTime }));
  }

  function updateWorker(sid: string, params: Params) {
    const change = { activitySid: textOf(params.ActivitySid), attributes: attributesOf(params) };
    const updated = backend.updateWorker(sid, change);
    if (params.RejectPendingReservations === true && sid === backend.worker().sid) {
      for (const { sid: pending, status } of backend.reservations())
        if (status === 'pending') backend.rejectReservation(pending);
    }
    return wire.worker(updated);
  }

  const createTask = (params: Params) =>
    backend.createTask({
      attributes: attributesOf(params) ?? '{}',
      workflowSid: textOf(params.WorkflowSid),
      queueSid: textOf(params.TaskQueueSid),
      workerSid: textOf(params.RoutingTarget),
      taskChannel: textOf(params.TaskChannelSid) ?? textOf(params.TaskChannelUniqueName),
    });

  /** Of the filters of the SDK the names; expressions are for a real TaskRouter. */
  function workers(params: Params) {
    const { FriendlyName: name, ActivitySid: activity, TargetWorkersExpression: expression } = params;
    if (expression !== undefined) return undefined;
    const found = backend
      .workers()
      .filter((worker) => name === undefined || worker.identity === name)
      .filter((worker) => activity === undefined || worker.activitySid === activity);
    return page(found.map(wire.worker), params);
  }

  const queues = (params: Params) =>
    page(
      backend
        .queues()
        .filter(({ name }) => params.FriendlyName === undefined || name === params.FriendlyName)
        .map(wire.queue),
      params,
    );

  /** The first message of the socket. Throws 401 for a token that is none, or over. */
  function greeting(token: string): EventBridgeEvent {
    const { accountSid, workspaceSid } = backend.account;
    return {
      event_type: 'init',
      payload: {
        channel_id: backend.worker().sid,
        account_sid: accountSid,
        workspace_sid: workspaceSid,
        // Milliseconds: the client sets a timer by it.
        token_lifetime: Math.min(backend.checkToken(token).lifetime, MAX_TOKEN_LIFETIME_MS),
      },
    };
  }

  /** Calls back with every event for the worker's socket until the returned function is called. */
  function subscribe(send: (event: EventBridgeEvent) => void): () => void {
    return backend.subscribe((change) => {
      if (change.type === 'worker')
        send({ event_type: `worker.${change.event}.update`, payload: wire.worker(change.worker) });
      if (change.type === 'reservation')
        send({ event_type: `reservation.${change.event}`, payload: wire.reservation(change.reservation) });
      if (change.type === 'task')
        send({ event_type: `task.${change.event}`, payload: wire.task(change.task) });
    });
  }

  return { answer, greeting, subscribe };
}

/** The client's timer fires at once beyond what 32 bits hold. */
const MAX_TOKEN_LIFETIME_MS = 2 ** 31 - 1;

/** A page of a list; the next one begins after an entry, or by a token where the list is ordered. */
function page(all: { sid: string }[], params: Params) {
  const size = Number(params.PageSize ?? DEFAULT_PAGE_SIZE);
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE_SIZE)
    throw new TwilioError(400, codes.pageSizeTooLarge, `PageSize must be from 1 to ${MAX_PAGE_SIZE}`);
  const after = textOf(params.AfterSid) ?? textOf(params.NextToken);
  const start = after === undefined ? 0 : all.findIndex(({ sid }) => sid === after) + 1;
  const contents = all.slice(start, start + size);
  const next = start + size < all.length ? (contents.at(-1)?.sid ?? null) : null;
  return { contents, total: all.length, after_sid: next, meta: { next_token: next } };
}

function known<One>(found: One | undefined, sid: string): One {
  if (found === undefined) throw notFound(`/${sid}`);
  return found;
}

const one = <One extends { sid: string }>(all: One[], sid: string): One =>
  known(
    all.find((each) => each.sid === sid),
    sid,
  );

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The SDK sends attributes as an object, others as JSON text. */
function attributesOf({ Attributes: given }: Params): string | undefined {
  return given === undefined || typeof given === 'string' ? given : JSON.stringify(given);
}
