import type {
  FlexBackend,
  FlexChange,
  FlexConversation,
  FlexMessage,
  FlexParticipant,
  FlexReservation,
  FlexTask,
  FlexWorker,
  ReservationEvent,
} from './backend.ts';

const sid = (prefix: string) => prefix + crypto.randomUUID().replaceAll('-', '');
const now = () => new Date().toISOString();

/** A backend that lives in memory: one agent, offline at first, and whatever Discord members one lets write. */
export interface MemoryBackend extends FlexBackend {
  /** A member asks for a person: a conversation with their messages, and a reservation for the agent. */
  offerTask(options: {
    attributes: Record<string, unknown>;
    taskChannelUniqueName: string;
    customerIdentity: string;
    customerName: string;
    messages: string[];
  }): { reservationSid: string; conversationSid: string; taskSid: string };
  /** Somebody else than the agent writes. */
  receive(conversationSid: string, author: string, body: string): FlexMessage;
}

export function memoryBackend(agent: { identity: string; fullName: string }): MemoryBackend {
  const listeners = new Set<(change: FlexChange) => void>();
  const emit = (change: FlexChange) => {
    for (const listener of listeners) listener(change);
  };
  const activities = [
    { sid: sid('WA'), name: 'Offline', available: false },
    { sid: sid('WA'), name: 'Available', available: true },
    { sid: sid('WA'), name: 'Break', available: false },
  ];
  const worker: FlexWorker = {
    sid: sid('WK'),
    identity: agent.identity,
    fullName: agent.fullName,
    activitySid: activities[0]?.sid ?? '',
    changedAt: now(),
  };
  const names = new Map([[agent.identity, agent.fullName]]);
  const reservations = new Map<string, FlexReservation>();
  const rooms = new Map<
    string,
    { conversation: FlexConversation; participants: FlexParticipant[]; messages: FlexMessage[] }
  >();

  const room = (conversationSid: string) => {
    const found = rooms.get(conversationSid);
    if (!found) throw new Error(`no conversation ${conversationSid}`);
    return found;
  };
  const ofTask = (taskSid: string) => {
    const found = [...reservations.values()].find(({ task }) => task.sid === taskSid);
    if (!found) throw new Error(`no task ${taskSid}`);
    return found;
  };
  const isOver = ({ status }: FlexReservation) => !['pending', 'accepted', 'wrapping'].includes(status);

  function move(
    reservation: FlexReservation,
    status: FlexReservation['status'],
    assignmentStatus: FlexTask['assignmentStatus'],
    event: ReservationEvent,
  ): FlexReservation {
    reservation.status = status;
    reservation.updatedAt = reservation.task.updatedAt = now();
    reservation.version += 1;
    reservation.task.version += 1;
    reservation.task.assignmentStatus = assignmentStatus;
    emit({ type: 'reservation', event, reservation });
    return reservation;
  }

  function add(conversationSid: string, author: string, body: string, attributes = '{}'): FlexMessage {
    const { messages, participants } = room(conversationSid);
    const message: FlexMessage = {
      sid: sid('IM'),
      index: messages.length,
      author,
      body,
      attributes,
      participantSid: participants.find(({ identity }) => identity === author)?.sid ?? null,
      createdAt: now(),
    };
    messages.push(message);
    emit({ type: 'message-added', conversationSid, message });
    return message;
  }

  const hasAgent = (conversationSid: string) =>
    room(conversationSid).participants.some(({ identity }) => identity === agent.identity);
  const conversationOf = (task: FlexTask) =>
    String((JSON.parse(task.attributes) as { conversationSid?: string }).conversationSid ?? '');

  return {
    account: {
      accountSid: `AC${'0'.repeat(32)}`,
      workspaceSid: `WS${'0'.repeat(32)}`,
      chatServiceSid: `IS${'0'.repeat(32)}`,
      flexInstanceSid: `GO${'0'.repeat(32)}`,
    },
    worker: () => worker,
    activities: () => activities,
    setActivity(activitySid) {
      worker.activitySid = activitySid;
      worker.changedAt = now();
      emit({ type: 'activity', worker });
    },
    reservations: () => [...reservations.values()].filter((reservation) => !isOver(reservation)),
    reservation: (reservationSid) => reservations.get(reservationSid),
    task: (taskSid) => [...reservations.values()].find(({ task }) => task.sid === taskSid)?.task,
    acceptReservation(reservationSid) {
      const reservation = reservations.get(reservationSid);
      if (!reservation) throw new Error(`no reservation ${reservationSid}`);
      const conversationSid = conversationOf(reservation.task);
      const participant = { sid: sid('MB'), identity: agent.identity, attributes: '{}', createdAt: now() };
      room(conversationSid).participants.push(participant);
      emit({ type: 'participant-added', conversationSid, participant });
      emit({ type: 'conversation-joined', conversation: room(conversationSid).conversation });
      return move(reservation, 'accepted', 'assigned', 'accepted');
    },
    rejectReservation(reservationSid) {
      const reservation = reservations.get(reservationSid);
      if (!reservation) throw new Error(`no reservation ${reservationSid}`);
      return move(reservation, 'rejected', 'pending', 'rejected');
    },
    wrapUpTask: (taskSid) => move(ofTask(taskSid), 'wrapping', 'wrapping', 'wrapup').task,
    completeTask(taskSid, reason) {
      const reservation = ofTask(taskSid);
      reservation.task.reason = reason;
      return move(reservation, 'completed', 'completed', 'completed').task;
    },
    conversations: () =>
      [...rooms.values()].map(({ conversation }) => conversation).filter(({ sid: id }) => hasAgent(id)),
    conversation: (conversationSid) => rooms.get(conversationSid)?.conversation,
    participants: (conversationSid) => room(conversationSid).participants,
    friendlyName: (identity) => names.get(identity) ?? identity,
    messages: (conversationSid) => room(conversationSid).messages,
    sendMessage: (conversationSid, { body, attributes }) =>
      add(conversationSid, agent.identity, body, attributes),
    typing: (conversationSid) => emit({ type: 'typing', conversationSid, identity: agent.identity }),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    receive: (conversationSid, author, body) => add(conversationSid, author, body),
    offerTask({ attributes, taskChannelUniqueName, customerIdentity, customerName, messages }) {
      names.set(customerIdentity, customerName);
      const at = now();
      const conversation: FlexConversation = {
        sid: sid('CH'),
        friendlyName: customerIdentity,
        attributes: '{}',
        state: 'active',
        createdAt: at,
        updatedAt: at,
      };
      const customer = { sid: sid('MB'), identity: customerIdentity, attributes: '{}', createdAt: at };
      rooms.set(conversation.sid, { conversation, participants: [customer], messages: [] });
      for (const body of messages) add(conversation.sid, customerIdentity, body);
      const task: FlexTask = {
        sid: sid('WT'),
        attributes: JSON.stringify({ ...attributes, conversationSid: conversation.sid }),
        assignmentStatus: 'reserved',
        taskChannelUniqueName,
        queueName: 'Everyone',
        reason: null,
        createdAt: at,
        updatedAt: at,
        version: 0,
      };
      const reservation: FlexReservation = {
        sid: sid('WR'),
        status: 'pending',
        task,
        timeout: 120,
        createdAt: at,
        updatedAt: at,
        version: 0,
      };
      reservations.set(reservation.sid, reservation);
      emit({ type: 'reservation', event: 'created', reservation });
      return { reservationSid: reservation.sid, conversationSid: conversation.sid, taskSid: task.sid };
    },
  };
}
