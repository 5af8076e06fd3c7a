import {
  type APIChannel,
  type APIOverwrite,
  type APIThreadMember,
  ChannelType,
  type ThreadMemberFlags,
} from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { forumTypes, type NewForum, newForum, toApiForum } from './forums.ts';
import { channelPermissions, threadTypes } from './permissions.ts';
import {
  type ChannelRecord,
  type DiscordState,
  type GuildRecord,
  timestamp,
  type UserRecord,
} from './state.ts';
import { getUser, toApiUser } from './users.ts';

export interface ChannelOptions {
  name: string;
  /** Default: a text channel. */
  type?: ChannelType;
  topic?: string | null;
  parentId?: string | null;
  nsfw?: boolean;
  rateLimitPerUser?: number;
  position?: number;
  overwrites?: APIOverwrite[];
  /** Of a forum: its tags. */
  forum?: NewForum;
}

/** The channel as the bot may ask for it: 10003 where it does not exist or lies in a server without the bot. */
export function getChannel(state: DiscordState, id: string): ChannelRecord {
  const channel = state.channels.get(id);
  if (!channel) throw new DiscordError(10003);
  if (channel.guildId && !state.guilds.get(channel.guildId)?.members.has(state.bot.id)) {
    throw new DiscordError(50001);
  }
  return channel;
}

export function createChannel(
  state: DiscordState,
  guild: GuildRecord,
  options: ChannelOptions,
): ChannelRecord {
  const siblings = guildChannels(state, guild.id);
  const parent = options.parentId ? state.channels.get(options.parentId) : undefined;
  const channel: ChannelRecord = {
    id: state.nextId(),
    type: options.type ?? ChannelType.GuildText,
    guildId: guild.id,
    name: options.name,
    topic: options.topic ?? null,
    parentId: options.parentId ?? null,
    position: options.position ?? siblings.length,
    nsfw: options.nsfw ?? false,
    rateLimitPerUser: options.rateLimitPerUser ?? 0,
    overwrites: options.overwrites ?? parent?.overwrites.map((o) => ({ ...o })) ?? [],
    lastMessageId: null,
    lastPinAt: null,
    ...(forumTypes.has(options.type ?? ChannelType.GuildText) && {
      forum: newForum(state, options.forum ?? {}),
    }),
  };
  state.channels.set(channel.id, channel);
  state.emit({ type: 'channelCreate', channel });
  return channel;
}

export function guildChannels(state: DiscordState, guildId: string): ChannelRecord[] {
  return [...state.channels.values()].filter((c) => c.guildId === guildId && !c.thread);
}

/** The DM between the bot and a user; made on first use, the same one ever after. */
export function openDm(state: DiscordState, user: UserRecord): ChannelRecord {
  if (user.bot) throw new DiscordError(50007);
  for (const channel of state.channels.values()) if (channel.recipientId === user.id) return channel;
  const channel: ChannelRecord = {
    id: state.nextId(),
    type: ChannelType.DM,
    recipientId: user.id,
    name: '',
    topic: null,
    parentId: null,
    position: 0,
    nsfw: false,
    rateLimitPerUser: 0,
    overwrites: [],
    lastMessageId: null,
    lastPinAt: null,
  };
  state.channels.set(channel.id, channel);
  state.emit({ type: 'channelCreate', channel });
  return channel;
}

/** Removes a channel with its threads and messages. */
export function deleteChannel(state: DiscordState, channel: ChannelRecord): void {
  for (const inner of [...state.channels.values()]) {
    if (inner.parentId !== channel.id) continue;
    // Of the threads in it no event tells.
    if (inner.thread) forgetChannel(state, inner);
    else inner.parentId = null;
  }
  forgetChannel(state, channel);
  state.emit({ type: channel.thread ? 'threadDelete' : 'channelDelete', channel });
}

function forgetChannel(state: DiscordState, { id }: ChannelRecord): void {
  state.channels.delete(id);
  state.messages.delete(id);
}

export function toApiThreadMember(channel: ChannelRecord, userId: string): APIThreadMember | undefined {
  const joined = channel.thread?.members.get(userId);
  return joined
    ? { id: channel.id, user_id: userId, join_timestamp: joined, flags: 0 as ThreadMemberFlags }
    : undefined;
}

/** A channel as the bot sees it. */
export function toApiChannel(state: DiscordState, channel: ChannelRecord): APIChannel {
  const base = {
    id: channel.id,
    type: channel.type,
    flags: 0,
    last_message_id: channel.lastMessageId ?? undefined,
    ...(channel.lastPinAt && { last_pin_timestamp: channel.lastPinAt }),
  };
  if (channel.recipientId) {
    return { ...base, recipients: [toApiUser(getUser(state, channel.recipientId))] } as unknown as APIChannel;
  }
  if (channel.thread) {
    const { thread } = channel;
    const member = toApiThreadMember(channel, state.bot.id);
    return {
      ...base,
      guild_id: channel.guildId,
      name: channel.name,
      parent_id: channel.parentId ?? undefined,
      owner_id: thread.ownerId,
      rate_limit_per_user: channel.rateLimitPerUser,
      message_count: thread.messageCount,
      member_count: Math.min(thread.members.size, 50),
      total_message_sent: thread.totalMessageSent,
      ...(state.channels.get(channel.parentId ?? '')?.forum && { applied_tags: thread.appliedTags }),
      thread_metadata: {
        archived: thread.archived,
        archive_timestamp: thread.archivedAt,
        auto_archive_duration: thread.autoArchiveMinutes,
        locked: thread.locked,
        create_timestamp: thread.createdAt,
        ...(channel.type === ChannelType.PrivateThread && { invitable: thread.invitable }),
      },
      ...(member && { member }),
    } as unknown as APIChannel;
  }
  return {
    ...base,
    guild_id: channel.guildId,
    name: channel.name,
    position: channel.position,
    topic: channel.topic,
    nsfw: channel.nsfw,
    rate_limit_per_user: channel.rateLimitPerUser,
    parent_id: channel.parentId ?? undefined,
    permission_overwrites: channel.overwrites.map((o) => ({ ...o })),
    ...(channel.forum && toApiForum(channel.forum)),
  } as unknown as APIChannel;
}

/** A channel inside an interaction: with what the invoking user may do there. */
export function toInteractionChannel(
  state: DiscordState,
  channel: ChannelRecord,
  userId: string,
): APIChannel {
  const permissions = channelPermissions(state, channel, userId).toString();
  return { ...toApiChannel(state, channel), permissions } as unknown as APIChannel;
}

export interface ThreadOptions {
  name: string;
  type: ChannelType;
  ownerId: string;
  /** Set where the thread starts from a message, whose id it then shares. */
  id?: string;
  autoArchiveMinutes?: number;
  invitable?: boolean;
  rateLimitPerUser?: number;
  appliedTags?: string[];
}

export function createThread(
  state: DiscordState,
  parent: ChannelRecord,
  options: ThreadOptions,
): ChannelRecord {
  const now = timestamp(state);
  const channel: ChannelRecord = {
    id: options.id ?? state.nextId(),
    type: options.type,
    guildId: parent.guildId,
    name: options.name,
    topic: null,
    parentId: parent.id,
    position: 0,
    nsfw: false,
    rateLimitPerUser: options.rateLimitPerUser ?? 0,
    overwrites: [],
    lastMessageId: null,
    lastPinAt: null,
    thread: {
      ownerId: options.ownerId,
      archived: false,
      archivedAt: now,
      autoArchiveMinutes: options.autoArchiveMinutes ?? 4320,
      locked: false,
      invitable: options.invitable ?? true,
      createdAt: now,
      messageCount: 0,
      totalMessageSent: 0,
      members: new Map([[options.ownerId, now]]),
      appliedTags: options.appliedTags ?? [],
    },
  };
  state.channels.set(channel.id, channel);
  // A forum's latest "message" is its latest post.
  if (parent.forum) parent.lastMessageId = channel.id;
  state.emit({ type: 'threadCreate', channel });
  return channel;
}

export function addThreadMember(state: DiscordState, channel: ChannelRecord, userId: string): boolean {
  if (!channel.thread) throw new DiscordError(50024);
  if (channel.thread.members.has(userId)) return false;
  channel.thread.members.set(userId, timestamp(state));
  state.emit({ type: 'threadMembersUpdate', channel, added: [userId], removed: [] });
  return true;
}

export function removeThreadMember(state: DiscordState, channel: ChannelRecord, userId: string): void {
  if (!channel.thread) throw new DiscordError(50024);
  if (!channel.thread.members.delete(userId)) return;
  state.emit({ type: 'threadMembersUpdate', channel, added: [], removed: [userId] });
}

export function activeThreads(state: DiscordState, guildId: string, userId: string): ChannelRecord[] {
  return [...state.channels.values()].filter(
    (c) =>
      c.guildId === guildId &&
      threadTypes.has(c.type) &&
      !c.thread?.archived &&
      channelPermissions(state, c, userId) !== 0n,
  );
}
