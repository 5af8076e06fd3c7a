import { DiscordAPIError, type REST, Routes } from 'discord.js';
import {
  type Announcement,
  announcementLane,
  type CommunityPayloads,
  crosspostLane,
} from '../../community/entries.ts';
import { Refused } from '../../relay/errors.ts';
import type { Attempt, Handled, Handler, Relay } from '../../relay/relay.ts';
import type { Delivery } from '../conversation/deliver.ts';
import { callDiscord } from '../errors.ts';
import { renderAnnouncement } from '../render/announcement.ts';

/**
 * Crossposted already; or in a channel that nobody can follow, because the server is no community
 * (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
 */
const NOT_NEEDED = new Set([40033, 50024]);

/** Posts announcements, each once, and has Discord pass them on to the servers that follow the channel. */
export function createAnnouncements(options: {
  rest: REST;
  relay: Pick<Relay<CommunityPayloads>, 'append' | 'commit'>;
  send: Delivery['send'];
}) {
  const { rest, relay, send } = options;

  const post: Handler<CommunityPayloads['discord.announcement']> = {
    async run({ channelId, announcement }, attempt: Attempt): Promise<Handled> {
      const messageId = await send(channelId, renderAnnouncement(announcement), 0, attempt);
      return {
        outcome: { messageId },
        commit: async (tx) => {
          await relay.append(tx, {
            lane: crosspostLane(channelId),
            key: `crosspost:${messageId}`,
            kind: 'discord.crosspost',
            payload: { channelId, messageId },
          });
        },
      };
    },
  };

  const crosspost: Handler<CommunityPayloads['discord.crosspost']> = {
    async run({ channelId, messageId }) {
      try {
        await callDiscord('crosspost', () => rest.post(Routes.channelMessageCrosspost(channelId, messageId)));
      } catch (error) {
        const code =
          error instanceof Refused && error.cause instanceof DiscordAPIError ? error.cause.code : null;
        if (!NOT_NEEDED.has(Number(code))) throw error;
      }
      return undefined;
    },
  };

  return {
    handlers: { 'discord.announcement': post, 'discord.crosspost': crosspost },

    /** Journals an announcement; the same key goes out once. */
    publish: (key: string, channelId: string, announcement: Announcement) =>
      relay.commit([
        {
          lane: announcementLane(channelId),
          key,
          kind: 'discord.announcement',
          payload: { channelId, announcement },
        },
      ]),
  };
}
