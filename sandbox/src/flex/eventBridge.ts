import type { FlexBackend, InteractionCommand } from './backend.ts';
import { taskRouterWire } from './taskRouterWire.ts';

/** One command of the TaskRouter SDK: a REST path inside of a POST body. */
export interface EventBridgeRequest {
  url?: string;
  method?: string;
  params?: Record<string, unknown>;
}

/** A message for the worker's event socket. */
export interface EventBridgeEvent {
  event_type: string;
  payload: unknown;
}

/**
 * TaskRouter as the worker SDK in the browser uses it (twilio-taskrouter 2.1: commands over HTTP, events over a
 * WebSocket). `undefined`: an unsupported command.
 */
export function eventBridge(backend: FlexBackend) {
  const wire = taskRouterWire(backend);
  const page = (contents: unknown[]) => ({
    contents,
    total: contents.length,
    after_sid: null,
    meta: { next_token: null },
  });

  function answer({ url = '', method = 'GET', params = {} }: EventBridgeRequest): unknown {
    if (url.includes('/Interactions/'))
      return backend.interaction({ url, method, params: params as InteractionCommand['params'] });
    const reservationSid = /Reservations\/(WR\w+)$/.exec(url)?.[1];
    if (reservationSid) return updateReservation(reservationSid, textOf(params.ReservationStatus));
    const taskSid = /Tasks\/(WT\w+)$/.exec(url)?.[1];
    if (taskSid) return updateTask(taskSid, textOf(params.AssignmentStatus), textOf(params.Reason));
    const workerSid = /Workers\/(WK\w+)$/.exec(url)?.[1];
    if (workerSid) {
      const activitySid = textOf(params.ActivitySid);
      if (activitySid && workerSid === backend.worker().sid) backend.setActivity(activitySid);
      const worker = backend.workers().find(({ sid }) => sid === workerSid);
      return worker && wire.worker(worker);
    }
    const queueSid = /TaskQueues\/(WQ\w+)$/.exec(url)?.[1];
    if (queueSid) {
      const queue = backend.queues().find(({ sid }) => sid === queueSid);
      return queue && wire.queue(queue);
    }
    if (/Activities$/.test(url)) return page(wire.activities());
    if (/WorkerChannels$/.test(url)) return page(wire.channels());
    if (/Reservations$/.test(url)) return page(backend.reservations().map(wire.reservation));
    if (/Workers$/.test(url)) return page(backend.workers().map(wire.worker));
    if (/TaskQueues$/.test(url)) return page(backend.queues().map(wire.queue));
    if (/Transfers$/.test(url)) return page([]);
    return undefined;
  }

  function updateReservation(sid: string, status: string | undefined) {
    if (status === 'accepted') return wire.reservation(backend.acceptReservation(sid));
    if (status === 'rejected') return wire.reservation(backend.rejectReservation(sid));
    const known = backend.reservation(sid);
    if (known && status === 'wrapping') backend.wrapUpTask(known.task.sid);
    if (known && status === 'completed') backend.completeTask(known.task.sid, '');
    return known && wire.reservation(known);
  }

  function updateTask(sid: string, status: string | undefined, reason = '') {
    if (status === 'wrapping') return wire.task(backend.wrapUpTask(sid));
    if (status === 'completed') return wire.task(backend.completeTask(sid, reason));
    const known = backend.task(sid);
    return known && wire.task(known);
  }

  /** The first message of the socket. */
  function greeting(): EventBridgeEvent {
    const { accountSid, workspaceSid } = backend.account;
    return {
      event_type: 'init',
      payload: {
        channel_id: backend.worker().sid,
        account_sid: accountSid,
        workspace_sid: workspaceSid,
        token_lifetime: 86_400,
      },
    };
  }

  /** Calls back with every event for the worker's socket until the returned function is called. */
  function subscribe(send: (event: EventBridgeEvent) => void): () => void {
    return backend.subscribe((change) => {
      if (change.type === 'activity') {
        send({ event_type: 'worker.activity.update', payload: wire.worker(change.worker) });
      }
      if (change.type === 'reservation') {
        send({ event_type: `reservation.${change.event}`, payload: wire.reservation(change.reservation) });
      }
    });
  }

  return { answer, greeting, subscribe };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
