import { isoSeconds } from '../clock.ts';
import type { World } from '../world.ts';
import type {
  Activity,
  Reservation,
  Task,
  TaskChannel,
  TaskQueue,
  Worker,
  WorkerChannel,
  Workflow,
} from './model.ts';
import { assignedTasks } from './routing.ts';

export const TASKROUTER_URL = 'https://taskrouter.twilio.com/v1';

export const workspaceUrl = (world: World): string =>
  `${TASKROUTER_URL}/Workspaces/${world.taskRouter.workspace.sid}`;

export function workspaceJson(world: World) {
  const { workspace, activities } = world.taskRouter;
  const url = workspaceUrl(world);
  return {
    account_sid: world.credentials.accountSid,
    ...dates(workspace),
    sid: workspace.sid,
    friendly_name: workspace.friendlyName,
    default_activity_sid: workspace.defaultActivitySid,
    default_activity_name: activities.get(workspace.defaultActivitySid)?.friendlyName,
    timeout_activity_sid: workspace.timeoutActivitySid,
    timeout_activity_name: activities.get(workspace.timeoutActivitySid)?.friendlyName,
    event_callback_url: workspace.eventCallbackUrl || null,
    events_filter: workspace.eventsFilter,
    multi_task_enabled: workspace.multiTaskEnabled,
    prioritize_queue_order: workspace.prioritizeQueueOrder,
    url,
    links: {
      activities: `${url}/Activities`,
      statistics: `${url}/Statistics`,
      real_time_statistics: `${url}/RealTimeStatistics`,
      cumulative_statistics: `${url}/CumulativeStatistics`,
      task_queues: `${url}/TaskQueues`,
      tasks: `${url}/Tasks`,
      workers: `${url}/Workers`,
      workflows: `${url}/Workflows`,
      task_channels: `${url}/TaskChannels`,
      events: `${url}/Events`,
    },
  };
}

export function activityJson(world: World, activity: Activity) {
  return {
    ...common(world, activity),
    friendly_name: activity.friendlyName,
    available: activity.available,
    url: `${workspaceUrl(world)}/Activities/${activity.sid}`,
    links: { workspace: workspaceUrl(world) },
  };
}

export function taskChannelJson(world: World, channel: TaskChannel) {
  return {
    ...common(world, channel),
    friendly_name: channel.friendlyName,
    unique_name: channel.uniqueName,
    channel_optimized_routing: channel.channelOptimizedRouting,
    url: `${workspaceUrl(world)}/TaskChannels/${channel.sid}`,
    links: { workspace: workspaceUrl(world) },
  };
}

export function queueJson(world: World, queue: TaskQueue) {
  const url = `${workspaceUrl(world)}/TaskQueues/${queue.sid}`;
  return {
    ...common(world, queue),
    friendly_name: queue.friendlyName,
    target_workers: queue.targetWorkers,
    max_reserved_workers: queue.maxReservedWorkers,
    task_order: queue.taskOrder,
    assignment_activity_sid: null,
    assignment_activity_name: null,
    reservation_activity_sid: null,
    reservation_activity_name: null,
    url,
    links: {
      workspace: workspaceUrl(world),
      ...statistics(url),
      list_statistics: `${workspaceUrl(world)}/TaskQueues/Statistics`,
      bulk_real_time_statistics: `${workspaceUrl(world)}/TaskQueues/RealTimeStatistics`,
    },
  };
}

export function workflowJson(world: World, workflow: Workflow) {
  const url = `${workspaceUrl(world)}/Workflows/${workflow.sid}`;
  return {
    ...common(world, workflow),
    friendly_name: workflow.friendlyName,
    configuration: workflow.configuration,
    document_content_type: 'application/json',
    assignment_callback_url: workflow.assignmentCallbackUrl,
    fallback_assignment_callback_url: workflow.fallbackAssignmentCallbackUrl,
    task_reservation_timeout: workflow.taskReservationTimeout,
    url,
    links: statistics(url),
  };
}

export function workerJson(world: World, worker: Worker) {
  const activity = world.taskRouter.activities.get(worker.activitySid);
  const all = `${workspaceUrl(world)}/Workers`;
  const url = `${all}/${worker.sid}`;
  return {
    ...common(world, worker),
    friendly_name: worker.friendlyName,
    activity_sid: worker.activitySid,
    activity_name: activity?.friendlyName,
    available: activity?.available,
    attributes: worker.attributes,
    date_status_changed: isoSeconds(worker.dateStatusChanged),
    url,
    links: {
      channels: `${url}/Channels`,
      activity: `${workspaceUrl(world)}/Activities/${worker.activitySid}`,
      workspace: workspaceUrl(world),
      ...statistics(all),
      worker_statistics: `${url}/Statistics`,
      worker_channels: `${url}/Channels`,
      reservations: `${url}/Reservations`,
    },
  };
}

export function workerChannelJson(world: World, worker: Worker, channel: WorkerChannel) {
  const assigned = assignedTasks(world, worker, channel.taskChannelSid);
  const free = channel.capacity === 0 ? 0 : Math.max(0, 1 - assigned / channel.capacity);
  return {
    ...common(world, channel),
    worker_sid: worker.sid,
    task_channel_sid: channel.taskChannelSid,
    task_channel_unique_name: world.taskRouter.taskChannels.get(channel.taskChannelSid)?.uniqueName,
    assigned_tasks: assigned,
    available: channel.available,
    available_capacity_percentage: Math.round(free * 100),
    configured_capacity: channel.capacity,
    url: `${workspaceUrl(world)}/Workers/${worker.sid}/Channels/${channel.sid}`,
  };
}

export function taskJson(world: World, task: Task) {
  const { queues, workflows, taskChannels } = world.taskRouter;
  const url = `${workspaceUrl(world)}/Tasks/${task.sid}`;
  return {
    ...common(world, task),
    age: Math.floor((world.clock.now() - task.dateCreated) / 1000),
    assignment_status: task.status,
    attributes: task.attributes,
    addons: '{}',
    task_queue_entered_date: isoSeconds(task.dateCreated),
    virtual_start_time: isoSeconds(task.virtualStartTime),
    priority: task.priority,
    reason: task.reason,
    task_queue_sid: task.queueSid,
    task_queue_friendly_name: queues.get(task.queueSid)?.friendlyName ?? null,
    task_channel_sid: task.taskChannelSid,
    task_channel_unique_name: taskChannels.get(task.taskChannelSid)?.uniqueName ?? null,
    timeout: task.timeout,
    workflow_sid: task.workflowSid,
    workflow_friendly_name: workflows.get(task.workflowSid ?? '')?.friendlyName ?? null,
    ignore_capacity: task.ignoreCapacity,
    routing_target: task.routingTarget,
    url,
    links: {
      task_queue: `${workspaceUrl(world)}/TaskQueues/${task.queueSid}`,
      workflow: `${workspaceUrl(world)}/Workflows/${task.workflowSid}`,
      workspace: workspaceUrl(world),
      reservations: `${url}/Reservations`,
    },
  };
}

/** A reservation as seen from its task or from its worker. */
export function reservationJson(world: World, reservation: Reservation, from: 'task' | 'worker') {
  const task = `${workspaceUrl(world)}/Tasks/${reservation.taskSid}`;
  const worker = `${workspaceUrl(world)}/Workers/${reservation.workerSid}`;
  return {
    ...common(world, reservation),
    reservation_status: reservation.status,
    task_sid: reservation.taskSid,
    worker_sid: reservation.workerSid,
    worker_name: world.taskRouter.workers.get(reservation.workerSid)?.friendlyName,
    url: `${from === 'task' ? task : worker}/Reservations/${reservation.sid}`,
    links: { task, worker, workspace: workspaceUrl(world) },
  };
}

interface Dated {
  dateCreated: number;
  dateUpdated: number;
}

function dates({ dateCreated, dateUpdated }: Dated) {
  return { date_created: isoSeconds(dateCreated), date_updated: isoSeconds(dateUpdated) };
}

function common(world: World, resource: Dated & { sid: string }) {
  return {
    account_sid: world.credentials.accountSid,
    workspace_sid: world.taskRouter.workspace.sid,
    sid: resource.sid,
    ...dates(resource),
  };
}

function statistics(url: string) {
  return {
    statistics: `${url}/Statistics`,
    real_time_statistics: `${url}/RealTimeStatistics`,
    cumulative_statistics: `${url}/CumulativeStatistics`,
  };
}
