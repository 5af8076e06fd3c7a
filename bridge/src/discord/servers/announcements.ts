import { DAY_MS } from '@flexcord/shared/time';
import { DiscordAPIError, type REST, Routes } from 'discord.js';
import type { Logger } from 'pino';
import {
  type Announcement,
  type Announcer,
  announcement,
  announcementHeld,
  type HeldReason,
} from '../../community/announcements.ts';
import type { GuildQueries } from '../../guilds/guilds.ts';
import { defineEntry } from '../../relay/entries.ts';
import { isRefusal, Refused } from '../../relay/errors.ts';
import { announcementKey, crosspostKey, crosspostLane } from '../../relay/keys.ts';
import type { Relay } from '../../relay/relay.ts';
import { steadyNow } from '../../store/clock.ts';
import { textsFor } from '../../texts/index.ts';
import type { Send } from '../conversation/send.ts';
import { callDiscord } from '../errors.ts';
import { renderAnnouncement } from '../render/announcement.ts';

/**
 * Crossposted already; or in a channel that nobody can follow, because the server is no community
 * (https://docs.discord.com/developers/topics/opcodes-and-status-codes#json).
 */
const NOT_NEEDED = new Set([40033, 50024]);

/** How long an announcement waits for a moderator to mend its channel, and the first and longest wait between two tries, in milliseconds. */
const MAX_HELD_MS = DAY_MS;
const HELD_WAIT_MS = { first: 1_000, max: 10 * 60_000 };

/**
 * By when the button that published was answered, in milliseconds: what is said then takes the place of that
 * (https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback).
 */
const ANSWERED_MS = 3_000;

/** What a moderator can mend of what was refused. */
function mendableIn(error: unknown): HeldReason | null {
  if (!(error instanceof Refused)) return null;
  return error.reason === 'gone' || error.reason === 'forbidden' ? error.reason : null;
}

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
  guilds: Pick<GuildQueries, 'find'>;
  logger: Logger;
  applicationId: string;
  send: Send;
}) {
  const { rest, relay, guilds, logger, applicationId, send } = options;

  return {
    handlers: [
      announcement.handledBy({
        async run({ channelId: named, announcement: said, guildId, by }, attempt) {
          const channelId = (guildId && (await guilds.find(guildId))?.announcements_id) || named;
          const sent = await send(channelId, renderAnnouncement(said), 0, attempt).catch(
            async (error: unknown) => {
              const reason = mendableIn(error);
              const age = steadyNow() - attempt.createdAt;
              if (!reason || age > MAX_HELD_MS) throw error;
              const held = { channelId, reason, by: by ?? null };
              await relay.commit([announcementHeld(held, attempt.key, steadyNow() + ANSWERED_MS)]);
              return { againInMs: Math.min(Math.max(age, HELD_WAIT_MS.first), HELD_WAIT_MS.max) };
            },
          );
          if ('againInMs' in sent) return sent;
          return {
            outcome: [sent],
            commit: async (tx) => void (await relay.append(tx, crosspost({ channelId, messageId: sent.id }))),
          };
        },
      }),
      announcementHeld.handledBy({
        async run({ channelId, reason, by }) {
          logger.error(
            { channelId, reason },
            'an announcement cannot be posted: use /setup in that server, which says what is missing; it is tried again for a day',
          );
          if (!by) return undefined;
          const texts = textsFor(by.locale);
          const content = texts.community.announcement.held(
            `<#${channelId}>`,
            texts.community.announcement.because[reason],
          );
          await callDiscord('tell a moderator', () =>
            rest.patch(Routes.webhookMessage(applicationId, by.interactionToken), {
              auth: false,
              body: { content, allowed_mentions: { parse: [] } },
            }),
          );
          return undefined;
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
    publish: (
      previewId: string,
      place: { channelId: string; guildId: string },
      said: Announcement,
      by: Announcer,
    ) => relay.commit([announcement({ ...place, announcement: said, by }, announcementKey(previewId))]),
  };
}
