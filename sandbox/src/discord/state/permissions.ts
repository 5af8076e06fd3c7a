import { ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import type { ChannelRecord, DiscordState, GuildRecord } from './state.ts';

/** All of Discord's permission bits. */
const allPermissions = Object.values(P).reduce((all, bit) => all | bit, 0n);

export const threadTypes: ReadonlySet<ChannelType> = new Set([
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
]);

/** What a member may do in the whole server. */
export function guildPermissions(guild: GuildRecord, userId: string): bigint {
  if (guild.ownerId === userId) return allPermissions;
  const member = guild.members.get(userId);
  if (!member) return 0n;
  let permissions = BigInt(guild.roles.get(guild.id)?.permissions ?? 0);
  for (const id of member.roles) permissions |= BigInt(guild.roles.get(id)?.permissions ?? 0);
  return permissions & P.Administrator ? allPermissions : permissions;
}

/**
 * What a user may do in a channel: the algorithm of
 * https://docs.discord.com/developers/topics/permissions#permission-overwrites, threads by their parent's overwrites.
 */
export function channelPermissions(state: DiscordState, channel: ChannelRecord, userId: string): bigint {
  if (!channel.guildId) {
    const inside = channel.recipientId === userId || userId === state.bot.id;
    return inside ? allPermissions & ~P.ManageMessages : 0n;
  }
  const guild = state.guilds.get(channel.guildId);
  const member = guild?.members.get(userId);
  if (!guild || !member) return 0n;
  const base = guildPermissions(guild, userId);
  if (base === allPermissions) return base;
  const overwrites =
    (channel.thread ? state.channels.get(channel.parentId ?? '') : channel)?.overwrites ?? [];
  let permissions = base;
  const everyone = overwrites.find((o) => o.id === guild.id);
  if (everyone) permissions = (permissions & ~BigInt(everyone.deny)) | BigInt(everyone.allow);
  let allow = 0n;
  let deny = 0n;
  for (const overwrite of overwrites) {
    if (overwrite.id === guild.id || !member.roles.includes(overwrite.id)) continue;
    allow |= BigInt(overwrite.allow);
    deny |= BigInt(overwrite.deny);
  }
  permissions = (permissions & ~deny) | allow;
  const own = overwrites.find((o) => o.id === userId);
  if (own) permissions = (permissions & ~BigInt(own.deny)) | BigInt(own.allow);
  if (!(permissions & P.ViewChannel)) return 0n;
  if (channel.type === ChannelType.PrivateThread) {
    const inside = channel.thread?.members.has(userId) || permissions & P.ManageThreads;
    if (!inside) return 0n;
  }
  if (
    member.communicationDisabledUntil &&
    Date.parse(member.communicationDisabledUntil) > state.clock.now()
  ) {
    permissions &= P.ViewChannel | P.ReadMessageHistory;
  }
  return permissions;
}

export function canView(state: DiscordState, channel: ChannelRecord, userId: string): boolean {
  return (channelPermissions(state, channel, userId) & P.ViewChannel) !== 0n;
}

/** Refuses with 50001 where the channel cannot be seen, with 50013 where a permission is missing. */
export function requirePermissions(
  state: DiscordState,
  channel: ChannelRecord,
  userId: string,
  needed: bigint,
): void {
  const permissions = channelPermissions(state, channel, userId);
  if (!(permissions & P.ViewChannel)) throw new DiscordError(50001);
  if ((permissions & needed) !== needed) throw new DiscordError(50013);
}

export function requireGuildPermissions(guild: GuildRecord, userId: string, needed: bigint): void {
  if (!guild.members.has(userId)) throw new DiscordError(50001);
  if ((guildPermissions(guild, userId) & needed) !== needed) throw new DiscordError(50013);
}

/** The position of a member's highest role: roles at or above it cannot be given, taken or changed by the member. */
export function highestRole(guild: GuildRecord, userId: string): number {
  if (guild.ownerId === userId) return Number.POSITIVE_INFINITY;
  const roles = guild.members.get(userId)?.roles ?? [];
  return Math.max(0, ...roles.map((id) => guild.roles.get(id)?.position ?? 0));
}
