import { type Client, type GatewayMessageCreateDispatchData, PermissionFlagsBits } from 'discord.js';

const RIGHTS = PermissionFlagsBits.Administrator | PermissionFlagsBits.ManageThreads;

/**
 * Whether the author of a message in a server owns it, or has a role that lets them manage threads; what a channel adds or takes
 * is left out. https://docs.discord.com/developers/topics/permissions
 */
export function moderates(
  client: Client | null,
  { guild_id: guildId, author, member }: GatewayMessageCreateDispatchData,
): boolean {
  const guild = client?.guilds.cache.get(guildId ?? '');
  if (!guild) return false;
  if (guild.ownerId === author.id) return true;
  return [guild.id, ...(member?.roles ?? [])].some(
    (id) => ((guild.roles.cache.get(id)?.permissions.bitfield ?? 0n) & RIGHTS) !== 0n,
  );
}
