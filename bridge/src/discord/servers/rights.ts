import {
  type APIChannel,
  type APIOverwrite,
  ChannelType,
  OverwriteType,
  PermissionFlagsBits as P,
} from 'discord.js';
import type { PresentChannel } from '../../community/server-plan.ts';

/** A permission that the bot may lack in a server. */
export type Permission = 'channels' | 'roles' | 'see' | 'send' | 'embed';

const bits: Record<Permission, bigint> = {
  channels: P.ManageChannels,
  roles: P.ManageRoles,
  see: P.ViewChannel,
  send: P.SendMessages,
  embed: P.EmbedLinks,
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
const WRITING = P.SendMessages | P.CreatePublicThreads | P.CreatePrivateThreads | P.SendMessagesInThreads;

type Overwrite = Pick<APIOverwrite, 'id' | 'type' | 'allow' | 'deny'>;

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
  set(botId, OverwriteType.Member, P.ViewChannel | P.SendMessages | P.EmbedLinks, 0n);
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
