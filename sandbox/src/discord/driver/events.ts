import type { APIMessage } from 'discord-api-types/v10';
import type { InteractionStatus } from '../interactions/record.ts';
import type { DiscordEvent } from '../state/events.ts';
import { toApiMessage } from '../state/messages.ts';
import type { DiscordState, MessageRecord } from '../state/state.ts';

/** A message with the only user who sees it, where it is ephemeral. */
export interface SeenMessage {
  message: APIMessage;
  visibleTo?: string;
}

/** What `discord.on` reports, for pages that show the sandbox live. */
export interface DriverEvents {
  message: SeenMessage;
  messageUpdate: SeenMessage;
  messageDelete: { id: string; channelId: string; visibleTo?: string };
  typing: { channelId: string; userId: string };
  reaction: {
    message: APIMessage;
    userId: string;
    emoji: { id: string | null; name: string };
    added: boolean;
  };
  interaction: { id: string; userId: string; channelId: string; status: InteractionStatus };
  channel: { id: string; guildId?: string; change: 'create' | 'update' | 'delete' };
  member: { guildId: string; userId: string; change: 'add' | 'update' | 'remove' };
}

export type DriverEvent = keyof DriverEvents;

/** Calls `listener` on every such event; returns a function that removes it. */
export function onDriverEvent<E extends DriverEvent>(
  state: DiscordState,
  event: E,
  listener: (value: DriverEvents[E]) => void,
): () => void {
  return state.subscribe((change) => {
    const translated = translate(state, change);
    const value = translated?.[event];
    if (value !== undefined) listener(value);
  });
}

function translate(state: DiscordState, event: DiscordEvent): Partial<DriverEvents> | undefined {
  const seen = (message: MessageRecord): SeenMessage => ({
    message: toApiMessage(state, message, message.visibleTo),
    visibleTo: message.visibleTo,
  });
  const gone = (m: MessageRecord) => ({ id: m.id, channelId: m.channelId, visibleTo: m.visibleTo });
  const change = event.type.replace(/^(channel|thread|member)/, '').toLowerCase();
  switch (event.type) {
    case 'messageCreate':
      return { message: seen(event.message) };
    case 'messageUpdate':
      return { messageUpdate: seen(event.message) };
    case 'messageDelete':
      return { messageDelete: gone(event.message) };
    case 'typing':
      return { typing: { channelId: event.channel.id, userId: event.userId } };
    case 'reactionAdd':
    case 'reactionRemove': {
      const { userId, emoji } = event;
      const added = event.type === 'reactionAdd';
      return { reaction: { message: toApiMessage(state, event.message), userId, emoji, added } };
    }
    case 'interactionCreate':
    case 'interactionUpdate': {
      const { id, userId, channelId, status } = event.interaction;
      return { interaction: { id, userId, channelId, status } };
    }
    case 'channelCreate':
    case 'channelUpdate':
    case 'channelDelete':
    case 'threadCreate':
    case 'threadUpdate':
    case 'threadDelete': {
      const { id, guildId } = event.channel;
      return { channel: { id, guildId, change: change as DriverEvents['channel']['change'] } };
    }
    case 'memberAdd':
    case 'memberUpdate':
    case 'memberRemove': {
      const { guild, member } = event;
      return {
        member: {
          guildId: guild.id,
          userId: member.userId,
          change: change as DriverEvents['member']['change'],
        },
      };
    }
  }
  return undefined;
}
