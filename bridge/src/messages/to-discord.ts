import { splitMarkdown } from '@flexcord/shared/messages/split';
import type { RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import { type CanonicalFile, type CanonicalMessage, nameFile } from './canonical.ts';

/** https://docs.discord.com/developers/resources/message#create-message */
const CONTENT_LIMIT = 2000;
/** For everybody, since January 2025 (https://docs.discord.com/developers/reference#uploading-files). */
export const DISCORD_FILE_LIMIT = 10 * 1024 * 1024;

/** One Discord message. `upload` goes with it; `link` is a file too large for Discord, whose address is added when it is sent. */
export interface DiscordPart {
  body: RESTPostAPIChannelMessageJSONBody & { content: string };
  upload?: CanonicalFile;
  link?: CanonicalFile;
}

/** An agent's message as Discord messages, in order: the words, then each file. Nobody is ever pinged by one. */
export function toDiscord(message: CanonicalMessage): DiscordPart[] {
  const name = `**${message.author.name.replace(/\s+/g, ' ').replace(/([\\*_~`|>])/g, '\\$1')}**:`;
  const unreachable = message.files.filter((file) => !file.source).map(nameFile);
  const text = [message.text, ...unreachable, ...message.notes].filter(Boolean).join('\n');
  const files = message.files.filter((file) => file.source);
  // A heading, a list or a code block must begin its own line to be one.
  const gap = /^(```|#|>|[-*] |\d+\. )/.test(text) ? '\n' : ' ';
  const words = text || files.length === 0 ? splitMarkdown(`${name}${gap}${text || '…'}`, CONTENT_LIMIT) : [];
  return [
    ...words.map((content) => part(content)),
    ...files.map((file) =>
      file.size <= DISCORD_FILE_LIMIT
        ? { ...part(name), upload: file }
        : { ...part(`${name} ${nameFile(file)}`), link: file },
    ),
  ];
}

/** Adds the address of a file that Discord does not take. Twilio's links are good for minutes only. */
export const withLink = (content: string, url: string) =>
  `${content}\n${url}\n-# The link works for a few minutes.`;

const part = (content: string) => ({ body: { content, allowed_mentions: { parse: [] } } });
