import { invalid, notFound } from '../errors.ts';
import { jsonObject } from '../http.ts';
import { newSid } from '../sids.ts';
import type { TwilioState } from '../state.ts';
import type { Worker } from './model.ts';
import { routePending } from './routing.ts';

export interface WorkerChange {
  friendlyName?: string;
  activitySid?: string;
  /** JSON text. */
  attributes?: string;
}

export function getWorker(state: TwilioState, sid: string): Worker {
  const worker = state.taskRouter.workers.get(sid);
  if (!worker) throw notFound(`/Workspaces/${state.taskRouter.workspace.sid}/Workers/${sid}`);
  return worker;
}

export function createWorker(
  state: TwilioState,
  change: WorkerChange & { friendlyName: string; capacity?: number },
): Worker {
  const { workers, taskChannels, workspace } = state.taskRouter;
  for (const { friendlyName } of workers.values()) {
    if (friendlyName === change.friendlyName) throw invalid(`Worker ${friendlyName} already exists`);
  }
  const now = state.clock.now();
  const dates = { dateCreated: now, dateUpdated: now };
  const worker: Worker = {
    sid: newSid('WK'),
    friendlyName: change.friendlyName,
    activitySid: checkActivity(state, change.activitySid ?? workspace.defaultActivitySid),
    attributes: checkAttributes(change.attributes ?? '{}'),
    dateStatusChanged: now,
    channels: new Map(),
    ...dates,
  };
  for (const { sid } of taskChannels.values()) {
    const channel = {
      sid: newSid('WC'),
      taskChannelSid: sid,
      capacity: change.capacity ?? 1,
      available: true,
      ...dates,
    };
    worker.channels.set(sid, channel);
  }
  workers.set(worker.sid, worker);
  routePending(state);
  return worker;
}

export function updateWorker(state: TwilioState, worker: Worker, change: WorkerChange): void {
  const now = state.clock.now();
  const { activitySid, attributes } = worker;
  if (change.attributes) worker.attributes = checkAttributes(change.attributes);
  if (change.friendlyName) worker.friendlyName = change.friendlyName;
  if (change.activitySid && change.activitySid !== worker.activitySid) {
    worker.activitySid = checkActivity(state, change.activitySid);
    worker.dateStatusChanged = now;
  }
  worker.dateUpdated = now;
  const emit = (what: 'activity' | 'attributes') =>
    state.events.emit('worker', { workerSid: worker.sid, change: what });
  if (worker.activitySid !== activitySid) emit('activity');
  if (worker.attributes !== attributes) emit('attributes');
  routePending(state);
}

function checkActivity(state: TwilioState, sid: string): string {
  if (!state.taskRouter.activities.has(sid)) throw invalid(`Activity ${sid} was not found`);
  return sid;
}

function checkAttributes(text: string): string {
  jsonObject(text, 'Attributes');
  return text;
}
