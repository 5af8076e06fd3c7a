import { invalid, notFound } from '../errors.ts';
import { jsonObject } from '../http.ts';
import { newSid } from '../sids.ts';
import type { World } from '../world.ts';
import type { Worker } from './model.ts';
import { routePending } from './routing.ts';

export interface WorkerChange {
  friendlyName?: string;
  activitySid?: string;
  /** JSON text. */
  attributes?: string;
}

export function getWorker(world: World, sid: string): Worker {
  const worker = world.taskRouter.workers.get(sid);
  if (!worker) throw notFound(`/Workspaces/${world.taskRouter.workspace.sid}/Workers/${sid}`);
  return worker;
}

export function createWorker(
  world: World,
  change: WorkerChange & { friendlyName: string; capacity?: number },
): Worker {
  const { workers, taskChannels, workspace } = world.taskRouter;
  for (const { friendlyName } of workers.values()) {
    if (friendlyName === change.friendlyName) throw invalid(`Worker ${friendlyName} already exists`);
  }
  const now = world.clock.now();
  const dates = { dateCreated: now, dateUpdated: now };
  const worker: Worker = {
    sid: newSid('WK'),
    friendlyName: change.friendlyName,
    activitySid: checkActivity(world, change.activitySid ?? workspace.defaultActivitySid),
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
  routePending(world);
  return worker;
}

export function updateWorker(world: World, worker: Worker, change: WorkerChange): void {
  const now = world.clock.now();
  if (change.attributes) worker.attributes = checkAttributes(change.attributes);
  if (change.friendlyName) worker.friendlyName = change.friendlyName;
  if (change.activitySid && change.activitySid !== worker.activitySid) {
    worker.activitySid = checkActivity(world, change.activitySid);
    worker.dateStatusChanged = now;
  }
  worker.dateUpdated = now;
  routePending(world);
}

function checkActivity(world: World, sid: string): string {
  if (!world.taskRouter.activities.has(sid)) throw invalid(`Activity ${sid} was not found`);
  return sid;
}

function checkAttributes(text: string): string {
  jsonObject(text, 'Attributes');
  return text;
}
