import type { APIGuildMember } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import {
  type DiscordState,
  type GuildRecord,
  type MemberRecord,
  timestamp,
  type UserRecord,
} from './state.ts';
import { getUser, toApiUser } from './users.ts';

export function getMember(guild: GuildRecord, userId: string): MemberRecord {
  const member = guild.members.get(userId);
  if (!member) throw new DiscordError(10007);
  return member;
}

export interface MemberOptions {
  nick?: string;
  roles?: string[];
  /** Since when the member boosts the server (ISO 8601). */
  premiumSince?: string;
  /** Default: now (ISO 8601). */
  joinedAt?: string;
}

export function newMember(state: DiscordState, user: UserRecord, options: MemberOptions = {}): MemberRecord {
  return {
    userId: user.id,
    nick: options.nick ?? null,
    roles: options.roles ?? [],
    joinedAt: options.joinedAt ?? timestamp(state),
    premiumSince: options.premiumSince ?? null,
    communicationDisabledUntil: null,
    flags: 0,
  };
}

export function addMember(
  state: DiscordState,
  guild: GuildRecord,
  user: UserRecord,
  options?: MemberOptions,
): MemberRecord {
  const member = newMember(state, user, options);
  guild.members.set(user.id, member);
  state.emit({ type: 'memberAdd', guild, member });
  return member;
}

/** Takes a member out of the server and of its threads. */
export function removeMember(state: DiscordState, guild: GuildRecord, userId: string): void {
  const member = getMember(guild, userId);
  guild.members.delete(userId);
  for (const channel of state.channels.values()) {
    if (channel.guildId === guild.id && channel.thread?.members.delete(userId)) {
      state.emit({ type: 'threadMembersUpdate', channel, added: [], removed: [userId] });
    }
  }
  state.emit({ type: 'memberRemove', guild, member });
}

/** A member without its user, as messages and interactions carry it beside the user. */
export function toApiMemberWithoutUser(member: MemberRecord): Omit<APIGuildMember, 'user'> {
  return {
    avatar: null,
    banner: null,
    avatar_decoration_data: null,
    collectibles: null,
    communication_disabled_until: member.communicationDisabledUntil,
    deaf: false,
    flags: member.flags,
    joined_at: member.joinedAt,
    mute: false,
    nick: member.nick,
    pending: false,
    premium_since: member.premiumSince,
    roles: [...member.roles],
  };
}

export function toApiMember(state: DiscordState, member: MemberRecord): APIGuildMember {
  return { ...toApiMemberWithoutUser(member), user: toApiUser(getUser(state, member.userId)) };
}
