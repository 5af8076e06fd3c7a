import type { FlexBackend, FlexQueue, FlexReservation, FlexTask, FlexWorker } from './backend.ts';

const seconds = (iso: string) => Math.floor(Date.parse(iso) / 1000);

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

  const worker = (source: FlexWorker) => {
    const { sid, identity, fullName, activitySid } = source;
    const activity = backend.activities().find((candidate) => candidate.sid === activitySid);
    return {
      ...common,
      sid,
      friendly_name: identity,
      activity_name: activity?.name ?? '',
      activity_sid: activitySid,
      available: activity?.available ?? false,
      attributes: JSON.stringify({ full_name: fullName, image_url: '', ...JSON.parse(source.attributes) }),
      date_created: seconds(source.createdAt),
      date_updated: seconds(source.updatedAt),
      date_status_changed: seconds(source.changedAt),
      version: String(Date.parse(source.updatedAt)),
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
    task_channel_sid: source.taskChannelSid,
    queue_name: source.queueName,
    queue_sid: source.queueSid,
    workflow_name: source.workflowName,
    workflow_sid: source.workflowSid,
    priority: source.priority,
    reason: source.reason,
    routing_target: source.routingTarget,
    timeout: source.timeout,
    version: String(source.version),
    date_created: seconds(source.createdAt),
    date_updated: seconds(source.updatedAt),
    virtual_start_time: seconds(source.virtualStartTime),
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
    backend.channels().map((channel) => ({
      ...common,
      worker_sid: backend.worker().sid,
      sid: channel.sid,
      assigned_tasks: channel.assignedTasks,
      available: channel.available,
      available_capacity_percentage:
        channel.capacity === 0
          ? 0
          : Math.max(0, Math.round(100 * (1 - channel.assignedTasks / channel.capacity))),
      configured_capacity: channel.capacity,
      task_channel_sid: channel.taskChannelSid,
      task_channel_unique_name: channel.uniqueName,
      date_created: started,
      date_updated: started,
      last_reserved_time: started,
    }));

  return { activities, channels, queue, reservation, task, worker };
}
