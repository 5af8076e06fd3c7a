/** An announcement as it stands in a channel. Title and text are Markdown of a moderator, or escaped where a feed wrote them. */
export interface Announcement {
  title: string;
  text: string;
  url: string | null;
}

/** What the journal holds of the community. */
export interface CommunityPayloads {
  'discord.announcement': { channelId: string; announcement: Announcement };
  /** Servers that follow the channel get the message too. */
  'discord.crosspost': { channelId: string; messageId: string };
}

export const announcementLane = (channelId: string) => `announcements:${channelId}`;
/** A lane of its own: Discord lets few messages an hour be published, and posts must not wait for that. */
export const crosspostLane = (channelId: string) => `crosspost:${channelId}`;
