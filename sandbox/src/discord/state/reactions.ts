import { DiscordError } from '../errors.ts';
import type { DiscordState, MessageRecord } from './state.ts';

const MAX_REACTIONS = 20;

/** `👍` or `name:id` as it stands in a URL. 10014 for anything that is neither. */
export function parseEmoji(text: string): { id: string | null; name: string } {
  const custom = /^(?:a:)?(\w{2,32}):(\d+)$/.exec(text);
  if (custom) return { id: custom[2] as string, name: custom[1] as string };
  if (!/\p{Emoji}/u.test(text) || /^[\w#*]+$/.test(text)) throw new DiscordError(10014);
  return { id: null, name: text };
}

export const emojiKey = (emoji: { id: string | null; name: string }): string =>
  emoji.id ? `${emoji.name}:${emoji.id}` : emoji.name;

export function addReaction(state: DiscordState, message: MessageRecord, userId: string, text: string): void {
  const emoji = parseEmoji(text);
  const key = emojiKey(emoji);
  const reaction = message.reactions.get(key) ?? { ...emoji, users: new Set<string>() };
  if (reaction.users.has(userId)) return;
  if (!message.reactions.has(key) && message.reactions.size >= MAX_REACTIONS) throw new DiscordError(30010);
  reaction.users.add(userId);
  message.reactions.set(key, reaction);
  state.emit({ type: 'reactionAdd', message, userId, emoji });
}

export function removeReaction(
  state: DiscordState,
  message: MessageRecord,
  userId: string,
  text: string,
): void {
  const emoji = parseEmoji(text);
  const reaction = message.reactions.get(emojiKey(emoji));
  if (!reaction?.users.delete(userId)) return;
  if (reaction.users.size === 0) message.reactions.delete(emojiKey(emoji));
  state.emit({ type: 'reactionRemove', message, userId, emoji });
}
