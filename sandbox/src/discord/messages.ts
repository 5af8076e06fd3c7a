import type {
  APIAttachment,
  APIEmbed,
  APIMessage,
  RESTPatchAPIChannelMessageJSONBody,
  RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import { ChannelType, MessageFlags, MessageType } from 'discord-api-types/v10';
import {
  cannotSendToUser,
  emptyMessage,
  invalidForm,
  noMutualGuilds,
  notTheAuthor,
  tooLarge,
  tooLong,
  unknownChannel,
  unknownMessage,
} from './errors.ts';
import { madeAt, snowflake } from './ids.ts';
import type { ChannelRecord, World } from './world.ts';

/** A file that comes with a message. */
export interface Upload {
  name: string;
  contentType: string;
  bytes: Uint8Array;
}

export const FILE_LIMIT = 10 * 1024 * 1024;
const CONTENT_LIMIT = 2000;
const NONCE_LIMIT = 25;
/** "Past few minutes" is what Discord says of how long a nonce is enforced. */
const NONCE_WINDOW_MS = 3 * 60_000;
const KEPT_MESSAGES = 20_000;

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const EMBED_LIMITS = {
  title: 256,
  description: 4096,
  fields: 25,
  name: 256,
  value: 1024,
  footer: 2048,
  author: 256,
  all: 6000,
};

type NewMessage = RESTPostAPIChannelMessageJSONBody;

export function channelOf(world: World, id: string): ChannelRecord {
  const record = world.channels.get(id);
  if (!record) throw unknownChannel();
  return record;
}

export function messageOf(record: ChannelRecord, id: string): APIMessage {
  const message = record.messages.get(id);
  if (!message) throw unknownMessage();
  return message;
}

/** Writes a message as `authorId`, with every check that Discord makes. */
export function createMessage(
  world: World,
  record: ChannelRecord,
  authorId: string,
  body: NewMessage,
  uploads: readonly Upload[] = [],
  extra: Partial<APIMessage> = {},
): APIMessage {
  checkContent(body, uploads);
  const { channel } = record;
  if (channel.type === ChannelType.DM && authorId === world.applicationId) checkReachable(world, record);
  const twin =
    body.enforce_nonce && body.nonce !== undefined
      ? findNonce(record, authorId, String(body.nonce))
      : undefined;
  if (twin) return twin;

  const id = snowflake();
  const author = world.users.get(authorId)?.user ?? world.bot.user;
  const attachments = uploads.map((upload, index) => store(world, channel.id, upload, body, index));
  const replied = body.message_reference
    ? record.messages.get(body.message_reference.message_id ?? '')
    : undefined;
  if (body.message_reference && !replied && body.message_reference.fail_if_not_exists !== false) {
    throw invalidForm('message_reference', 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
  }
  const message = {
    type: replied ? MessageType.Reply : MessageType.Default,
    content: body.content ?? '',
    mentions: mentionsIn(world, body),
    mention_roles: [],
    attachments,
    embeds: (body.embeds ?? []).map((embed) => ({ type: 'rich', ...embed })),
    timestamp: new Date(madeAt(id)).toISOString().replace('Z', '000+00:00'),
    edited_timestamp: null,
    flags: (body.flags ?? 0) & ~MessageFlags.Ephemeral,
    components: numbered(body.components ?? []),
    id,
    channel_id: channel.id,
    author,
    pinned: false,
    mention_everyone: false,
    tts: false,
    ...(body.nonce === undefined ? {} : { nonce: body.nonce }),
    ...(replied
      ? {
          message_reference: { type: 0, channel_id: channel.id, message_id: replied.id },
          referenced_message: replied,
        }
      : {}),
    ...extra,
  } as unknown as APIMessage;
  record.messages.set(id, message);
  if (record.messages.size > KEPT_MESSAGES)
    record.messages.delete(record.messages.keys().next().value as string);
  (channel as { last_message_id?: string | null }).last_message_id = id;
  world.announce('MESSAGE_CREATE', eventOf(world, record, message), {
    channelId: channel.id,
    guildId: record.guildId,
  });
  return message;
}

let edits = 0;
/** Discord counts microseconds: two edits in one millisecond are told apart. */
function editTime(): string {
  edits = (edits + 1) % 1000;
  return new Date().toISOString().replace('Z', `${String(edits).padStart(3, '0')}+00:00`);
}

export function editMessage(
  world: World,
  record: ChannelRecord,
  id: string,
  editorId: string,
  body: RESTPatchAPIChannelMessageJSONBody,
): APIMessage {
  const message = messageOf(record, id);
  if (message.author.id !== editorId) throw notTheAuthor();
  if (body.content && body.content.length > CONTENT_LIMIT) throw tooLong('content', CONTENT_LIMIT);
  if (body.embeds) checkEmbeds(body.embeds);
  const edited = {
    ...message,
    ...(body.content === undefined ? {} : { content: body.content ?? '' }),
    ...(body.embeds === undefined
      ? {}
      : { embeds: (body.embeds ?? []).map((embed) => ({ type: 'rich', ...embed })) }),
    ...(body.components === undefined ? {} : { components: numbered(body.components ?? []) }),
    ...(body.flags === undefined ? {} : { flags: body.flags ?? 0 }),
    edited_timestamp: editTime(),
  } as APIMessage;
  record.messages.set(id, edited);
  world.announce('MESSAGE_UPDATE', eventOf(world, record, edited), {
    channelId: record.channel.id,
    guildId: record.guildId,
  });
  return edited;
}

export function deleteMessage(world: World, record: ChannelRecord, id: string): void {
  messageOf(record, id);
  record.messages.delete(id);
  world.announce(
    'MESSAGE_DELETE',
    { id, channel_id: record.channel.id, ...(record.guildId ? { guild_id: record.guildId } : {}) },
    { channelId: record.channel.id, guildId: record.guildId },
  );
}

/** Newest first, as Discord lists them. */
export function listMessages(record: ChannelRecord, query: URLSearchParams): APIMessage[] {
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw invalidForm('limit', 'NUMBER_TYPE_MAX', 'int value should be between 1 and 100.');
  }
  const all = [...record.messages.values()].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
  const [after, before, around] = ['after', 'before', 'around'].map((name) => query.get(name));
  if (after)
    return all
      .filter(({ id }) => BigInt(id) > BigInt(after))
      .slice(0, limit)
      .reverse();
  if (before)
    return all
      .filter(({ id }) => BigInt(id) < BigInt(before))
      .slice(-limit)
      .reverse();
  if (around) {
    const middle = all.findIndex(({ id }) => BigInt(id) >= BigInt(around));
    return all
      .slice(Math.max(0, middle - Math.floor(limit / 2)))
      .slice(0, limit)
      .reverse();
  }
  return all.slice(-limit).reverse();
}

/** A message as the gateway tells it: in a guild with the guild and the member. */
export function eventOf(world: World, record: ChannelRecord, message: APIMessage): object {
  if (!record.guildId) return { ...message, channel_type: record.channel.type };
  const member = world.guilds.get(record.guildId)?.members.get(message.author.id);
  const { user: _, ...rest } = member ?? ({} as { user?: unknown });
  return {
    ...message,
    guild_id: record.guildId,
    channel_type: record.channel.type,
    ...(member ? { member: rest } : {}),
  };
}

function checkReachable(world: World, record: ChannelRecord): void {
  const userId = [...record.participants].find((id) => id !== world.applicationId) ?? '';
  if (!world.sharesGuild(userId)) throw noMutualGuilds();
  if (!world.users.get(userId)?.dmsOpen) throw cannotSendToUser();
}

function checkContent(body: NewMessage, uploads: readonly Upload[]): void {
  const { content, embeds, components, sticker_ids, poll } = body;
  if (content && [...content].length > CONTENT_LIMIT) throw tooLong('content', CONTENT_LIMIT);
  if (body.nonce !== undefined && String(body.nonce).length > NONCE_LIMIT)
    throw tooLong('nonce', NONCE_LIMIT);
  for (const upload of uploads) if (upload.bytes.length > FILE_LIMIT) throw tooLarge();
  if (embeds) checkEmbeds(embeds);
  if (components) checkComponents(components as { components?: unknown[] }[], body.flags ?? 0);
  const v2 = ((body.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;
  if (v2 && (content || embeds?.length)) {
    throw invalidForm(
      'flags',
      'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
      'content and embeds cannot be used with components v2',
    );
  }
  const something =
    content?.trim() ||
    embeds?.length ||
    uploads.length ||
    sticker_ids?.length ||
    poll ||
    (v2 && components?.length);
  if (!something) throw emptyMessage();
}

function checkEmbeds(embeds: readonly APIEmbed[]): void {
  if (embeds.length > 10) throw tooLong('embeds', 10);
  let all = 0;
  const check = (text: string | undefined, at: string, most: number) => {
    all += text?.length ?? 0;
    if (text && text.length > most) throw tooLong(at, most);
  };
  for (const [index, embed] of embeds.entries()) {
    const at = `embeds.${index}`;
    check(embed.title, `${at}.title`, EMBED_LIMITS.title);
    check(embed.description, `${at}.description`, EMBED_LIMITS.description);
    check(embed.footer?.text, `${at}.footer.text`, EMBED_LIMITS.footer);
    check(embed.author?.name, `${at}.author.name`, EMBED_LIMITS.author);
    if ((embed.fields?.length ?? 0) > EMBED_LIMITS.fields) throw tooLong(`${at}.fields`, EMBED_LIMITS.fields);
    for (const [n, field] of (embed.fields ?? []).entries()) {
      check(field.name, `${at}.fields.${n}.name`, EMBED_LIMITS.name);
      check(field.value, `${at}.fields.${n}.value`, EMBED_LIMITS.value);
    }
  }
  if (all > EMBED_LIMITS.all)
    throw invalidForm('embeds', 'MAX_EMBED_SIZE_EXCEEDED', 'Embed size exceeds maximum size of 6000');
}

function checkComponents(rows: { type?: number; components?: unknown[] }[], flags: number): void {
  const v2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  if (!v2 && rows.length > 5) throw tooLong('components', 5);
  for (const [index, row] of rows.entries()) {
    if (!v2 && row.type !== 1)
      throw invalidForm(
        `components.${index}`,
        'UNION_TYPE_CHOICES',
        'Value of field "type" must be one of (1,).',
      );
    if (row.type === 1 && (row.components?.length ?? 0) > 5)
      throw tooLong(`components.${index}.components`, 5);
    for (const [n, item] of (
      (row.components ?? []) as { type?: number; label?: string; custom_id?: string; options?: unknown[] }[]
    ).entries()) {
      const at = `components.${index}.components.${n}`;
      if ((item.label?.length ?? 0) > 80) throw tooLong(`${at}.label`, 80);
      if ((item.custom_id?.length ?? 0) > 100) throw tooLong(`${at}.custom_id`, 100);
      if ((item.options?.length ?? 0) > 25) throw tooLong(`${at}.options`, 25);
    }
  }
}

/** Discord numbers the components that it is given. */
function numbered(components: readonly unknown[]): unknown[] {
  let next = 1;
  const give = (item: unknown): unknown => {
    const component = item as { id?: number; components?: unknown[] };
    const id = component.id ?? next;
    next = Math.max(next, id) + 1;
    return {
      ...component,
      id,
      ...(component.components ? { components: component.components.map(give) } : {}),
    };
  };
  return components.map(give);
}

function findNonce(record: ChannelRecord, authorId: string, nonce: string): APIMessage | undefined {
  const since = Date.now() - NONCE_WINDOW_MS;
  return [...record.messages.values()]
    .reverse()
    .find(
      (message) =>
        message.author.id === authorId && String(message.nonce) === nonce && madeAt(message.id) > since,
    );
}

function mentionsIn(world: World, body: NewMessage) {
  const allowed = body.allowed_mentions;
  return [...(body.content ?? '').matchAll(/<@!?(\d+)>/g)].flatMap(([, id = '']) => {
    const user = world.users.get(id)?.user;
    const pings = !allowed || allowed.parse?.includes('users' as never) || allowed.users?.includes(id);
    return user && pings ? [user] : [];
  });
}

function store(
  world: World,
  channelId: string,
  upload: Upload,
  body: NewMessage,
  index: number,
): APIAttachment {
  const id = snowflake();
  world.attachments.set(id, { id, channelId, ...upload });
  const described = (
    body.attachments as
      | { id: string | number; description?: string; duration_secs?: number; waveform?: string }[]
      | undefined
  )?.find((item) => String(item.id) === String(index));
  return {
    id,
    filename: upload.name,
    size: upload.bytes.length,
    url: '',
    proxy_url: '',
    content_type: upload.contentType,
    ...(described?.description ? { description: described.description } : {}),
    ...(described?.duration_secs
      ? { duration_secs: described.duration_secs, waveform: described.waveform }
      : {}),
  } as APIAttachment;
}
