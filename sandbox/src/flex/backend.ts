/**
 * What the Flex host needs of Twilio for one logged-in agent; the sandbox's Twilio stand-in implements it. All times are
 * ISO 8601, all attributes are JSON text, as on Twilio's wire.
 */
export interface FlexBackend {
  readonly account: FlexAccount;
  worker(): FlexWorker;
  /** Every worker of the workspace, the agent included: the directory of a transfer. */
  workers(): FlexWorker[];
  queues(): FlexQueue[];
  activities(): FlexActivity[];
  setActivity(activitySid: string): void;
  /** Reservations of the worker that are not over: pending, accepted, wrapping. */
  reservations(): FlexReservation[];
  /** Undefined where there is no such reservation of this worker. */
  reservation(reservationSid: string): FlexReservation | undefined;
  task(taskSid: string): FlexTask | undefined;
  acceptReservation(reservationSid: string): FlexReservation;
  rejectReservation(reservationSid: string): FlexReservation;
  /** The agent has left the conversation; the task is being wrapped up. */
  wrapUpTask(taskSid: string): FlexTask;
  completeTask(taskSid: string, reason: string): FlexTask;
  /** A command on an interaction: accept, decline, leave, transfer, close. Undefined for what is not known. */
  interaction(command: InteractionCommand): unknown;
  /** The conversations the agent takes part in. */
  conversations(): FlexConversation[];
  conversation(conversationSid: string): FlexConversation | undefined;
  participants(conversationSid: string): FlexParticipant[];
  /** The friendly name of a chat user: what Flex writes over their messages. The identity where there is none. */
  friendlyName(identity: string): string;
  /** Oldest first. */
  messages(conversationSid: string): FlexMessage[];
  sendMessage(
    conversationSid: string,
    message: { body: string; attributes: string; mediaSids: string[] },
  ): FlexMessage;
  /** The Media Content Service; the path begins with its version: `/v1/Services/IS…/Media`. */
  mediaContent(path: string, request: Request): Promise<Response>;
  /** The agent has read everything up to this index. */
  read(conversationSid: string, index: number): void;
  /** The agent is typing. */
  typing(conversationSid: string): void;
  /** Calls back after every change until the returned function is called. */
  subscribe(listener: (change: FlexChange) => void): () => void;
}

export interface FlexAccount {
  accountSid: string;
  workspaceSid: string;
  chatServiceSid: string;
  flexInstanceSid: string;
}

export interface FlexWorker {
  sid: string;
  identity: string;
  fullName: string;
  activitySid: string;
  changedAt: string;
}

export interface FlexQueue {
  sid: string;
  name: string;
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

export interface FlexTask {
  sid: string;
  attributes: string;
  assignmentStatus: 'pending' | 'reserved' | 'assigned' | 'wrapping' | 'completed' | 'canceled';
  taskChannelUniqueName: string;
  queueName: string;
  reason: string | null;
  createdAt: string;
  updatedAt: string;
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

export interface FlexConversation {
  sid: string;
  friendlyName: string;
  attributes: string;
  state: 'active' | 'inactive' | 'closed';
  /** The index up to which the agent has read; null before that. */
  lastReadIndex: number | null;
  createdAt: string;
  updatedAt: string;
}

export interface FlexParticipant {
  sid: string;
  identity: string;
  attributes: string;
  createdAt: string;
  lastReadIndex: number | null;
}

export interface FlexMessage {
  sid: string;
  index: number;
  author: string;
  body: string;
  attributes: string;
  media: FlexMedium[];
  participantSid: string | null;
  createdAt: string;
}

export interface FlexMedium {
  sid: string;
  filename: string | null;
  contentType: string;
  /** Bytes. */
  size: number;
}

export type FlexChange =
  | { type: 'activity'; worker: FlexWorker }
  | { type: 'reservation'; event: ReservationEvent; reservation: FlexReservation }
  | {
      type: 'conversation-joined' | 'conversation-left' | 'conversation-updated' | 'conversation-read';
      conversation: FlexConversation;
    }
  | {
      type: 'participant-added' | 'participant-updated' | 'participant-removed';
      conversationSid: string;
      participant: FlexParticipant;
    }
  | { type: 'message-added' | 'message-updated'; conversationSid: string; message: FlexMessage }
  | { type: 'message-removed'; conversationSid: string; index: number }
  | { type: 'typing'; conversationSid: string; identity: string };

export type ReservationEvent =
  | 'created'
  | 'accepted'
  | 'wrapup'
  | 'completed'
  | 'rejected'
  | 'timeout'
  | 'canceled'
  | 'rescinded';
