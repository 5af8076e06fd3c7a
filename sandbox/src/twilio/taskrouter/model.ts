export type TaskStatus = 'pending' | 'reserved' | 'assigned' | 'canceled' | 'completed' | 'wrapping';
export type ReservationStatus =
  | 'pending'
  | 'accepted'
  | 'rejected'
  | 'timeout'
  | 'canceled'
  | 'rescinded'
  | 'wrapping'
  | 'completed';

interface Dated {
  sid: string;
  dateCreated: number;
  dateUpdated: number;
}

export interface Activity extends Dated {
  friendlyName: string;
  available: boolean;
}

export interface TaskQueue extends Dated {
  friendlyName: string;
  targetWorkers: string;
  maxReservedWorkers: number;
  taskOrder: 'FIFO' | 'LIFO';
}

export interface Workflow extends Dated {
  friendlyName: string;
  /** JSON text. */
  configuration: string;
  assignmentCallbackUrl: string | null;
  fallbackAssignmentCallbackUrl: string | null;
  /** Seconds. */
  taskReservationTimeout: number;
}

export interface TaskChannel extends Dated {
  friendlyName: string;
  uniqueName: string;
  channelOptimizedRouting: boolean;
}

export interface Worker extends Dated {
  friendlyName: string;
  activitySid: string;
  /** JSON text. */
  attributes: string;
  dateStatusChanged: number;
  /** By SID of the task channel. */
  channels: Map<string, WorkerChannel>;
}

export interface WorkerChannel extends Dated {
  taskChannelSid: string;
  capacity: number;
  available: boolean;
}

export interface Task extends Dated {
  status: TaskStatus;
  /** JSON text. */
  attributes: string;
  priority: number;
  reason: string | null;
  queueSid: string;
  workflowSid: string | null;
  taskChannelSid: string;
  /** Seconds. */
  timeout: number;
  /** The worker who alone may have it. */
  routingTarget: string | null;
  ignoreCapacity: boolean;
  virtualStartTime: number;
  /** Grows with every change; its ETag. */
  version: number;
  /** Workers who declined it or let it time out, with the time from which it may be offered to them again. */
  declinedBy: Set<string>;
  cancelTimeout: () => void;
}

export interface Reservation extends Dated {
  taskSid: string;
  workerSid: string;
  status: ReservationStatus;
  cancelTimeout: () => void;
}

export interface Workspace extends Dated {
  friendlyName: string;
  eventCallbackUrl: string;
  eventsFilter: string | null;
  multiTaskEnabled: boolean;
  prioritizeQueueOrder: 'FIFO' | 'LIFO';
  defaultActivitySid: string;
  timeoutActivitySid: string;
}

/** What one workspace holds, by SID. */
export interface TaskRouterState {
  workspace: Workspace;
  activities: Map<string, Activity>;
  queues: Map<string, TaskQueue>;
  workflows: Map<string, Workflow>;
  taskChannels: Map<string, TaskChannel>;
  workers: Map<string, Worker>;
  tasks: Map<string, Task>;
  reservations: Map<string, Reservation>;
}
