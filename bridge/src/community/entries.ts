import type { CanonicalFile } from '../messages/canonical.ts';

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
  /** The first post of a case's card. The files are what the member added. */
  'discord.card': { caseNumber: number; files: CanonicalFile[] };
  'discord.card-edit': { caseNumber: number };
  /** What a member thought of a conversation (CH…), from 1 to 5. */
  'twilio.rating': { conversationSid: string; score: number };
  /** Everybody who follows a case is told, some at a time: those whose ids come after `after`. */
  'community.tell-followers': {
    caseNumber: number;
    title: string;
    memberId: string;
    status: 'elevated' | 'resolved';
    /** The entry of the timeline that it is about. */
    eventId: number;
    after: string;
  };
}

export const announcementLane = (channelId: string) => `announcements:${channelId}`;
/** A lane of its own: Discord lets few messages an hour be published, and posts must not wait for that. */
export const crosspostLane = (channelId: string) => `crosspost:${channelId}`;
export const cardLane = (caseNumber: number) => `card:${caseNumber}`;
export const followersLane = (caseNumber: number) => `followers:${caseNumber}`;
