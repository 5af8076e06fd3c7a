import {
  type APIChannel,
  type APIGuild,
  type APIOverwrite,
  ChannelType,
  OverwriteType,
  PermissionFlagsBits as P,
} from 'discord.js';
import type { PresentChannel } from '../../community/server-plan.ts';

/** A permission that the bot may lack in a server. */
export type Permission =
  | 'channels'
  | 'roles'
  | 'see'
  | 'send'
  | 'embed'
  | 'attach'
  | 'history'
  | 'makeThreads'
  | 'sendInThreads'
  | 'manageThreads';

export const bits: Record<Permission, bigint> = {
  channels: P.ManageChannels,
  roles: P.ManageRoles,
  see: P.ViewChannel,
  send: P.SendMessages,
  embed: P.EmbedLinks,
  attach: P.AttachFiles,
  history: P.ReadMessageHistory,
  makeThreads: P.CreatePrivateThreads,
  sendInThreads: P.SendMessagesInThreads,
  manageThreads: P.ManageThreads,
};

/** Thrown where something cannot be done without a permission. */
export class MissingPermissionError extends Error {
  override name = 'MissingPermissionError';

  constructor(readonly permission: Permission) {
    super(`the permission for ${permission} is missing`);
  }
}

export const has = (permissions: bigint, permission: Permission): boolean =>
  (permissions & bits[permission]) !== 0n;

/** Throws a MissingPermissionError unless the bit set has the permission. */
export function requirePermission(permissions: bigint, permission: Permission): void {
  if (!has(permissions, permission)) throw new MissingPermissionError(permission);
}

/** What members may not do in a channel that they only read. */
export const WRITING =
  P.SendMessages | P.CreatePublicThreads | P.CreatePrivateThreads | P.SendMessagesInThreads;

export type Overwrite = Pick<APIOverwrite, 'id' | 'type' | 'allow' | 'deny'>;

/** Somebody, or everybody who has nothing but these roles. */
export interface Holder {
  /** Null where no single member is meant. */
  id: string | null;
  roles: readonly string[];
}

/** What somebody may do in the whole server, as a bit set. */
export function permissionsInServer(guild: Pick<APIGuild, 'id' | 'owner_id' | 'roles'>, who: Holder): bigint {
  const own = guild.roles
    .filter(({ id }) => id === guild.id || who.roles.includes(id))
    .reduce((all, { permissions }) => all | BigInt(permissions), 0n);
  return own & P.Administrator || guild.owner_id === who.id ? ~0n : own;
}

/**
 * What somebody may do in a channel, as a bit set; nothing where they do not see it. By Discord's own order of overwrites
 * (https://docs.discord.com/developers/topics/permissions#permission-overwrites).
 */
export function permissionsInChannel(
  guild: Pick<APIGuild, 'id' | 'owner_id' | 'roles'>,
  channel: APIChannel,
  who: Holder,
): bigint {
  let allowed = permissionsInServer(guild, who);
  if (allowed === ~0n) return allowed;
  const overwrites = overwritesOf(channel);
  for (const group of [
    overwrites.filter(({ id }) => id === guild.id),
    overwrites.filter(
      ({ id, type }) => type === OverwriteType.Role && id !== guild.id && who.roles.includes(id),
    ),
    overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === who.id),
  ]) {
    allowed &= ~group.reduce((all, { deny }) => all | BigInt(deny), 0n);
    allowed |= group.reduce((all, { allow }) => all | BigInt(allow), 0n);
  }
  return allowed & P.ViewChannel ? allowed : 0n;
}

/** Overwrites with which everybody reads and only moderators and the bot write; the others of the channel stay. */
export function readOnly(
  overwrites: readonly APIOverwrite[],
  given: { guildId: string; botId: string; roleId: string | null; permissions: bigint },
): Overwrite[] {
  const { guildId, botId, roleId, permissions } = given;
  const changed = new Map<string, Overwrite>(
    overwrites.map(({ id, type, allow, deny }) => [id, { id, type, allow, deny }]),
  );
  const set = (id: string, type: OverwriteType, allow: bigint, deny: bigint) => {
    const before = changed.get(id);
    // Nobody can hand out, or take, what they do not have.
    const granted = (BigInt(before?.allow ?? 0) | allow) & ~deny & permissions;
    const taken = (BigInt(before?.deny ?? 0) | deny) & ~allow & permissions;
    changed.set(id, { id, type, allow: String(granted), deny: String(taken) });
  };
  set(guildId, OverwriteType.Role, 0n, WRITING);
  if (roleId) set(roleId, OverwriteType.Role, P.SendMessages, 0n);
  set(
    botId,
    OverwriteType.Member,
    P.ViewChannel | P.SendMessages | P.EmbedLinks | P.AttachFiles | P.ReadMessageHistory,
    0n,
  );
  return [...changed.values()];
}

export const overwritesOf = (channel: APIChannel | undefined): APIOverwrite[] =>
  channel && 'permission_overwrites' in channel ? (channel.permission_overwrites ?? []) : [];

/** What a set-up needs to know of a channel. */
export function presentChannel(channel: APIChannel, guildId: string): PresentChannel {
  const everyone = overwritesOf(channel).find(({ id }) => id === guildId);
  const kinds: Partial<Record<ChannelType, PresentChannel['kind']>> = {
    [ChannelType.GuildText]: 'text',
    [ChannelType.GuildAnnouncement]: 'news',
  };
  return {
    id: channel.id,
    name: channel.name ?? '',
    kind: kinds[channel.type] ?? 'other',
    membersWrite: (BigInt(everyone?.deny ?? 0) & P.SendMessages) === 0n,
  };
}
