import { newSid } from '../sids.ts';
import type { Activity, TaskChannel, TaskRouterState } from './model.ts';

const DEFAULT_RESERVATION_TIMEOUT_SECONDS = 120;

/** A workspace as a new Flex account has it. https://www.twilio.com/docs/flex/admin-guide/core-concepts/routing */
export function seedTaskRouter(now: number): TaskRouterState {
  const dates = { dateCreated: now, dateUpdated: now };
  const activity = (friendlyName: string, available: boolean): Activity => ({
    sid: newSid('WA'),
    friendlyName,
    available,
    ...dates,
  });
  const taskChannel = (friendlyName: string, uniqueName: string): TaskChannel => ({
    sid: newSid('TC'),
    friendlyName,
    uniqueName,
    channelOptimizedRouting: false,
    ...dates,
  });
  const offline = activity('Offline', false);
  const activities = [
    offline,
    activity('Available', true),
    activity('Unavailable', false),
    activity('Break', false),
  ];
  const everyone = {
    sid: newSid('WQ'),
    friendlyName: 'Everyone',
    targetWorkers: '1==1',
    maxReservedWorkers: 1,
    taskOrder: 'FIFO' as const,
    ...dates,
  };
  const assignToAnyone = {
    sid: newSid('WW'),
    friendlyName: 'Assign to Anyone',
    configuration: JSON.stringify({ task_routing: { filters: [], default_filter: { queue: everyone.sid } } }),
    assignmentCallbackUrl: null,
    fallbackAssignmentCallbackUrl: null,
    taskReservationTimeout: DEFAULT_RESERVATION_TIMEOUT_SECONDS,
    ...dates,
  };
  const taskChannels = [
    taskChannel('Default', 'default'),
    taskChannel('Voice', 'voice'),
    taskChannel('Programmable Chat', 'chat'),
    taskChannel('SMS', 'sms'),
    taskChannel('Email', 'email'),
    taskChannel('Video', 'video'),
  ];
  const bySid = <One extends { sid: string }>(all: One[]) => new Map(all.map((one) => [one.sid, one]));
  return {
    workspace: {
      sid: newSid('WS'),
      friendlyName: 'Flex Task Assignment',
      eventCallbackUrl: '',
      eventsFilter: null,
      multiTaskEnabled: true,
      prioritizeQueueOrder: 'FIFO',
      defaultActivitySid: offline.sid,
      timeoutActivitySid: offline.sid,
      ...dates,
    },
    activities: bySid(activities),
    queues: bySid([everyone]),
    workflows: bySid([assignToAnyone]),
    taskChannels: bySid(taskChannels),
    workers: new Map(),
    tasks: new Map(),
    reservations: new Map(),
  };
}
