/** Conversations as the agent's client may use them: those that the agent takes part in or has made. */
export interface FlexChat {
  /** The conversations the agent takes part in. */
  conversations(): FlexConversation[];
  /** By SID or unique name; undefined where there is none that the agent may see. */
  conversation(sidOrName: string): FlexConversation | undefined;
  createConversation(change: ConversationChange): FlexConversation;
  updateConversation(sid: string, change: ConversationChange): FlexConversation;
  /** Only who made it may. */
  deleteConversation(sid: string): void;
  participants(conversationSid: string): FlexParticipant[];
  addParticipant(
    conversationSid: string,
    participant: { identity: string; attributes?: string },
  ): FlexParticipant;
  /** `participant` is a SID or an identity, here and below. */
  updateParticipant(
    conversationSid: string,
    participant: string,
    change: { attributes?: string },
  ): FlexParticipant;
  removeParticipant(conversationSid: string, participant: string): void;
  /** Undefined where there is no chat user of this identity. */
  user(identity: string): FlexUser | undefined;
  /** Only the agent's own. */
  updateUser(identity: string, change: { friendlyName?: string; attributes?: string }): FlexUser;
  /** Oldest first. */
  messages(conversationSid: string): FlexMessage[];
  sendMessage(
    conversationSid: string,
    message: { body: string; attributes?: string; mediaSids: string[] },
  ): FlexMessage;
  /** Only the agent's own. */
  updateMessage(
    conversationSid: string,
    messageSid: string,
    change: { body?: string; attributes?: string },
  ): FlexMessage;
  /** Only the agent's own. */
  removeMessage(conversationSid: string, messageSid: string): void;
  /** The agent has read everything up to this index; null: nothing. */
  read(conversationSid: string, index: number | null): void;
  setNotificationLevel(conversationSid: string, level: 'default' | 'muted'): void;
  /** The agent is typing. */
  typing(conversationSid: string): void;
}

/** What is absent stays. */
export interface ConversationChange {
  friendlyName?: string;
  uniqueName?: string;
  attributes?: string;
}

export interface FlexConversation {
  sid: string;
  friendlyName: string | null;
  uniqueName: string | null;
  attributes: string;
  state: 'active' | 'inactive' | 'closed';
  createdBy: string;
  /** Whether the agent takes part. */
  isJoined: boolean;
  /** The index up to which the agent has read; null before that. */
  lastReadIndex: number | null;
  notificationLevel: 'default' | 'muted';
  /** Null where there is none. */
  lastMessage: { index: number; createdAt: string } | null;
  messagesCount: number;
  participantsCount: number;
  createdAt: string;
  updatedAt: string;
}

export interface FlexParticipant {
  sid: string;
  /** Null for who is not in the chat, such as a telephone. */
  identity: string | null;
  type: string;
  attributes: string;
  roleSid: string;
  createdAt: string;
  updatedAt: string;
  lastReadIndex: number | null;
  lastReadAt: string | null;
}

export interface FlexUser {
  identity: string;
  friendlyName: string;
  attributes: string;
}

export interface FlexMessage {
  sid: string;
  index: number;
  author: string;
  /** Null for a message of files alone. */
  body: string | null;
  attributes: string;
  media: FlexMedium[];
  participantSid: string | null;
  lastUpdatedBy: string | null;
  createdAt: string;
  updatedAt: string;
}

export interface FlexMedium {
  sid: string;
  filename: string | null;
  contentType: string;
  /** Bytes. */
  size: number;
}

export type FlexChatChange =
  | {
      type: 'conversation-joined' | 'conversation-left' | 'conversation-updated' | 'conversation-read';
      conversation: FlexConversation;
    }
  | { type: 'conversation-removed'; conversationSid: string }
  | {
      type: 'participant-added' | 'participant-updated' | 'participant-removed';
      conversationSid: string;
      participant: FlexParticipant;
    }
  | { type: 'message-added' | 'message-updated'; conversationSid: string; message: FlexMessage }
  | { type: 'message-removed'; conversationSid: string; index: number }
  | { type: 'user-updated'; identity: string }
  | { type: 'typing'; conversationSid: string; identity: string };
