import { label } from '@flexcord/shared/messages/label';
import { oneLine } from '@flexcord/shared/messages/one-line';
import { truncateMarkdown } from '@flexcord/shared/messages/truncate-markdown';
import {
  type APIEmbed,
  type APIMessage,
  type APIMessageSnapshotFields,
  type APIPoll,
  AttachmentFlags,
  ComponentType,
  MessageFlags,
  MessageReferenceType,
  MessageType,
  StickerFormatType,
} from 'discord.js';
import { namedLink } from '../../formats/markdown/escape.ts';
import {
  type CanonicalFile,
  type CanonicalMessage,
  type MessageTexts,
  readableDuration,
} from '../../messages/canonical.ts';
import { nameOf, quoteMarks, type ReaderContext, readable, readableForms } from './readable.ts';
import { nameWithin } from './to-discord.ts';

const MAX_EXCERPT_LENGTH = 120;
const MAX_ADDRESS_LENGTH = 100;

/** A Discord message as an agent should read it: nothing in it is dropped without a word. */
export function fromDiscord(message: APIMessage, reading: ReaderContext): CanonicalMessage {
  const forwarded = message.message_snapshots?.map((snapshot) => snapshot.message) ?? [];
  const { text, forms } = readableForms(message.content ?? '', message, reading);
  const files = named([message, ...forwarded].flatMap((part) => filesOf(part, message)));
  const name = nameOf(message.author);
  const notes = describeExtras(message, reading);
  return {
    id: message.id,
    channelId: message.channel_id,
    author: { id: message.author.id, name },
    text,
    ...(forms.length > 0 ? { forms } : {}),
    ...quotedIn(message, reading),
    files,
    notes: text || files.length > 0 || notes.length > 0 ? notes : [describeNothing(message, reading.texts)],
    ...(message.edited_timestamp ? { editedAt: message.edited_timestamp } : {}),
  };
}

function quotedIn(message: APIMessage, reading: ReaderContext): Pick<CanonicalMessage, 'quoted'> {
  const { message_reference: reference, referenced_message: original } = message;
  if (!reference || reference.type === MessageReferenceType.Forward || message.message_snapshots?.length)
    return {};
  const { texts } = reading;
  // Null where it was deleted; absent where Discord did not look for it
  // (https://docs.discord.com/developers/resources/message#message-object).
  if (original === null) return { quoted: { author: '', excerpt: texts.originalDeleted } };
  if (original === undefined) return { quoted: { author: '', excerpt: texts.originalUnknown } };
  const cards = original.embeds.map(({ title, description }) => title ?? description ?? '').join(' ');
  // What the bot wrote for an agent is the agent's.
  const agent = original.author.bot ? nameWithin(original.content) : null;
  const content = agent ? agent.words : original.content;
  const shown = readable(content, original, reading) || cards || describeWordless(original, reading);
  const words = shown.replace(/\s+/g, ' ');
  const excerpt = truncateMarkdown(words, MAX_EXCERPT_LENGTH);
  return {
    quoted: { author: agent?.name ?? nameOf(original.author), excerpt },
  };
}

/** What stands for a message without words in an answer to it. */
function describeWordless(message: APIMessage, reading: ReaderContext): string {
  const { texts } = reading;
  const [file] = filesOf(message, message);
  if (file?.voiceSeconds !== undefined) return `(${texts.voice(readableDuration(file.voiceSeconds))})`;
  const extras = describeExtras({ ...message, embeds: [] }, reading).join(' ');
  return extras || texts.attachment;
}

type Attachment = APIMessage['attachments'][number];

/** The files of a message, or of one that it forwards. */
function filesOf(
  { attachments = [], flags }: Pick<APIMessageSnapshotFields, 'attachments' | 'flags'>,
  message: APIMessage,
): CanonicalFile[] {
  const voice = ((flags ?? 0) & MessageFlags.IsVoiceMessage) !== 0;
  return attachments.map((attachment) => toFile(attachment, voice, message));
}

/** Gives files of one name different ones, so that it can be said which is meant: `a.png`, `a (2).png`. */
function named(files: readonly CanonicalFile[]): CanonicalFile[] {
  const taken = new Set<string>();
  return files.map((file) => {
    let name = file.name;
    for (let count = 2; taken.has(name); count += 1)
      name = file.name.replace(/(?=\.\w{1,8}$)|$/, ` (${count})`);
    taken.add(name);
    return { ...file, name };
  });
}

function toFile(attachment: Attachment, voice: boolean, message: APIMessage): CanonicalFile {
  const { filename, title, description, flags = 0 } = attachment;
  // Discord makes names plain; the title is what the member called the file.
  const extension = /\.\w{1,8}$/.exec(filename)?.[0] ?? '';
  const called = label(title ?? '');
  return {
    name: called ? `${called}${called.endsWith(extension) ? '' : extension}` : label(filename) || 'file',
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
    ...(isSpoiler(attachment, flags) ? { spoiler: true } : {}),
    ...(description ? { description: oneLine(description) } : {}),
  };
}

/** A flag says so, and before there was one the name did. */
const isSpoiler = ({ filename }: Attachment, flags: number): boolean =>
  (flags & AttachmentFlags.IsSpoiler) !== 0 || filename.startsWith('SPOILER_');

/** Lines about what a message has besides words and files; nothing is left out without a word. */
function describeExtras(message: APIMessage, reading: ReaderContext): string[] {
  const { texts } = reading;
  return [
    ...stickers(message.sticker_items, texts),
    ...(message.poll ? [poll(message.poll, texts)] : []),
    ...(message.message_snapshots ?? []).map((snapshot) => forwarded(snapshot.message, reading)),
    ...embeds(message.embeds, texts),
    ...components(message.components, texts),
    ...(message.activity ? [`[${texts.activity(message.application?.name ?? '')}]`] : []),
  ];
}

/**
 * What a message says that nobody wrote, such as that somebody pinned one; null for what somebody wrote. How a poll ended:
 * https://docs.discord.com/developers/resources/message#embed-fields-by-embed-type-poll-result-embed-fields
 */
export function describeEvent(message: APIMessage, name: string, texts: MessageTexts): string | null {
  switch (message.type) {
    case undefined:
    case MessageType.Default:
    case MessageType.Reply:
    case MessageType.ChatInputCommand:
    case MessageType.ContextMenuCommand:
      return null;
    case MessageType.PollResult: {
      const fields = new Map(message.embeds[0]?.fields?.map((field) => [field.name, oneLine(field.value)]));
      const said = (name: string) => fields.get(name) ?? '';
      const winner = [said('victor_answer_emoji_name'), said('victor_answer_text')].filter(Boolean).join(' ');
      const votes = { winner: Number(said('victor_answer_votes')), all: Number(said('total_votes')) };
      return `[${texts.pollEnded(said('poll_question_text'), winner, votes)}]`;
    }
    default:
      return `[${texts.did[message.type]?.(name) ?? texts.didUnknown(name, message.type)}]`;
  }
}

/** What stands for a message in which there is nothing that can be shown: its kind and the fields that it came with. */
function describeNothing(message: APIMessage, texts: MessageTexts): string {
  const known = new Set(ORDINARY);
  const strange = Object.entries(message).flatMap(([field, value]) =>
    known.has(field) || value === null || value === false || (Array.isArray(value) && value.length === 0)
      ? []
      : [field],
  );
  return `[${strange.length > 0 ? texts.unknown(strange.join(', ')) : texts.empty}]`;
}

/** Fields of every message, and those that are read elsewhere. */
const ORDINARY = [
  ...['id', 'channel_id', 'author', 'content', 'timestamp', 'edited_timestamp', 'type', 'flags', 'tts'],
  ...['pinned', 'mention_everyone', 'mentions', 'mention_roles', 'attachments', 'embeds', 'components'],
  ...['nonce', 'member', 'guild_id', 'channel_type', 'position', 'reactions', 'webhook_id', 'application_id'],
  ...['message_reference', 'referenced_message', 'message_snapshots', 'poll', 'sticker_items', 'stickers'],
  ...['interaction', 'interaction_metadata', 'thread', 'mention_channels', 'activity', 'application'],
];

/**
 * Lottie stickers have no picture that a browser shows, and those that are GIFs are not on the CDN
 * (https://docs.discord.com/developers/reference#image-formatting-cdn-endpoints).
 */
function stickers(items: APIMessage['sticker_items'], texts: MessageTexts): string[] {
  return (items ?? []).map(({ id, name, format_type }) => {
    if (format_type === StickerFormatType.Lottie) return `[${texts.sticker(name)}]`;
    const address =
      format_type === StickerFormatType.GIF
        ? `https://media.discordapp.net/stickers/${id}.gif`
        : `https://cdn.discordapp.com/stickers/${id}.png`;
    return `[${texts.sticker(namedLink(name, address))}]`;
  });
}

/** With the votes, once there are some. */
function poll({ question, answers, allow_multiselect, results }: APIPoll, texts: MessageTexts): string {
  const counts = new Map(results?.answer_counts.map(({ id, count }) => [id, count]));
  const hasVotes = [...counts.values()].some((count) => count > 0);
  const words = answers
    .map(({ answer_id, poll_media: { text = '', emoji } }) => [
      emoji?.id ? `:${emoji.name}:` : emoji?.name,
      text,
      hasVotes ? texts.pollVotes(counts.get(answer_id) ?? 0) : '',
    ])
    .map((pieces) => pieces.filter(Boolean).join(' '))
    .join(' / ');
  return `[${(allow_multiselect ? texts.pollSeveral : texts.poll)(oneLine(question.text ?? ''), oneLine(words))}]`;
}

function forwarded(snapshot: APIMessageSnapshotFields, reading: ReaderContext): string {
  const { texts } = reading;
  const content = snapshot.content ?? '';
  const lines = [
    readable(content, snapshot, reading),
    ...stickers(snapshot.sticker_items, texts),
    ...embeds(snapshot.embeds, texts),
    ...components(snapshot.components, texts),
  ].filter(Boolean);
  return `[${texts.forwarded(lines.join('\n') || texts.noText)}]`;
}

/** What Discord makes of links; a bot's own embeds are `rich`. https://docs.discord.com/developers/resources/message#embed-object-embed-types */
const PREVIEWS: ReadonlySet<string> = new Set(['image', 'video', 'gifv', 'article', 'link']);

/** A link's own preview says nothing new, whatever address it gives the page; anything else was put there on purpose. */
function embeds(list: APIEmbed[] | undefined, texts: MessageTexts): string[] {
  return (list ?? [])
    .filter(({ type }) => !PREVIEWS.has(type ?? ''))
    .map(({ author, title, description, url, fields, footer, image }) => {
      const words = [
        author?.name,
        title,
        description,
        url && linkedByName(url),
        ...(fields ?? []).map((field) => `${field.name}: ${field.value}`),
        footer?.text,
        image?.url.startsWith('http') ? linkedByName(image.url) : undefined,
      ].filter(Boolean);
      return `[${texts.embed(quoteMarks(words.join(' – ')))}]`;
    });
}

/** Discord nests components three deep (https://docs.discord.com/developers/components/reference); what is deeper is no message. */
const MAX_COMPONENT_DEPTH = 10;

/** The words of components, and of those within them. */
function components(list: unknown, texts: MessageTexts, depth = 0): string[] {
  if (!Array.isArray(list) || list.length === 0 || depth > MAX_COMPONENT_DEPTH) return [];
  return list.filter(isObject).flatMap((component): string[] => {
    const inner = [
      ...components(component.components, texts, depth + 1),
      ...components(component.component ? [component.component] : [], texts, depth + 1),
      ...components(component.accessory ? [component.accessory] : [], texts, depth + 1),
    ];
    const words = wordsOf(component);
    if (words) return [`[${texts.part(quoteMarks(words))}]`, ...inner];
    if (inner.length > 0 || component.type === ComponentType.Separator) return inner;
    return [`[${texts.unknownPart(ComponentType[Number(component.type)] ?? String(component.type))}]`];
  });
}

function wordsOf(component: Record<string, unknown>): string {
  const media = [component, component.media, component.file, ...items(component.items)].flatMap((thing) => {
    const { description, url, media } = (thing ?? {}) as Record<string, unknown>;
    const inner = (media as Record<string, unknown> | undefined)?.url;
    return [
      description,
      ...[url, inner].map((address) => typeof address === 'string' && linkedByName(address)),
    ];
  });
  return [component.content, component.label, component.placeholder, ...media]
    .filter((word): word is string => typeof word === 'string' && word !== '')
    .filter((word, index, all) => all.indexOf(word) === index)
    .join(' – ');
}

/** A short address as it is; one that is signed, or long for another reason, as a link with the name of its file. */
function linkedByName(address: string): string {
  const url = URL.parse(address);
  if (!url || (url.search === '' && address.length <= MAX_ADDRESS_LENGTH)) return address;
  return namedLink(url.pathname.split('/').at(-1) || url.host, address);
}

const isObject = (thing: unknown): thing is Record<string, unknown> =>
  typeof thing === 'object' && thing !== null;

const items = (list: unknown): unknown[] => (Array.isArray(list) ? list : []);
