import { type APIMessage, type APIPoll, MessageFlags, StickerFormatType } from 'discord.js';
import type { CanonicalFile, CanonicalMessage } from './canonical.ts';

const EXCERPT_LENGTH = 120;

/** A Discord message as an agent should read it: nothing in it is dropped without a word. */
export function fromDiscord(message: APIMessage): CanonicalMessage {
  const forwarded = message.message_snapshots?.map((snapshot) => snapshot.message) ?? [];
  return {
    id: message.id,
    channelId: message.channel_id,
    author: { id: message.author.id, name: message.author.global_name || message.author.username },
    text: readable(message.content, message),
    ...quotedIn(message),
    files: [...message.attachments, ...forwarded.flatMap((snapshot) => snapshot.attachments ?? [])].map(
      (attachment) => toFile(attachment, message),
    ),
    notes: [
      ...(message.sticker_items ?? []).map(
        (sticker) => `Sticker: ${sticker.name}${stickerLink(sticker.id, sticker.format_type)}`,
      ),
      ...(message.poll ? [describePoll(message.poll)] : []),
      ...forwarded.map(
        (snapshot) => `Forwarded message: ${readable(snapshot.content, message) || '(no text)'}`,
      ),
      // A link's own preview says nothing new; anything else was put there on purpose.
      ...message.embeds
        .filter(({ url, type }) => type === 'rich' || !url || !message.content.includes(url))
        .map(
          ({ title, description, url }) => `Embed: ${[title, description, url].filter(Boolean).join(' – ')}`,
        ),
    ],
  };
}

function quotedIn(message: APIMessage): Pick<CanonicalMessage, 'quoted'> {
  if (!message.message_reference || message.message_snapshots?.length) return {};
  const original = message.referenced_message;
  if (!original) return { quoted: { author: '', excerpt: '(the original message was deleted)' } };
  const cards = original.embeds.map(({ title, description }) => title ?? description ?? '').join(' ');
  // What the bot wrote for an agent is the agent's; see to-discord.ts.
  const agent = original.author.bot ? /^\*\*((?:[^*\\]|\\.)+)\*\*:\s*/.exec(original.content) : null;
  const content = agent ? original.content.slice(agent[0].length) : original.content;
  const words = (readable(content, original) || cards || '(attachment)').replace(/\s+/g, ' ');
  const excerpt = words.length > EXCERPT_LENGTH ? `${words.slice(0, EXCERPT_LENGTH)}…` : words;
  const author =
    agent?.[1]?.replace(/\\(.)/g, '$1') ?? (original.author.global_name || original.author.username);
  return { quoted: { author, excerpt } };
}

/** Mentions, custom emoji, timestamps and spoilers in words (https://docs.discord.com/developers/reference#message-formatting). */
function readable(content: string, message: Pick<APIMessage, 'mentions' | 'mention_channels'>): string {
  return content
    .replace(/<@!?(\d+)>/g, (_, id: string) => {
      const user = message.mentions.find((mentioned) => mentioned.id === id);
      return `@${user ? user.global_name || user.username : 'member'}`;
    })
    .replace(/<@&\d+>/g, '@role')
    .replace(
      /<#(\d+)>/g,
      (_, id: string) =>
        `#${message.mention_channels?.find((channel) => channel.id === id)?.name ?? 'channel'}`,
    )
    .replace(/<a?(:\w+:)\d+>/g, '$1')
    .replace(/<\/([^:>]+):\d+>/g, '/$1')
    .replace(/<t:(-?\d{1,13})(?::[tTdDfFR])?>/g, (whole, seconds: string) => {
      const date = new Date(Number(seconds) * 1000);
      return Number.isNaN(date.getTime())
        ? whole
        : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
    })
    .replace(/\|\|(.+?)\|\|/gs, '[spoiler: $1]');
}

function toFile(attachment: APIMessage['attachments'][number], message: APIMessage): CanonicalFile {
  const voice = ((message.flags ?? 0) & MessageFlags.IsVoiceMessage) !== 0;
  return {
    name: attachment.filename,
    contentType: attachment.content_type ?? 'application/octet-stream',
    size: attachment.size,
    url: attachment.url,
    source: {
      at: 'discord',
      channelId: message.channel_id,
      messageId: message.id,
      attachmentId: attachment.id,
    },
    ...(voice ? { voiceSeconds: attachment.duration_secs ?? 0 } : {}),
  };
}

/** Lottie stickers have no picture that a browser shows. */
function stickerLink(id: string, format: StickerFormatType): string {
  if (format === StickerFormatType.Lottie) return '';
  const extension = format === StickerFormatType.GIF ? 'gif' : 'png';
  return ` https://cdn.discordapp.com/stickers/${id}.${extension}`;
}

function describePoll(poll: APIPoll): string {
  const answers = poll.answers.map(({ poll_media }) => poll_media.text ?? '').join(' / ');
  return `Poll: ${poll.question.text ?? ''} (${answers})`;
}
