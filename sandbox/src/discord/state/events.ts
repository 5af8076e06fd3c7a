import type { APIRole } from 'discord-api-types/v10';
import type { InteractionRecord } from '../interactions/record.ts';
import type { ChannelRecord, GuildRecord, MemberRecord, MessageRecord } from './records.ts';

interface ReactionChange {
  message: MessageRecord;
  userId: string;
  emoji: { id: string | null; name: string };
}

/** One event for each name, so that a `switch` over the names narrows. */
type Named<Name extends string, Content> = Name extends string ? { type: Name } & Content : never;

/** Changes of the state. The gateway turns these into dispatches, the driver into calls of its listeners. */
export type DiscordEvent =
  | Named<'messageCreate' | 'messageDelete', { message: MessageRecord }>
  /** `onlyEmbeds`: previews of its links were added, and nobody edited it. */
  | Named<'messageUpdate', { message: MessageRecord; onlyEmbeds?: true }>
  | Named<'messageDeleteBulk', { channel: ChannelRecord; messages: MessageRecord[] }>
  | Named<'reactionAdd' | 'reactionRemove', ReactionChange>
  | Named<'reactionRemoveAll', { message: MessageRecord }>
  | Named<'reactionRemoveEmoji', { message: MessageRecord; emoji: ReactionChange['emoji'] }>
  | Named<'typing', { channel: ChannelRecord; userId: string }>
  | Named<'pinsUpdate', { channel: ChannelRecord }>
  | Named<'channelCreate' | 'channelUpdate' | 'channelDelete', { channel: ChannelRecord }>
  | Named<'threadCreate' | 'threadUpdate' | 'threadDelete', { channel: ChannelRecord }>
  | Named<'threadMembersUpdate', { channel: ChannelRecord; added: string[]; removed: string[] }>
  | Named<'guildCreate' | 'guildUpdate' | 'guildDelete', { guild: GuildRecord }>
  | Named<'banAdd', { guild: GuildRecord; userId: string }>
  | Named<'memberAdd' | 'memberUpdate' | 'memberRemove', { guild: GuildRecord; member: MemberRecord }>
  | Named<'roleCreate' | 'roleUpdate' | 'roleDelete', { guild: GuildRecord; role: APIRole }>
  | Named<'interactionCreate' | 'interactionUpdate', { interaction: InteractionRecord }>;
