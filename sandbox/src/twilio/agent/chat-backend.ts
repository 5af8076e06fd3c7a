import type {
  FlexChat,
  FlexChatChange,
  FlexConversation,
  FlexMessage,
  FlexParticipant,
  FlexUser,
} from '../../flex/chat-backend.ts';
import { isoMillis } from '../clock.ts';
import {
  createConversation,
  deleteConversation,
  findConversation,
  updateConversation,
} from '../conversations/conversations.ts';
import { addMessage, getMessage, removeMessage, updateMessage } from '../conversations/messages.ts';
import type { Conversation, Message, Participant, User } from '../conversations/model.ts';
import {
  addParticipant,
  findParticipant,
  getParticipant,
  removeParticipant,
  updateParticipant,
} from '../conversations/participants.ts';
import { findUser, getUser, updateUser } from '../conversations/users.ts';
import { codes, notFound, TwilioError } from '../errors.ts';
import type { TwilioState } from '../state.ts';

/**
 * Conversations as the client of this identity uses them. Unverified: what the roles of a new Flex account allow. Here
 * who takes part may do everything in a conversation but change what others wrote, and who made it may delete it.
 */
export function chatBackend(
  state: TwilioState,
  identity: string,
): FlexChat & { subscribe(listener: (change: FlexChatChange) => void): () => void } {
  const sdk = { kind: 'sdk', identity } as const;

  const sees = (room: Conversation) =>
    room.createdBy === identity || findParticipant(room, identity) !== undefined;
  const find = (sidOrName: string): Conversation | undefined => {
    const found = findConversation(state, sidOrName);
    return found && sees(found) ? found : undefined;
  };
  const get = (sidOrName: string): Conversation => {
    const found = find(sidOrName);
    if (!found) throw notFound(`/Conversations/${sidOrName}`);
    return found;
  };
  const joined = (sid: string): Conversation => {
    const found = get(sid);
    if (!findParticipant(found, identity)) throw notAuthorized();
    return found;
  };
  const own = (room: Conversation, messageSid: string): Message => {
    const message = getMessage(room, messageSid);
    if (message.author !== identity) throw notAuthorized();
    return message;
  };

  const conversation = (source: Conversation): FlexConversation => {
    const self = findParticipant(source, identity);
    const last = source.messages.at(-1);
    return {
      sid: source.sid,
      friendlyName: source.friendlyName,
      uniqueName: source.uniqueName,
      attributes: source.attributes,
      state: source.state,
      createdBy: source.createdBy,
      isJoined: self !== undefined,
      lastReadIndex: self?.lastReadMessageIndex ?? null,
      notificationLevel: self?.notificationLevel ?? 'default',
      lastMessage: last ? { index: last.index, createdAt: isoMillis(last.dateCreated) } : null,
      messagesCount: source.messages.length,
      participantsCount: source.participants.size,
      createdAt: isoMillis(source.dateCreated),
      updatedAt: isoMillis(source.dateUpdated),
    };
  };

  function subscribe(listener: (change: FlexChatChange) => void): () => void {
    const stops = [
      state.events.on('participant', ({ conversationSid, participantSid, identity: who, change }) => {
        const room = findConversation(state, conversationSid);
        if (!room) return;
        const known = room.participants.get(participantSid);
        const participant = known ? participantOf(known) : gone(state, participantSid, who);
        if (who === identity && change === 'added')
          listener({ type: 'conversation-joined', conversation: conversation(room) });
        if (who === identity || sees(room))
          listener({ type: `participant-${change}`, conversationSid, participant });
        if (who !== identity || change === 'added') return;
        const type = change === 'updated' ? 'conversation-read' : 'conversation-left';
        listener({ type, conversation: conversation(room) });
      }),
      state.events.on('conversation', ({ conversationSid, change }) => {
        if (change === 'removed') return listener({ type: 'conversation-removed', conversationSid });
        const room = find(conversationSid);
        if (room && change === 'updated')
          listener({ type: 'conversation-updated', conversation: conversation(room) });
      }),
      state.events.on('message', ({ conversationSid, messageSid, index, change }) => {
        const room = find(conversationSid);
        if (!room) return;
        if (change === 'removed') listener({ type: 'message-removed', conversationSid, index });
        else {
          const message = messageOf(getMessage(room, messageSid));
          listener({ type: `message-${change}`, conversationSid, message });
        }
        // Its last message is part of the conversation.
        if (change !== 'updated')
          listener({ type: 'conversation-updated', conversation: conversation(room) });
      }),
      state.events.on('user', ({ identity: who }) => listener({ type: 'user-updated', identity: who })),
      state.events.on('typing', ({ conversationSid, identity: who }) => {
        if (find(conversationSid)) listener({ type: 'typing', conversationSid, identity: who });
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  return {
    conversations: () =>
      [...(state.memberships.get(identity) ?? [])].flatMap((sid) => {
        const room = find(sid);
        return room ? [conversation(room)] : [];
      }),
    conversation: (sidOrName) => {
      const room = find(sidOrName);
      return room && conversation(room);
    },
    createConversation: (change) => conversation(createConversation(state, change, sdk)),
    updateConversation(sid, change) {
      const room = get(sid);
      updateConversation(state, room, change, sdk);
      return conversation(room);
    },
    deleteConversation(sid) {
      const room = get(sid);
      if (room.createdBy !== identity) throw notAuthorized();
      deleteConversation(state, room, sdk);
    },
    participants: (sid) => [...get(sid).participants.values()].map(participantOf),
    addParticipant: (sid, given) => participantOf(addParticipant(state, get(sid), given, sdk)),
    updateParticipant(sid, who, change) {
      const room = get(sid);
      const participant = getParticipant(room, who);
      updateParticipant(state, room, participant, change, sdk);
      return participantOf(participant);
    },
    removeParticipant(sid, who) {
      const room = get(sid);
      removeParticipant(state, room, getParticipant(room, who), sdk);
    },
    user: (who) => {
      const found = findUser(state, who);
      return found && userOf(found);
    },
    updateUser(who, change) {
      if (who !== identity) throw notAuthorized();
      const user = getUser(state, who);
      updateUser(state, user, change, sdk);
      return userOf(user);
    },
    messages: (sid) => get(sid).messages.map(messageOf),
    sendMessage: (sid, message) =>
      messageOf(addMessage(state, joined(sid), { ...message, author: identity }, sdk)),
    updateMessage(sid, messageSid, change) {
      const room = joined(sid);
      const message = own(room, messageSid);
      updateMessage(state, room, message, change, sdk);
      return messageOf(message);
    },
    removeMessage(sid, messageSid) {
      const room = joined(sid);
      removeMessage(state, room, own(room, messageSid), sdk);
    },
    read(sid, lastReadMessageIndex) {
      const room = joined(sid);
      // Flex marks everything as read when it shows a conversation, also one that is over.
      if (room.state === 'closed') return;
      const lastReadTimestamp = isoMillis(state.clock.now());
      const change = { lastReadMessageIndex, lastReadTimestamp };
      updateParticipant(state, room, getParticipant(room, identity), change, sdk);
    },
    setNotificationLevel(sid, notificationLevel) {
      const room = joined(sid);
      updateParticipant(state, room, getParticipant(room, identity), { notificationLevel }, sdk);
    },
    typing: (sid) => state.events.emit('typing', { conversationSid: joined(sid).sid, identity }),
    subscribe,
  };
}

function notAuthorized(): TwilioError {
  return new TwilioError(403, codes.userNotAuthorized, 'User not authorized for command');
}

function participantOf(source: Participant): FlexParticipant {
  return {
    sid: source.sid,
    identity: source.identity,
    type: source.messagingBinding?.type ?? 'chat',
    attributes: source.attributes,
    roleSid: source.roleSid,
    createdAt: isoMillis(source.dateCreated),
    updatedAt: isoMillis(source.dateUpdated),
    lastReadIndex: source.lastReadMessageIndex,
    lastReadAt: source.lastReadTimestamp,
  };
}

/** A participant who has left, of whom only this is known. */
function gone(state: TwilioState, sid: string, identity: string | null): FlexParticipant {
  const now = isoMillis(state.clock.now());
  return {
    sid,
    identity,
    type: 'chat',
    attributes: '{}',
    roleSid: '',
    createdAt: now,
    updatedAt: now,
    lastReadIndex: null,
    lastReadAt: null,
  };
}

function messageOf(source: Message): FlexMessage {
  return {
    sid: source.sid,
    index: source.index,
    author: source.author,
    body: source.body,
    attributes: source.attributes,
    media: (source.media ?? []).map(({ sid, size, filename, content_type }) => ({
      sid,
      size,
      filename,
      contentType: content_type,
    })),
    participantSid: source.participantSid,
    lastUpdatedBy: source.lastUpdatedBy,
    createdAt: isoMillis(source.dateCreated),
    updatedAt: isoMillis(source.dateUpdated),
  };
}

function userOf({ identity, friendlyName, attributes }: User): FlexUser {
  return { identity, friendlyName, attributes };
}
