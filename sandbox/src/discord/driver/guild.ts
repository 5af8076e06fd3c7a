import { type APIOverwrite, type APIRole, type ChannelType, MessageType } from 'discord-api-types/v10';
import {
  type ChannelOptions,
  createChannel,
  deleteChannel,
  getChannel,
  guildChannels,
  removeThreadMember,
  toApiChannel,
} from '../state/channels.ts';
import type { NewForum } from '../state/forums.ts';
import { addBot } from '../state/guilds.ts';
import { addMember, getMember, type MemberOptions, removeMember } from '../state/members.ts';
import { addMessage, removeMessage } from '../state/messages.ts';
import { emojiKey, parseEmoji } from '../state/reactions.ts';
import { createRole, type RoleOptions } from '../state/roles.ts';
import { type DiscordState, type GuildRecord, timestamp } from '../state/state.ts';
import { getUser } from '../state/users.ts';
import { tagIds } from './posts.ts';
import type { DiscordUser } from './user.ts';

/** A channel of a new server. */
export interface NewChannel {
  name: string;
  /** Default: a text channel. */
  type?: ChannelType;
  topic?: string;
  overwrites?: APIOverwrite[];
  /** Of a forum: its tags. */
  forum?: NewForum;
}

export interface Moderation {
  ban(user: { id: string }): void;
  /** Removes messages of a channel at once. */
  purge(channelId: string, messages: readonly { id: string }[]): void;
  remove(channelId: string, message: { id: string }): void;
  /** Takes all reactions off a message, or all with one emoji. */
  clearReactions(channelId: string, message: { id: string }, emoji?: string): void;
  /** `tags` by their names; `slowSeconds`: how long members wait between two messages. */
  changeThread(
    threadId: string,
    change: { locked?: boolean; archived?: boolean; title?: string; tags?: string[]; slowSeconds?: number },
  ): void;
  /** Takes rights in a channel from the bot, or gives them back with none; a bit set. */
  denyBot(channelId: string, permissions: bigint): void;
  /** A channel with its threads, or a thread. */
  removeChannel(channelId: string): void;
  takeOut(moderator: { id: string }, threadId: string, user: { id: string }): void;
}

/** A Discord server, controlled by tests and pages. */
export interface DiscordGuild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  /** The channels, threads left out, in order of creation. */
  readonly channels: readonly { id: string; name: string; type: ChannelType }[];
  readonly roles: readonly APIRole[];
  readonly memberIds: readonly string[];
  /** The id of the channel with this name; throws where there is none. */
  channel(name: string): string;
  /** A thread as everybody sees it; `tags` by their names. */
  thread(threadId: string): { title: string; tags: string[]; archived: boolean; locked: boolean };
  createChannel(options: NewChannel & Pick<ChannelOptions, 'parentId'>): { id: string; name: string };
  /** A new role; `permissions` is a bit set, default none. */
  createRole(options: RoleOptions): APIRole;
  join(user: DiscordUser, options?: MemberOptions): void;
  leave(user: DiscordUser | { id: string }): void;
  giveRole(user: { id: string }, role: { id: string }): void;
  takeRole(user: { id: string }, role: { id: string }): void;
  rename(user: { id: string }, nick: string | null): void;
  /** What moderators do with every right, mostly with the help of another bot. */
  readonly moderate: Moderation;
  /** What a thread is like; undefined where it is gone. `tags` by their names. */
  threadState(threadId: string): { archived: boolean; locked: boolean; tags: string[] } | undefined;
  /** Changes the server's language, a Discord locale. */
  setLocale(locale: string): void;
  /** It is boosted to a tier, or loses its boosts. */
  setPremiumTier(tier: 0 | 1 | 2 | 3): void;
  /** Takes the bot out of the server; `addBot` brings it back. */
  removeBot(): void;
  /** `permissions`: bit set of the bot's own role. */
  addBot(permissions?: bigint): void;
}

function createModeration(state: DiscordState, guild: GuildRecord): Moderation {
  const messageIn = (channelId: string, id: string) => {
    const found = state.messages.get(channelId)?.get(id);
    if (!found) throw new Error(`There is no message ${id} in ${channelId}.`);
    return found;
  };
  return {
    ban(user) {
      removeMember(state, guild, user.id);
      state.emit({ type: 'banAdd', guild, userId: user.id });
    },
    purge(channelId, messages) {
      const channel = getChannel(state, channelId);
      const found = messages.map(({ id }) => messageIn(channelId, id));
      for (const { id } of found) state.messages.get(channelId)?.delete(id);
      state.emit({ type: 'messageDeleteBulk', channel, messages: found });
    },
    remove: (channelId, { id }) => removeMessage(state, messageIn(channelId, id)),
    clearReactions(channelId, { id }, text) {
      const message = messageIn(channelId, id);
      if (text === undefined) {
        message.reactions.clear();
        state.emit({ type: 'reactionRemoveAll', message });
        return;
      }
      const emoji = parseEmoji(text);
      message.reactions.delete(emojiKey(emoji));
      state.emit({ type: 'reactionRemoveEmoji', message, emoji });
    },
    changeThread(threadId, { locked, archived, title, tags, slowSeconds }) {
      const channel = getChannel(state, threadId);
      const { thread } = channel;
      if (!thread) throw new Error(`${threadId} is no thread.`);
      thread.locked = locked ?? thread.locked;
      if (archived !== undefined && archived !== thread.archived) thread.archivedAt = timestamp(state);
      thread.archived = archived ?? thread.archived;
      channel.name = title ?? channel.name;
      channel.rateLimitPerUser = slowSeconds ?? channel.rateLimitPerUser;
      if (tags) thread.appliedTags = tagIds(state.channels.get(channel.parentId ?? ''), tags);
      state.emit({ type: 'threadUpdate', channel });
    },
    denyBot(channelId, permissions) {
      const channel = getChannel(state, channelId);
      const others = channel.overwrites.filter(({ id }) => id !== state.bot.id);
      channel.overwrites =
        permissions === 0n
          ? others
          : [...others, { id: state.bot.id, type: 1, allow: '0', deny: String(permissions) }];
      state.emit({ type: 'channelUpdate', channel });
    },
    removeChannel: (channelId) => deleteChannel(state, getChannel(state, channelId)),
    takeOut(moderator, threadId, user) {
      const channel = getChannel(state, threadId);
      removeThreadMember(state, channel, user.id);
      addMessage(state, channel, {
        channelId: threadId,
        authorId: moderator.id,
        type: MessageType.RecipientRemove,
        mentions: [user.id],
      });
    },
  };
}

export function createGuildHandle(state: DiscordState, guild: GuildRecord): DiscordGuild {
  const change = (userId: string, how: (member: ReturnType<typeof getMember>) => void) => {
    const member = getMember(guild, userId);
    how(member);
    state.emit({ type: 'memberUpdate', guild, member });
  };
  return {
    id: guild.id,
    get name() {
      return guild.name;
    },
    get ownerId() {
      return guild.ownerId;
    },
    thread(threadId) {
      const channel = getChannel(state, threadId);
      if (!channel.thread) throw new Error(`${threadId} is no thread.`);
      const { appliedTags, archived, locked } = channel.thread;
      const known = state.channels.get(channel.parentId ?? '')?.forum?.tags ?? [];
      const tags = (appliedTags ?? []).map((id) => known.find((tag) => tag.id === id)?.name ?? id);
      return { title: channel.name, tags, archived, locked };
    },
    get channels() {
      return guildChannels(state, guild.id).map(({ id, name, type }) => ({ id, name, type }));
    },
    get roles() {
      return [...guild.roles.values()];
    },
    get memberIds() {
      return [...guild.members.keys()];
    },
    channel(name) {
      const found = guildChannels(state, guild.id).find((c) => c.name === name);
      if (!found) throw new Error(`Server ${guild.name} has no channel "${name}".`);
      return found.id;
    },
    createChannel(options) {
      const { id } = toApiChannel(state, createChannel(state, guild, options));
      return { id, name: options.name };
    },
    createRole: (options) => createRole(state, guild, options),
    join: (user, options) => void addMember(state, guild, getUser(state, user.id), options),
    leave: (user) => removeMember(state, guild, user.id),
    giveRole: (user, role) =>
      change(user.id, (member) => {
        if (!member.roles.includes(role.id)) member.roles.push(role.id);
      }),
    takeRole: (user, role) =>
      change(user.id, (member) => {
        member.roles = member.roles.filter((id) => id !== role.id);
      }),
    rename: (user, nick) =>
      change(user.id, (member) => {
        member.nick = nick;
      }),
    moderate: createModeration(state, guild),
    threadState(threadId) {
      const channel = state.channels.get(threadId);
      const known = state.channels.get(channel?.parentId ?? '')?.forum?.tags ?? [];
      return (
        channel?.thread && {
          archived: channel.thread.archived,
          locked: channel.thread.locked,
          tags: channel.thread.appliedTags.map((id) => known.find((tag) => tag.id === id)?.name ?? id),
        }
      );
    },
    setLocale(locale) {
      guild.preferredLocale = locale;
      state.emit({ type: 'guildUpdate', guild });
    },
    setPremiumTier(tier) {
      guild.premiumTier = tier;
      state.emit({ type: 'guildUpdate', guild });
    },
    removeBot() {
      guild.members.delete(state.bot.id);
      state.emit({ type: 'guildDelete', guild });
    },
    addBot: (permissions) => addBot(state, guild, permissions),
  };
}
