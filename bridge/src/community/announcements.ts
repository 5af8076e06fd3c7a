import { defineEntry } from '../relay/entries.ts';
import { announcementLane, type EntryKey } from '../relay/keys.ts';

/** An announcement as it stands in a channel. Title and text are Markdown of a moderator, or escaped where a feed wrote them. */
export interface Announcement {
  title: string;
  text: string;
  url: string | null;
}

/** Posts an announcement in a channel; the handler is in discord/servers. */
export const announcement = defineEntry(
  'discord.announcement',
  ({ channelId }: { channelId: string; announcement: Announcement }, key: EntryKey) => ({
    lane: announcementLane(channelId),
    key,
  }),
);
