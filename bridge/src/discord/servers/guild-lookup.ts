import { type Client, GuildPremiumTier } from 'discord.js';
import { DISCORD_FILE_LIMIT } from '../format/to-discord.ts';

/** What boosts give (https://support.discord.com/hc/en-us/articles/360028038352); in bytes. */
const BY_BOOSTS: Record<GuildPremiumTier, number> = {
  [GuildPremiumTier.None]: DISCORD_FILE_LIMIT,
  [GuildPremiumTier.Tier1]: DISCORD_FILE_LIMIT,
  [GuildPremiumTier.Tier2]: 50 * 1024 * 1024,
  [GuildPremiumTier.Tier3]: 100 * 1024 * 1024,
};

/**
 * What the gateway has told of servers: roles, channels, boosts. A process that does not hold the gateway knows nothing,
 * and answers as if there were no servers.
 */
export function createGuildLookup() {
  let client: Client | null = null;
  return {
    /** The client whose session tells; null while there is none. */
    attach(next: Client | null): void {
      client = next;
    },
    guildIds: (): string[] => [...(client?.guilds.cache.keys() ?? [])],
    /** Largest file that may be uploaded in the server of a channel, in bytes. */
    uploadLimitOf(channelId: string): number {
      const channel = client?.channels.cache.get(channelId);
      return channel && 'guild' in channel ? BY_BOOSTS[channel.guild.premiumTier] : DISCORD_FILE_LIMIT;
    },
    /** By which mentions get their names. */
    names: {
      role: (id: string) =>
        client?.guilds.cache.find(({ roles }) => roles.cache.has(id))?.roles.cache.get(id)?.name,
      channel(id: string) {
        const channel = client?.channels.cache.get(id);
        return channel && 'name' in channel ? (channel.name ?? undefined) : undefined;
      },
    },
  };
}

export type GuildLookup = ReturnType<typeof createGuildLookup>;
