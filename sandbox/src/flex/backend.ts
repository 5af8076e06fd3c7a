import type { FlexChat, FlexChatChange } from './chat-backend.ts';

/**
 * What the Flex host needs of Twilio for one logged-in agent; the sandbox's Twilio stand-in implements it. All times are
 * ISO 8601, all attributes are JSON text, as on Twilio's wire. Commands that Twilio refuses throw a `TwilioError`.
 */
export interface FlexBackend extends FlexChat {
  readonly account: FlexAccount;
  /** Throws a `TwilioError` with status 401 where the token is none or is over. */
  checkToken(token: string): FlexSession;
  /**
   * Calls back as Twilio's socket does while a token lives: some minutes before it ends, and when it has ended. Returns
   * what stops it; throws as `checkToken`.
   */
  watchToken(token: string, calls: { aboutToExpire: () => void; expired: () => void }): () => void;
  worker(): FlexWorker;
  /** Every worker of the workspace, the agent included: the directory of a transfer. */
  workers(): FlexWorker[];
  queues(): FlexQueue[];
  activities(): FlexActivity[];
  /** The agent's task channels. */
  channels(): FlexTaskChannel[];
  /** Another worker than the agent needs a supervisor's role. */
  updateWorker(workerSid: string, change: { activitySid?: string; attributes?: string }): FlexWorker;
  /** Reservations of the worker that are not over: pending, accepted, wrapping. */
  reservations(): FlexReservation[];
  /** Undefined where there is no such reservation of this worker. */
  reservation(reservationSid: string): FlexReservation | undefined;
  task(taskSid: string): FlexTask | undefined;
  createTask(task: NewFlexTask): FlexTask;
  updateTask(taskSid: string, change: { attributes?: string; virtualStartTime?: number }): FlexTask;
  acceptReservation(reservationSid: string): FlexReservation;
  /** With an activity, the worker takes it on at once. */
  rejectReservation(reservationSid: string, activitySid?: string): FlexReservation;
  /** The agent has left the conversation; the task is being wrapped up. */
  wrapUpTask(taskSid: string, reason?: string): FlexTask;
  completeTask(taskSid: string, reason?: string): FlexTask;
  /** A command on an interaction: accept, decline, leave, transfer, close. Undefined for what is not known. */
  interaction(command: InteractionCommand): unknown;
  /** Media: of `mcs` the service (`/v1/Services/IS…/Media`), of `media` the bytes by temporary links. */
  mediaContent(product: string, path: string, request: Request): Promise<Response>;
  /** Calls back after every change until the returned function is called. */
  subscribe(listener: (change: FlexChange) => void): () => void;
}

export interface FlexSession {
  /** Milliseconds since 1970. */
  expiresAt: number;
  /** Milliseconds that are left. */
  lifetime: number;
}

export interface FlexAccount {
  accountSid: string;
  workspaceSid: string;
  chatServiceSid: string;
  flexInstanceSid: string;
  /** `channel_configs` of the Flex configuration: which files agents may send and open. */
  readonly channelConfigs: readonly unknown[];
}

export interface FlexWorker {
  sid: string;
  identity: string;
  fullName: string;
  activitySid: string;
  /** JSON text. */
  attributes: string;
  createdAt: string;
  updatedAt: string;
  /** When the activity changed. */
  changedAt: string;
}

export interface FlexQueue {
  sid: string;
  name: string;
}

export interface FlexTaskChannel {
  sid: string;
  taskChannelSid: string;
  uniqueName: string;
  capacity: number;
  available: boolean;
  assignedTasks: number;
}

/** A command of the Flex SDK on an interaction; the event bridge carries it with its body as `params`. */
export interface InteractionCommand {
  url: string;
  method: string;
  params: {
    action?: 'accept' | 'decline';
    status?: string;
    routing?: { status?: string; reservation?: { sid?: string } };
    closeChannelIfLastParticipant?: boolean;
    from?: string;
    to?: string;
    type?: string;
  };
}

export interface FlexActivity {
  sid: string;
  name: string;
  available: boolean;
}

/** A task that the agent makes for themselves. */
export interface NewFlexTask {
  /** JSON text. */
  attributes: string;
  workflowSid?: string;
  queueSid?: string;
  workerSid?: string;
  /** SID or unique name. */
  taskChannel?: string;
}

export interface FlexTask {
  sid: string;
  attributes: string;
  assignmentStatus: 'pending' | 'reserved' | 'assigned' | 'wrapping' | 'completed' | 'canceled';
  taskChannelSid: string;
  taskChannelUniqueName: string;
  queueSid: string;
  queueName: string;
  workflowSid: string | null;
  workflowName: string | null;
  priority: number;
  routingTarget: string | null;
  /** Seconds. */
  timeout: number;
  reason: string | null;
  createdAt: string;
  updatedAt: string;
  virtualStartTime: string;
  version: number;
}

export interface FlexReservation {
  sid: string;
  status:
    | 'pending'
    | 'accepted'
    | 'wrapping'
    | 'completed'
    | 'rejected'
    | 'timeout'
    | 'canceled'
    | 'rescinded';
  task: FlexTask;
  /** Seconds a pending reservation stands. */
  timeout: number;
  createdAt: string;
  updatedAt: string;
  version: number;
}

export type FlexChange =
  | FlexChatChange
  | { type: 'worker'; event: 'activity' | 'attributes'; worker: FlexWorker }
  | { type: 'reservation'; event: ReservationEvent; reservation: FlexReservation }
  /** A task of which the worker has or had a reservation. */
  | { type: 'task'; event: TaskEvent; task: FlexTask };

export type TaskEvent = 'updated' | 'wrapup' | 'completed' | 'canceled';

export type ReservationEvent =
  | 'created'
  | 'accepted'
  | 'wrapup'
  | 'completed'
  | 'rejected'
  | 'timeout'
  | 'canceled'
  | 'rescinded';
