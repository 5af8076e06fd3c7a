import { defineEntry } from '../relay/entries.ts';
import { announcementLane, consequenceKey, type EntryKey, timerLane } from '../relay/keys.ts';

/** An announcement as it stands in a channel. Title and text are Markdown of a moderator, or escaped where a feed wrote them. */
export interface Announcement {
  title: string;
  text: string;
  url: string | null;
}

/** Posts an announcement in a channel; the handler is in discord/servers. */
export const announcement = defineEntry(
  'discord.announcement',
  (
    {
      channelId,
    }: {
      channelId: string;
      announcement: Announcement;
      /** Where it is posted if the server has another channel for announcements by then. */
      guildId?: string;
      /** Whoever published it, should it not be possible; a feed is nobody. */
      by?: Announcer;
    },
    key: EntryKey,
  ) => ({ lane: announcementLane(channelId), key }),
);

/** A moderator, by the interaction with which they published; its token answers for 15 minutes. */
export interface Announcer {
  interactionToken: string;
  locale: string;
}

/** What a moderator can mend: the channel is gone, or the bot may not write there. */
export type HeldReason = 'gone' | 'forbidden';

/** Tells, once, that an announcement cannot be posted for now. */
export const announcementHeld = defineEntry(
  'discord.announcement-held',
  (_: { channelId: string; reason: HeldReason; by: Announcer | null }, held: EntryKey, notBefore: number) => {
    const key = consequenceKey('held', held);
    return { lane: timerLane(key), key, notBefore };
  },
);
