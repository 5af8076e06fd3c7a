import { splitMarkdown } from '@flexcord/shared/messages/split';
import { MessageFlags, type RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import { escapeLine } from '../../formats/markdown/escape.ts';
import { toDiscordMarkdown } from '../../formats/markdown/to-discord.ts';
import {
  type CanonicalFile,
  type CanonicalMessage,
  type MessageTexts,
  nameFile,
} from '../../messages/canonical.ts';

/** For everybody, since January 2025 (https://docs.discord.com/developers/reference#uploading-files). */
export const DISCORD_FILE_LIMIT = 10 * 1024 * 1024;

/** How members see who writes: before the words, in small print above them, or not at all. */
export type NameStyle = 'prefix' | 'line' | 'none';

export interface ToDiscordOptions {
  nameStyle: NameStyle;
  texts: MessageTexts;
  /** Largest file that the channel takes, in bytes. */
  fileLimit: number;
}

/** One Discord message. `upload` goes with it; `link` is a file too large for Discord, whose address is added when it is sent. */
export interface DiscordPart {
  body: RESTPostAPIChannelMessageJSONBody & { content: string };
  upload?: CanonicalFile;
  link?: CanonicalFile;
}

/**
 * An agent's message as Discord messages, in order: the words, then each file. Nobody is ever pinged by one, and what was
 * unfurled in one is not in the next.
 */
export function toDiscord(message: CanonicalMessage, options: ToDiscordOptions): DiscordPart[] {
  const { texts, fileLimit } = options;
  const name = nameOf(message.author.name, options.nameStyle);
  const unreachable = message.files.filter((file) => !file.source).map((file) => nameOnDiscord(file, texts));
  const rendered = toDiscordMarkdown(message.text);
  const asWritten = rendered === null ? [`-# ${texts.notFormatted}`] : [];
  const text = [(rendered ?? message.text).trim(), ...asWritten, ...unreachable, ...message.notes]
    .filter(Boolean)
    .join('\n');
  const files = message.files.filter((file) => file.source);
  const words = text || files.length === 0 ? splitMarkdown(name + between(name, text || '…')) : [];
  const seen = new Set<string>();
  return [
    ...words.map((content) => ({ body: unfurledOnce(content, seen) })),
    ...files.map((file) =>
      file.size <= fileLimit
        ? { body: plainBody(name.trim()), upload: file }
        : { body: plainBody(name + between(name, nameOnDiscord(file, texts))), link: file },
    ),
  ];
}

const ADDRESS = /https?:\/\/[^\s<>()]+/g;

function unfurledOnce(content: string, seen: Set<string>): DiscordPart['body'] {
  const addresses = content.match(ADDRESS) ?? [];
  const again = addresses.some((address) => seen.has(address));
  for (const address of addresses) seen.add(address);
  return { ...plainBody(content), ...(again ? { flags: MessageFlags.SuppressEmbeds } : {}) };
}

const plainBody = (content: string) => ({ content, allowed_mentions: { parse: [] } });

function nameOf(name: string, style: NameStyle): string {
  if (style === 'none') return '';
  const escaped = escapeLine(name);
  return style === 'line' ? `-# ${escaped}\n` : `**${escaped}**:`;
}

/** A heading, a list or a code block must begin its own line to be one. */
function between(name: string, text: string): string {
  if (!name || name.endsWith('\n')) return text;
  return (/^(```|#|>|[-*] |\d+\. )/.test(text) ? '\n' : ' ') + text;
}

/** The agent's name as a message of the bot's carries it, and the words without it; see `nameOf`. */
export function nameWithin(content: string): { name: string; words: string } | null {
  const found = /^(?:\*\*((?:[^*\\]|\\.)+)\*\*:\s*|-# (.+)\n)/.exec(content);
  if (!found) return null;
  const name = (found[1] ?? found[2] ?? '').replace(/\\(.)/g, '$1');
  return { name, words: content.slice(found[0].length) };
}

/** A file's name, or with its address a link of that name, for members. */
export const nameOnDiscord = (file: CanonicalFile, texts: MessageTexts): string =>
  nameFile({ ...file, name: escapeLine(file.name) }, texts);

/** Makes the name of a file that Discord does not take a link. Twilio's links are good for minutes only. */
export const withLink = (content: string, file: CanonicalFile, url: string, texts: MessageTexts): string =>
  `${content.replace(nameOnDiscord(file, texts), () => nameOnDiscord({ ...file, url }, texts))}\n-# ${texts.linkExpires}`;
