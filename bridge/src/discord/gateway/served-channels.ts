import { type APIChannel, type REST, Routes } from 'discord.js';
import type { Logger } from 'pino';
import { Refused } from '../../relay/errors.ts';
import type { PublicChannel, PublicChannels } from '../../threads/channels.ts';
import { callDiscord } from '../errors.ts';
import type { createPersistence } from './in-order.ts';
import { channelFacts } from './public-channels.ts';

/** How long what another process may have changed about served channels goes unnoticed, in milliseconds. */
const MAX_AGE_MS = 15_000;

/** The channels that are served, as this process knows them, and what Discord says of them. */
export function createServedChannels({
  rest,
  channels,
  logger,
  persist,
  changed,
}: {
  rest: REST;
  channels: PublicChannels;
  logger: Logger;
  persist: ReturnType<typeof createPersistence>;
  /** More channels are served than before. */
  changed(): void;
}) {
  let known = new Map<string, PublicChannel>();
  let knownAt = Number.NEGATIVE_INFINITY;

  async function noteFacts(channel: APIChannel, guildId: string): Promise<void> {
    await persist(channel.id, 'note what a channel is like', async () => {
      await channels.noteFacts(channel.id, channelFacts(channel, guildId));
      knownAt = Number.NEGATIVE_INFINITY;
    });
  }

  async function refresh(maxAgeMs = MAX_AGE_MS): Promise<ReadonlyMap<string, PublicChannel>> {
    if (performance.now() - knownAt < maxAgeMs) return known;
    const next = new Map((await channels.served()).map((channel) => [channel.id, channel]));
    const isMore = [...next.keys()].some((id) => !known.has(id));
    known = next;
    knownAt = performance.now();
    if (isMore) changed();
    return known;
  }

  return {
    noteFacts,

    /** By their ids, as of the last look at the store. */
    current: (): ReadonlyMap<string, PublicChannel> => known,

    /** What is known is looked up anew before it is used again. */
    forget(): void {
      knownAt = Number.NEGATIVE_INFINITY;
    },

    refresh,

    /** Looks without being waited for. */
    look(maxAgeMs?: number): void {
      refresh(maxAgeMs).catch((err) => logger.warn({ err }, 'it was not looked which channels are served'));
    },

    /** Which server a channel is in, asked once; null where it cannot be seen. */
    async serverOf(channel: PublicChannel): Promise<string | null> {
      if (channel.guild_id) return channel.guild_id;
      try {
        const found = (await callDiscord('look at a served channel', () =>
          rest.get(Routes.channel(channel.id)),
        )) as APIChannel;
        const guildId = 'guild_id' in found ? (found.guild_id ?? null) : null;
        if (guildId) await noteFacts(found, guildId);
        return guildId;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        logger.error(
          { channelId: channel.id, err: error },
          'a channel that is to be served in public cannot be seen: give the bot View Channels there',
        );
        return null;
      }
    },
  };
}
