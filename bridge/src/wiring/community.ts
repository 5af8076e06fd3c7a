import type { REST } from 'discord.js';
import type { Logger } from 'pino';
import { createFeeds } from '../community/feeds/feeds.ts';
import { guildQueries } from '../community/guilds.ts';
import type { Config } from '../config.ts';
import { createAnnouncements } from '../discord/announcements.ts';
import type { Delivery } from '../discord/deliver.ts';
import { createAnnounce } from '../discord/interactions/announce.ts';
import type { Piece } from '../discord/interactions/piece.ts';
import { createSetupCommand } from '../discord/interactions/setup.ts';
import { plain } from '../discord/render/plain.ts';
import { createSetup } from '../discord/setup.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store } from '../store/open.ts';
import type { Payloads } from '../support/entries.ts';

export interface CommunityParts {
  config: Config;
  store: Store;
  relay: Relay<Payloads>;
  rest: REST;
  logger: Logger;
  delivery: Delivery;
}

/** Wires what happens on servers, outside of private conversations. */
export function wireCommunity({ config, store, relay, rest, logger, delivery }: CommunityParts) {
  const guilds = guildQueries(store);
  const applicationId = config.DISCORD_APPLICATION_ID;
  const announcements = createAnnouncements({ rest, relay, send: delivery.send });
  const feeds = createFeeds({
    store,
    relay,
    logger,
    urls: config.FEEDS ? config.FEEDS.split(',') : [],
    intervalMs: config.FEED_INTERVAL_MS,
    channels: async () => (await guilds.all()).flatMap(({ announcements_id }) => announcements_id ?? []),
    plain,
  });
  const pieces: Piece[] = [
    createSetupCommand({ setUp: createSetup({ rest, guilds, applicationId }) }),
    createAnnounce({ guilds, publish: announcements.publish }),
  ];
  return { pieces, feeds, handlers: announcements.handlers };
}
