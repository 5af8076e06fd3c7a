import type { RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import { type CanonicalMessage, readableSize } from './canonical.ts';
import { splitMarkdown } from './split.ts';

/** https://docs.discord.com/developers/resources/message#create-message */
const CONTENT_LIMIT = 2000;

/** An agent's message as Discord messages, in order. Nobody is ever pinged by one. */
export function toDiscord(message: CanonicalMessage): RESTPostAPIChannelMessageJSONBody[] {
  const name = message.author.name.replace(/\s+/g, ' ').replace(/([\\*_~`|>])/g, '\\$1');
  const files = message.files.map(({ name: file, size }) => `[File: ${file}, ${readableSize(size)}]`);
  const text = [message.text, ...files, ...message.notes].filter(Boolean).join('\n');
  // A heading, a list or a code block must begin its own line to be one.
  const gap = /^(```|#|>|[-*] |\d+\. )/.test(text) ? '\n' : ' ';
  return splitMarkdown(`**${name}**:${gap}${text || '…'}`, CONTENT_LIMIT).map((content) => ({
    content,
    allowed_mentions: { parse: [] },
  }));
}
