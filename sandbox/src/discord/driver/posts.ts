import { ChannelType, MessageFlags, MessageType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { createThread } from '../state/channels.ts';
import { addMessage } from '../state/messages.ts';
import { requirePermissions } from '../state/permissions.ts';
import { createPost } from '../state/posts.ts';
import type { ChannelRecord, DiscordState, MessageRecord, UserRecord } from '../state/state.ts';
import { type FileInput, toUploads } from './uploads.ts';

/** What a member writes into a forum. */
export interface NewPost {
  title: string;
  content: string;
  /** Names of tags. */
  tags?: readonly string[];
  attachments?: FileInput[];
}

/** Ids of a forum's tags by their names. */
export function tagIds(forum: ChannelRecord | undefined, names: readonly string[]): string[] {
  return names.map((name) => {
    const found = forum?.forum?.tags.find((tag) => tag.name === name);
    if (!found) throw new Error(`The forum has no tag "${name}".`);
    return found.id;
  });
}

/** A member posts in a forum. Returns the id of the thread. */
export function postInForum(
  state: DiscordState,
  user: UserRecord,
  forum: ChannelRecord,
  post: NewPost,
): string {
  requirePermissions(state, forum, user.id, P.SendMessages);
  if (!forum.forum) throw new DiscordError(50024);
  const { thread } = createPost(state, forum, {
    name: post.title,
    authorId: user.id,
    tags: tagIds(forum, post.tags ?? []),
    message: { content: post.content },
    uploads: toUploads(post.attachments),
  });
  return thread.id;
}

/** A member makes a thread of a message in a text channel. Returns the id of the thread. */
export function startThread(
  state: DiscordState,
  user: UserRecord,
  channel: ChannelRecord,
  message: MessageRecord,
  name: string,
): string {
  requirePermissions(state, channel, user.id, P.CreatePublicThreads);
  const thread = createThread(state, channel, {
    ...{ id: message.id, name, type: ChannelType.PublicThread, ownerId: user.id },
  });
  message.threadId = thread.id;
  message.flags |= MessageFlags.HasThread;
  state.emit({ type: 'messageUpdate', message });
  addMessage(state, thread, {
    channelId: thread.id,
    authorId: message.authorId,
    type: MessageType.ThreadStarterMessage,
    reference: { type: 0, channel_id: channel.id, message_id: message.id, guild_id: channel.guildId },
  });
  return thread.id;
}

/** Refuses where a member wrote too short a time ago for the thread's slow mode; whoever moderates need not wait. */
export function requireSlowness(
  state: DiscordState,
  channel: ChannelRecord,
  userId: string,
  permissions: bigint,
): void {
  if (channel.rateLimitPerUser === 0 || permissions & (P.ManageMessages | P.ManageChannels)) return;
  const last = [...(state.messages.get(channel.id)?.values() ?? [])].findLast(
    ({ authorId }) => authorId === userId,
  );
  if (last && Date.parse(last.timestamp) + channel.rateLimitPerUser * 1000 > state.clock.now())
    throw new DiscordError(20016);
}
