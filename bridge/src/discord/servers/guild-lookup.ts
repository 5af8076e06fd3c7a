import {
  type APIChannel,
  type APIGuild,
  type Client,
  DiscordAPIError,
  GuildPremiumTier,
  type REST,
  type RESTGetAPICurrentUserGuildsResult,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import { LRUCache } from 'lru-cache';
import { isRefusal } from '../../relay/errors.ts';
import { callDiscord } from '../errors.ts';
import { DISCORD_FILE_LIMIT } from '../format/to-discord.ts';

/** What boosts give (https://support.discord.com/hc/en-us/articles/360028038352); in bytes. */
const BY_BOOSTS: Record<GuildPremiumTier, number> = {
  [GuildPremiumTier.None]: DISCORD_FILE_LIMIT,
  [GuildPremiumTier.Tier1]: DISCORD_FILE_LIMIT,
  [GuildPremiumTier.Tier2]: 50 * 1024 * 1024,
  [GuildPremiumTier.Tier3]: 100 * 1024 * 1024,
};

/** How old an answer may be where the gateway does not tell of changes, in milliseconds. */
const MAX_AGE_MS = 5 * 60_000;

const MAX_GUILDS_ASKED = 10;

/**
 * What is known of servers: roles, channels, boosts. The gateway tells the process that holds it; any other asks, and keeps
 * the answers for a while.
 */
export function createGuildLookup(rest: REST) {
  let client: Client | null = null;
  const get = <T>(what: string, route: `/${string}`) =>
    callDiscord(what, () => rest.get(route)) as Promise<T>;
  const asked = new LRUCache<'guilds', string[]>({
    max: 1,
    ttl: MAX_AGE_MS,
    fetchMethod: async () => {
      const guilds = await get<RESTGetAPICurrentUserGuildsResult>('own servers', Routes.userGuilds());
      return guilds.map(({ id }) => id);
    },
  });
  const tiers = new LRUCache<string, GuildPremiumTier>({
    max: 100,
    ttl: MAX_AGE_MS,
    fetchMethod: askForTier,
  });

  async function askForTier(channelId: string): Promise<GuildPremiumTier> {
    try {
      const channel = await get<APIChannel>('channel', Routes.channel(channelId));
      if (!('guild_id' in channel) || !channel.guild_id) return GuildPremiumTier.None;
      return (await get<APIGuild>('server', Routes.guild(channel.guild_id))).premium_tier;
    } catch (error) {
      // What every server takes is no reason to refuse a message.
      if (isRefusal(error)) return GuildPremiumTier.None;
      throw error;
    }
  }

  return {
    /** The client whose session tells; null while there is none. */
    attach(next: Client | null): void {
      client = next;
    },
    /** @throws Transient or Refused where Discord must be asked and does not say. */
    guildIds: async (): Promise<string[]> =>
      client ? [...client.guilds.cache.keys()] : ((await asked.fetch('guilds')) ?? []),
    /**
     * Whether the bot shares a server with a member; true where that is not sure, as with very many servers.
     * @throws Transient where Discord does not answer.
     */
    async meets(memberId: string): Promise<boolean> {
      const guilds = await this.guildIds();
      if (guilds.length > MAX_GUILDS_ASKED) return true;
      for (const guildId of guilds) {
        try {
          await get('member of a server', Routes.guildMember(guildId, memberId));
          return true;
        } catch (error) {
          if (!isRefusal(error)) throw error;
          const code = error.cause instanceof DiscordAPIError ? error.cause.code : 0;
          if (code !== RESTJSONErrorCodes.UnknownMember) return true;
        }
      }
      return false;
    },
    /**
     * Largest file that may be uploaded in the server of a channel, in bytes.
     * @throws Transient where Discord must be asked and does not answer.
     */
    async uploadLimitOf(channelId: string): Promise<number> {
      const channel = client?.channels.cache.get(channelId);
      if (client)
        return channel && 'guild' in channel ? BY_BOOSTS[channel.guild.premiumTier] : DISCORD_FILE_LIMIT;
      return BY_BOOSTS[(await tiers.fetch(channelId)) ?? GuildPremiumTier.None];
    },
    /** By which mentions get their names, in the process that holds the gateway: no other reads what members write. */
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
