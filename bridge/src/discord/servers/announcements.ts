import { DiscordAPIError, type REST, Routes } from 'discord.js';
import { type Announcement, announcement } from '../../community/announcements.ts';
import { defineEntry } from '../../relay/entries.ts';
import { isRefusal } from '../../relay/errors.ts';
import { announcementKey, crosspostKey, crosspostLane } from '../../relay/keys.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Send } from '../conversation/send.ts';
import { callDiscord } from '../errors.ts';
import { renderAnnouncement } from '../render/announcement.ts';

/**
 * Crossposted already; or in a channel that nobody can follow, because the server is no community
 * (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
 */
const NOT_NEEDED = new Set([40033, 50024]);

/** Servers that follow the channel get the message too. */
export const crosspost = defineEntry(
  'discord.crosspost',
  ({ channelId, messageId }: { channelId: string; messageId: string }) => ({
    lane: crosspostLane(channelId),
    key: crosspostKey(messageId),
  }),
);

/** Posts announcements, each once, and has Discord pass them on to the servers that follow the channel. */
export function createAnnouncements(options: {
  rest: REST;
  relay: Pick<Relay, 'append' | 'commit'>;
  send: Send;
}) {
  const { rest, relay, send } = options;

  return {
    handlers: [
      announcement.handledBy({
        async run({ channelId, announcement: said }, attempt) {
          const sent = await send(channelId, renderAnnouncement(said), 0, attempt);
          return {
            outcome: [sent],
            commit: async (tx) => void (await relay.append(tx, crosspost({ channelId, messageId: sent.id }))),
          };
        },
      }),
      crosspost.handledBy({
        async run({ channelId, messageId }) {
          const route = Routes.channelMessageCrosspost(channelId, messageId);
          try {
            await callDiscord('crosspost', () => rest.post(route));
          } catch (error) {
            const code = isRefusal(error) && error.cause instanceof DiscordAPIError ? error.cause.code : null;
            if (!NOT_NEEDED.has(Number(code))) throw error;
          }
          return undefined;
        },
      }),
    ] as const,

    /** Journals an announcement; the same preview (message id) goes out once. */
    publish: (previewId: string, channelId: string, said: Announcement) =>
      relay.commit([announcement({ channelId, announcement: said }, announcementKey(previewId))]),
  };
}
