import { truncateMarkdown } from '@flexcord/shared/messages/truncate-markdown';
import type { APIEmbed, RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import type { Announcement } from '../../community/announcements.ts';
import { BLURPLE } from './colours.ts';

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
export const ANNOUNCEMENT_LIMITS = { title: 256, text: 4000, link: 512 } as const;

/** An announcement as it stands in the channel. Nothing in it pings anybody. */
export function renderAnnouncement({ title, text, url }: Announcement): RESTPostAPIChannelMessageJSONBody {
  const embed: APIEmbed = {
    color: BLURPLE,
    title: truncateMarkdown(title, ANNOUNCEMENT_LIMITS.title),
    ...(text ? { description: truncateMarkdown(text, 4096) } : {}),
    ...(url ? { url } : {}),
  };
  return { embeds: [embed], allowed_mentions: { parse: [] } };
}

/** Reads an announcement back from the embed that it was rendered as. */
export function announcementIn(embed: Pick<APIEmbed, 'title' | 'description' | 'url'>): Announcement {
  return { title: embed.title ?? '', text: embed.description ?? '', url: embed.url ?? null };
}
