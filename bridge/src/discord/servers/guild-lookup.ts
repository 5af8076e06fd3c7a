import { type Client, GuildPremiumTier } from 'discord.js';
import { DISCORD_FILE_LIMIT } from '../format/to-discord.ts';

/** What boosts give (https://support.discord.com/hc/en-us/articles/360028038352); in bytes. */
const BY_BOOSTS: Record<GuildPremiumTier, number> = {
  [GuildPremiumTier.None]: DISCORD_FILE_LIMIT,
  [GuildPremiumTier.Tier1]: DISCORD_FILE_LIMIT,
  [GuildPremiumTier.Tier2]: 50 * 1024 * 1024,
  [GuildPremiumTier.Tier3]: 100 * 1024 * 1024,
};

/** Largest file that may be uploaded in the server of a channel, in bytes. */
export function uploadLimitOf(client: Client, channelId: string): number {
  const channel = client.channels.cache.get(channelId);
  return channel && 'guild' in channel ? BY_BOOSTS[channel.guild.premiumTier] : DISCORD_FILE_LIMIT;
}

/** What the gateway told of roles and channels, by which mentions get their names. */
export const namesFrom = (client: Client) => ({
  role: (id: string) =>
    client.guilds.cache.find(({ roles }) => roles.cache.has(id))?.roles.cache.get(id)?.name,
  channel(id: string) {
    const channel = client.channels.cache.get(id);
    return channel && 'name' in channel ? (channel.name ?? undefined) : undefined;
  },
});
