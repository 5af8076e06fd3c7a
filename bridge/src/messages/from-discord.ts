import type { APIMessage } from 'discord.js';
import type { CanonicalMessage } from './canonical.ts';
export function fromDiscord(message: APIMessage, _options: { botId: string; locale: string }): CanonicalMessage {
  return { id: message.id, author: { id: message.author.id, name: message.author.global_name ?? message.author.username }, text: message.content, files: [], notes: [] };
}
