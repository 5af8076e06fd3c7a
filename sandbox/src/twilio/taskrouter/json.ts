import { isoSeconds } from '../clock.ts';
import type { TwilioState } from '../state.ts';
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

export const workspaceUrl = (state: TwilioState): string =>
  `${TASKROUTER_URL}/Workspaces/${state.taskRouter.workspace.sid}`;

export function workspaceJson(state: TwilioState) {
  const { workspace, activities } = state.taskRouter;
  const url = workspaceUrl(state);
  return {
    account_sid: state.credentials.accountSid,
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

export function activityJson(state: TwilioState, activity: Activity) {
  return {
    ...common(state, activity),
    friendly_name: activity.friendlyName,
    available: activity.available,
    url: `${workspaceUrl(state)}/Activities/${activity.sid}`,
    links: { workspace: workspaceUrl(state) },
  };
}

export function taskChannelJson(state: TwilioState, channel: TaskChannel) {
  return {
    ...common(state, channel),
    friendly_name: channel.friendlyName,
    unique_name: channel.uniqueName,
    channel_optimized_routing: channel.channelOptimizedRouting,
    url: `${workspaceUrl(state)}/TaskChannels/${channel.sid}`,
    links: { workspace: workspaceUrl(state) },
  };
}

export function queueJson(state: TwilioState, queue: TaskQueue) {
  const url = `${workspaceUrl(state)}/TaskQueues/${queue.sid}`;
  return {
    ...common(state, queue),
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
      workspace: workspaceUrl(state),
      ...statistics(url),
      list_statistics: `${workspaceUrl(state)}/TaskQueues/Statistics`,
      bulk_real_time_statistics: `${workspaceUrl(state)}/TaskQueues/RealTimeStatistics`,
    },
  };
}

export function workflowJson(state: TwilioState, workflow: Workflow) {
  const url = `${workspaceUrl(state)}/Workflows/${workflow.sid}`;
  return {
    ...common(state, workflow),
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

export function workerJson(state: TwilioState, worker: Worker) {
  const activity = state.taskRouter.activities.get(worker.activitySid);
  const all = `${workspaceUrl(state)}/Workers`;
  const url = `${all}/${worker.sid}`;
  return {
    ...common(state, worker),
    friendly_name: worker.friendlyName,
    activity_sid: worker.activitySid,
    activity_name: activity?.friendlyName,
    available: activity?.available,
    attributes: worker.attributes,
    date_status_changed: isoSeconds(worker.dateStatusChanged),
    url,
    links: {
      channels: `${url}/Channels`,
      activity: `${workspaceUrl(state)}/Activities/${worker.activitySid}`,
      workspace: workspaceUrl(state),
      ...statistics(all),
      worker_statistics: `${url}/Statistics`,
      worker_channels: `${url}/Channels`,
      reservations: `${url}/Reservations`,
    },
  };
}

export function workerChannelJson(state: TwilioState, worker: Worker, channel: WorkerChannel) {
  const assigned = assignedTasks(state, worker, channel.taskChannelSid);
  const free = channel.capacity === 0 ? 0 : Math.max(0, 1 - assigned / channel.capacity);
  return {
    ...common(state, channel),
    worker_sid: worker.sid,
    task_channel_sid: channel.taskChannelSid,
    task_channel_unique_name: state.taskRouter.taskChannels.get(channel.taskChannelSid)?.uniqueName,
    assigned_tasks: assigned,
    available: channel.available,
    available_capacity_percentage: Math.round(free * 100),
    configured_capacity: channel.capacity,
    url: `${workspaceUrl(state)}/Workers/${worker.sid}/Channels/${channel.sid}`,
  };
}

export function taskJson(state: TwilioState, task: Task) {
  const { queues, workflows, taskChannels } = state.taskRouter;
  const url = `${workspaceUrl(state)}/Tasks/${task.sid}`;
  return {
    ...common(state, task),
    age: Math.floor((state.clock.now() - task.dateCreated) / 1000),
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
    required_attention: null,
    custom_context: null,
    version: task.version,
    url,
    links: {
      task_queue: `${workspaceUrl(state)}/TaskQueues/${task.queueSid}`,
      workflow: `${workspaceUrl(state)}/Workflows/${task.workflowSid}`,
      workspace: workspaceUrl(state),
      reservations: `${url}/Reservations`,
    },
  };
}

/** A reservation as seen from its task or from its worker. */
export function reservationJson(state: TwilioState, reservation: Reservation, from: 'task' | 'worker') {
  const task = `${workspaceUrl(state)}/Tasks/${reservation.taskSid}`;
  const worker = `${workspaceUrl(state)}/Workers/${reservation.workerSid}`;
  return {
    ...common(state, reservation),
    reservation_status: reservation.status,
    task_sid: reservation.taskSid,
    worker_sid: reservation.workerSid,
    worker_name: state.taskRouter.workers.get(reservation.workerSid)?.friendlyName,
    url: `${from === 'task' ? task : worker}/Reservations/${reservation.sid}`,
    links: { task, worker, workspace: workspaceUrl(state) },
  };
}

interface Dated {
  dateCreated: number;
  dateUpdated: number;
}

function dates({ dateCreated, dateUpdated }: Dated) {
  return { date_created: isoSeconds(dateCreated), date_updated: isoSeconds(dateUpdated) };
}

function common(state: TwilioState, resource: Dated & { sid: string }) {
  return {
    account_sid: state.credentials.accountSid,
    workspace_sid: state.taskRouter.workspace.sid,
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
