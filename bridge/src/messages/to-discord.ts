import type { CanonicalMessage } from './canonical.ts';
export function toDiscord(message: CanonicalMessage, _o: object) {
  return [{ body: { content: `**${message.author.name}**: ${message.text}`.slice(0, 2000), allowed_mentions: { parse: [] } } }];
}
