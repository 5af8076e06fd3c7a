import { ChannelType } from 'discord-api-types/v10';

export const isThread = (type: ChannelType): boolean =>
  type === ChannelType.PublicThread ||
  type === ChannelType.PrivateThread ||
  type === ChannelType.AnnouncementThread;

/** The icon before a channel's name. */
export function markOf(type: ChannelType) {
  if (isThread(type)) return 'thread';
  if (type === ChannelType.GuildForum) return 'forum';
  return type === ChannelType.GuildAnnouncement ? 'announcement' : 'hash';
}
