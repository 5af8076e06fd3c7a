import type { FlexBackend, FlexQueue, FlexReservation, FlexTask, FlexWorker } from './backend.ts';

const seconds = (iso: string) => Math.floor(Date.parse(iso) / 1000);
const zeros = (prefix: string) => prefix + '0'.repeat(32);

/** The backend's worker, tasks and reservations in the format of TaskRouter's event bridge. */
export function taskRouterWire(backend: FlexBackend) {
  const common = { account_sid: backend.account.accountSid, workspace_sid: backend.account.workspaceSid };
  const started = Math.floor(Date.now() / 1000);

  const activities = () =>
    backend.activities().map(({ sid, name, available }) => ({
      ...common,
      sid,
      friendly_name: name,
      available,
      date_created: started,
      date_updated: started,
    }));

  const worker = ({ sid, identity, fullName, activitySid, changedAt }: FlexWorker) => {
    const activity = backend.activities().find((candidate) => candidate.sid === activitySid);
    return {
      ...common,
      sid,
      friendly_name: identity,
      activity_name: activity?.name ?? '',
      activity_sid: activitySid,
      available: activity?.available ?? false,
      attributes: JSON.stringify({
        contact_uri: `client:${identity}`,
        full_name: fullName,
        roles: ['agent'],
        image_url: '',
      }),
      date_created: started,
      date_updated: seconds(changedAt),
      date_status_changed: seconds(changedAt),
      version: changedAt,
    };
  };

  const queue = ({ sid, name }: FlexQueue) => ({
    ...common,
    sid,
    friendly_name: name,
    target_workers: '1==1',
    max_reserved_workers: 1,
    task_order: 'FIFO',
    lifo_queue: false,
    reservation_activity_sid: null,
    reservation_activity_name: null,
    assignment_activity_sid: null,
    assignment_activity_name: null,
    date_created: started,
    date_updated: started,
  });

  const task = (source: FlexTask) => ({
    ...common,
    addons: '{}',
    age: Math.floor((Date.now() - Date.parse(source.createdAt)) / 1000),
    sid: source.sid,
    attributes: source.attributes,
    assignment_status: source.assignmentStatus,
    task_channel_unique_name: source.taskChannelUniqueName,
    task_channel_sid: zeros('TC'),
    queue_name: source.queueName,
    queue_sid: zeros('WQ'),
    workflow_name: 'Assign to Anyone',
    workflow_sid: zeros('WW'),
    priority: 0,
    reason: source.reason,
    routing_target: null,
    timeout: 86_400,
    version: String(source.version),
    date_created: seconds(source.createdAt),
    date_updated: seconds(source.updatedAt),
    virtual_start_time: seconds(source.createdAt),
  });

  const reservation = (source: FlexReservation) => ({
    ...common,
    worker_sid: backend.worker().sid,
    sid: source.sid,
    reservation_status: source.status,
    reservation_timeout: source.timeout,
    task: task(source.task),
    version: String(source.version),
    date_created: seconds(source.createdAt),
    date_updated: seconds(source.updatedAt),
  });

  const channels = () =>
    ['default', 'chat', 'voice', 'discord'].map((name, index) => ({
      ...common,
      worker_sid: backend.worker().sid,
      sid: `WC${String(index).repeat(32)}`,
      assigned_tasks: 0,
      available: true,
      available_capacity_percentage: 100,
      configured_capacity: 5,
      task_channel_sid: `TC${String(index).repeat(32)}`,
      task_channel_unique_name: name,
      date_created: started,
      date_updated: started,
      last_reserved_time: started,
    }));

  return { activities, channels, queue, reservation, task, worker };
}
