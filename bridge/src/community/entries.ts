/** An announcement in a channel. Title and text are a moderator's Markdown, or escaped text of a feed. */
export interface Announcement {
  title: string;
  text: string;
  url: string | null;
}

/** Journal payloads of announcements. */
export interface CommunityPayloads {
  'discord.announcement': { channelId: string; announcement: Announcement };
  /** Servers that follow the channel get the message too. */
  'discord.crosspost': { channelId: string; messageId: string };
}

export const announcementLane = (channelId: string) => `announcements:${channelId}`;
/** A lane of its own: Discord limits publishing to a few messages an hour, and posts must not wait for that. */
export const crosspostLane = (channelId: string) => `crosspost:${channelId}`;
