import type { APIMessageSnapshot } from 'discord-api-types/v10';
import { toApiMessage } from './messages.ts';
import type { DiscordState, MessageRecord } from './state.ts';

/** What a forwarded message shows of the original. */
export function toSnapshot(state: DiscordState, message: MessageRecord): APIMessageSnapshot {
  const full = toApiMessage(state, message);
  return {
    message: {
      type: full.type,
      content: full.content,
      embeds: full.embeds,
      attachments: full.attachments,
      timestamp: full.timestamp,
      edited_timestamp: full.edited_timestamp,
      flags: full.flags,
      mentions: full.mentions,
      mention_roles: full.mention_roles,
      components: full.components,
      ...(full.sticker_items && { sticker_items: full.sticker_items }),
    },
  };
}
