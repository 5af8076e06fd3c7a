import { type APIRole, PermissionFlagsBits as P, type RoleFlags } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import type { DiscordState, GuildRecord } from './state.ts';

/** What @everyone may do in a new server. */
export const everyonePermissions =
  P.ViewChannel |
  P.SendMessages |
  P.SendMessagesInThreads |
  P.CreatePublicThreads |
  P.CreatePrivateThreads |
  P.EmbedLinks |
  P.AttachFiles |
  P.AddReactions |
  P.UseExternalEmojis |
  P.ReadMessageHistory |
  P.UseApplicationCommands |
  P.SendVoiceMessages |
  P.SendPolls |
  P.ChangeNickname |
  P.CreateInstantInvite;

/** What a support bot usually asks for when it is added; not Administrator, so that missing permissions show. */
export const usualBotPermissions =
  everyonePermissions |
  P.ManageChannels |
  P.ManageRoles |
  P.ManageMessages |
  P.ManageThreads |
  P.ManageWebhooks |
  P.PinMessages |
  P.MentionEveryone;

export interface RoleOptions {
  name: string;
  permissions?: bigint;
  color?: number;
  hoist?: boolean;
  mentionable?: boolean;
}

export function newRole(id: string, position: number, options: RoleOptions): APIRole {
  const color = options.color ?? 0;
  return {
    id,
    name: options.name,
    color,
    colors: { primary_color: color, secondary_color: null, tertiary_color: null },
    hoist: options.hoist ?? false,
    icon: null,
    unicode_emoji: null,
    position,
    permissions: (options.permissions ?? 0n).toString(),
    managed: false,
    mentionable: options.mentionable ?? false,
    flags: 0 as RoleFlags,
  };
}

export function getRole(guild: GuildRecord, id: string): APIRole {
  const role = guild.roles.get(id);
  if (!role) throw new DiscordError(10011);
  return role;
}

/** Adds a role just above @everyone, as Discord does. */
export function createRole(state: DiscordState, guild: GuildRecord, options: RoleOptions): APIRole {
  for (const other of guild.roles.values()) if (other.position >= 1) other.position += 1;
  const role = newRole(state.nextId(), 1, options);
  guild.roles.set(role.id, role);
  state.emit({ type: 'roleCreate', guild, role });
  return role;
}

export function deleteRole(state: DiscordState, guild: GuildRecord, role: APIRole): void {
  guild.roles.delete(role.id);
  for (const member of guild.members.values()) member.roles = member.roles.filter((id) => id !== role.id);
  state.emit({ type: 'roleDelete', guild, role });
}
