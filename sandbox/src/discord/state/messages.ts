import { type APIMessage, type APIReaction, MessageType } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { toApiAttachment } from './attachments.ts';
import { toApiChannel } from './channels.ts';
import { withSignedMedia, withSignedPictures } from './media.ts';
import { compareIds } from './snowflake.ts';
import { type ChannelRecord, type DiscordState, type MessageRecord, timestamp } from './state.ts';
import { getUser, toApiUser } from './users.ts';

/** A stored message; 10008 where there is none, or where it is ephemeral (those are reached by their webhook only). */
export function getMessage(state: DiscordState, channelId: string, id: string): MessageRecord {
  const message = state.messages.get(channelId)?.get(id);
  if (!message || message.visibleTo) throw new DiscordError(10008);
  return message;
}

/** The messages of a channel that `viewer` can see, oldest first; without a viewer the ephemeral ones are left out. */
export function channelMessages(state: DiscordState, channelId: string, viewer?: string): MessageRecord[] {
  const all = [...(state.messages.get(channelId)?.values() ?? [])];
  return all.filter((m) => !m.visibleTo || m.visibleTo === viewer);
}

export interface Page {
  before?: string;
  after?: string;
  around?: string;
  limit: number;
}

/** One page, newest first. https://docs.discord.com/developers/resources/message#get-channel-messages */
export function pageMessages(messages: MessageRecord[], page: Page): MessageRecord[] {
  const { before, after, around, limit } = page;
  if (around) {
    const half = Math.floor(limit / 2);
    const older = messages.filter((m) => compareIds(m.id, around) < 0).slice(-half || messages.length);
    const newer = messages
      .filter((m) => compareIds(m.id, around) >= 0)
      .slice(0, limit - Math.min(half, older.length));
    return [...(half ? older : []), ...newer].reverse();
  }
  if (after) {
    return messages
      .filter((m) => compareIds(m.id, after) > 0)
      .slice(0, limit)
      .reverse();
  }
  const older = before ? messages.filter((m) => compareIds(m.id, before) < 0) : messages;
  return older.slice(-limit).reverse();
}

type NewMessage = Pick<MessageRecord, 'channelId' | 'authorId'> & Partial<MessageRecord>;

/** Stores a message and emits the event. Where the channel is full its oldest message is removed. */
export function addMessage(state: DiscordState, channel: ChannelRecord, parts: NewMessage): MessageRecord {
  const message: MessageRecord = {
    id: state.nextId(),
    type: MessageType.Default,
    content: '',
    timestamp: timestamp(state),
    editedTimestamp: null,
    flags: 0,
    tts: false,
    embeds: [],
    components: [],
    attachments: [],
    stickers: [],
    mentions: [],
    mentionRoles: [],
    mentionEveryone: false,
    reactions: new Map(),
    pinnedAt: null,
    ...parts,
  };
  const stored = state.messages.get(channel.id) ?? new Map<string, MessageRecord>();
  state.messages.set(channel.id, stored);
  stored.set(message.id, message);
  if (stored.size > state.limits.messagesPerChannel) {
    for (const oldest of stored.keys()) {
      stored.delete(oldest);
      break;
    }
  }
  if (!message.visibleTo) channel.lastMessageId = message.id;
  if (channel.thread && message.type !== MessageType.ThreadStarterMessage) {
    channel.thread.messageCount += 1;
    channel.thread.totalMessageSent += 1;
  }
  state.emit({ type: 'messageCreate', message });
  return message;
}

export function removeMessage(state: DiscordState, message: MessageRecord): void {
  state.messages.get(message.channelId)?.delete(message.id);
  for (const id of message.attachments) state.attachments.delete(id);
  const thread = state.channels.get(message.channelId)?.thread;
  if (thread) thread.messageCount = Math.max(0, thread.messageCount - 1);
  state.emit({ type: 'messageDelete', message });
}

function toApiReactions(message: MessageRecord, viewer: string): APIReaction[] {
  return [...message.reactions.values()].map((reaction) => ({
    emoji: { id: reaction.id, name: reaction.name },
    count: reaction.users.size,
    count_details: { burst: 0, normal: reaction.users.size },
    burst_colors: [],
    me_burst: false,
    me: reaction.users.has(viewer),
  }));
}

/**
 * A message as `viewer` (default: the bot) gets it. Attachment URLs are signed anew each time,
 * as Discord does when a message is fetched.
 */
export function toApiMessage(
  state: DiscordState,
  message: MessageRecord,
  viewer: string = state.bot.id,
  nested = false,
): APIMessage {
  const attachments = message.attachments.flatMap((id) => state.attachments.get(id) ?? []);
  const thread = message.threadId ? state.channels.get(message.threadId) : undefined;
  const result: APIMessage = {
    id: message.id,
    type: message.type,
    channel_id: message.channelId,
    author: toApiUser(getUser(state, message.authorId)),
    content: message.content,
    timestamp: message.timestamp,
    edited_timestamp: message.editedTimestamp,
    flags: message.flags,
    tts: message.tts,
    pinned: message.pinnedAt !== null,
    mention_everyone: message.mentionEveryone,
    mentions: message.mentions.map((id) => toApiUser(getUser(state, id))),
    mention_roles: message.mentionRoles,
    attachments: attachments.map((a) => toApiAttachment(state, a)),
    embeds: withSignedPictures(state, message.embeds, attachments),
    components: withSignedMedia(state, message.components),
  };
  // Discord's document has no reactions in a message inside another.
  if (message.reactions.size > 0 && !nested) result.reactions = toApiReactions(message, viewer);
  if (message.stickers.length > 0) result.sticker_items = message.stickers;
  if (message.nonce !== undefined) result.nonce = message.nonce;
  if (message.poll) result.poll = message.poll;
  if (message.snapshots) result.message_snapshots = message.snapshots;
  if (thread) result.thread = toApiChannel(state, thread) as APIMessage['thread'];
  if (message.webhookId) {
    result.webhook_id = message.webhookId;
    result.application_id = message.webhookId;
  }
  if (message.interaction) result.interaction_metadata = message.interaction;
  if (message.reference) {
    result.message_reference = message.reference;
    const isAnswer = message.type === MessageType.Reply || message.type === MessageType.ThreadStarterMessage;
    if (isAnswer && !nested) {
      const target = state.messages
        .get(message.reference.channel_id)
        ?.get(message.reference.message_id ?? '');
      result.referenced_message = target ? toApiMessage(state, target, viewer, true) : null;
    }
  }
  return result;
}
