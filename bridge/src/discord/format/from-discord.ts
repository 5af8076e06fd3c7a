import { truncate } from '@flexcord/shared/messages/truncate';
import { type APIMessage, MessageFlags } from 'discord.js';
import type { CanonicalFile, CanonicalMessage } from '../../messages/canonical.ts';
import { describeExtras, describeNothing } from './describe.ts';
import { type ReaderContext, readable } from './readable.ts';
import { nameWithin } from './to-discord.ts';

const EXCERPT_LENGTH = 120;

/** A Discord message as an agent should read it: nothing in it is dropped without a word. */
export function fromDiscord(message: APIMessage, reading: ReaderContext): CanonicalMessage {
  const forwarded = message.message_snapshots?.map((snapshot) => snapshot.message) ?? [];
  const text = readable(message.content ?? '', message, reading);
  const files = [
    ...(message.attachments ?? []),
    ...forwarded.flatMap((snapshot) => snapshot.attachments ?? []),
  ].map((attachment) => toFile(attachment, message));
  const name = message.author.global_name || message.author.username;
  const notes = describeExtras(message, reading);
  return {
    id: message.id,
    channelId: message.channel_id,
    author: { id: message.author.id, name },
    text,
    ...quotedIn(message, reading),
    files,
    notes: text || files.length > 0 || notes.length > 0 ? notes : [describeNothing(message, reading.texts)],
    ...(message.edited_timestamp ? { editedAt: message.edited_timestamp } : {}),
  };
}

function quotedIn(message: APIMessage, reading: ReaderContext): Pick<CanonicalMessage, 'quoted'> {
  if (!message.message_reference || message.message_snapshots?.length) return {};
  const { texts } = reading;
  const original = message.referenced_message;
  if (!original) return { quoted: { author: '', excerpt: texts.originalDeleted } };
  const cards = original.embeds.map(({ title, description }) => title ?? description ?? '').join(' ');
  // What the bot wrote for an agent is the agent's.
  const agent = original.author.bot ? nameWithin(original.content) : null;
  const content = agent ? agent.words : original.content;
  const words = (readable(content, original, reading) || cards || texts.attachment).replace(/\s+/g, ' ');
  const excerpt = truncate(words, EXCERPT_LENGTH, { ellipsis: '…' });
  return {
    quoted: { author: agent?.name ?? (original.author.global_name || original.author.username), excerpt },
  };
}

function toFile(attachment: APIMessage['attachments'][number], message: APIMessage): CanonicalFile {
  const voice = ((message.flags ?? 0) & MessageFlags.IsVoiceMessage) !== 0;
  const { filename, title, description } = attachment;
  // Discord makes names plain; the title is what the member called the file.
  const extension = /\.\w{1,8}$/.exec(filename)?.[0] ?? '';
  return {
    name: title ? `${title}${title.endsWith(extension) ? '' : extension}` : filename,
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
    ...(description ? { description } : {}),
  };
}
