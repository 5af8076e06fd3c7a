import { type APIMessage, ChannelType, MessageFlags, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { getChannel } from '../state/channels.ts';
import { composeMessage, editMessage, requireMaySend } from '../state/compose.ts';
import { channelMessages, getMessage, pageMessages, removeMessage, toApiMessage } from '../state/messages.ts';
import { messageOfNonce, rememberNonce } from '../state/nonces.ts';
import { canView, channelPermissions, requirePermissions } from '../state/permissions.ts';
import { isSnowflake, snowflakeTime } from '../state/snowflake.ts';
import { canMeetBot, getUser } from '../state/users.ts';
import type { ChannelRecord, MessageRecord, World } from '../state/world.ts';
import { readForm } from '../validate/form.ts';
import { type RestContext, route } from './router.ts';

const messages = '/channels/:channel/messages';
const voiceless: ReadonlySet<ChannelType> = new Set([
  ChannelType.GuildCategory,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
]);
const twoWeeks = 14 * 24 * 60 * 60_000;

/** https://docs.discord.com/developers/resources/message */
export const messageRoutes = [
  route('GET', messages, list),
  route('POST', messages, create),
  route('POST', `${messages}/bulk-delete`, bulkDelete),
  route('GET', `${messages}/:message`, (context) => {
    const { channel, message } = target(context);
    requirePermissions(context.world, channel, context.world.bot.id, P.ReadMessageHistory);
    return fetched(context.world, message);
  }),
  route('PATCH', `${messages}/:message`, edit),
  route('DELETE', `${messages}/:message`, (context) => {
    const { channel, message } = target(context);
    const { world } = context;
    if (message.authorId !== world.bot.id) {
      if (!channel.guildId) throw new DiscordError(50003);
      requirePermissions(world, channel, world.bot.id, P.ManageMessages);
    }
    removeMessage(world, message);
  }),
  route('POST', `${messages}/:message/crosspost`, crosspost),
];

/** The channel and message of a route; 50001 where the bot cannot see the channel. */
export function target({ world, params }: RestContext) {
  const channel = getChannel(world, params.channel ?? '');
  if (!canView(world, channel, world.bot.id)) throw new DiscordError(50001);
  return { channel, message: getMessage(world, channel.id, params.message ?? '') };
}

function list({ world, params, query }: RestContext): unknown {
  const channel = getChannel(world, params.channel ?? '');
  requirePermissions(world, channel, world.bot.id, 0n);
  const form = readForm(Object.fromEntries(query));
  const limit = form.integer('limit', { min: 1, max: 100 }) ?? 50;
  const given = ['before', 'after', 'around'].filter((key) => query.has(key));
  for (const key of given) {
    if (!isSnowflake(query.get(key))) {
      form.fail(key, 'NUMBER_TYPE_COERCE', `Value "${query.get(key)}" is not snowflake.`);
    }
  }
  form.check();
  if (!(channelPermissions(world, channel, world.bot.id) & P.ReadMessageHistory)) return [];
  const page = Object.fromEntries(given.map((key) => [key, query.get(key) as string]));
  return pageMessages(channelMessages(world, channel.id), { ...page, limit }).map((m) => fetched(world, m));
}

/** Discord gives a nonce back in the answer to the create request and on the gateway only. */
function fetched(world: World, message: MessageRecord): APIMessage {
  const { nonce, ...rest } = toApiMessage(world, message);
  return world.historyNonces && nonce !== undefined ? { ...rest, nonce } : rest;
}

function create({ world, params, body, uploads }: RestContext): unknown {
  const channel = getChannel(world, params.channel ?? '');
  const form = readForm(body);
  requireMaySend(world, channel, world.bot.id, {
    files: uploads.size > 0,
    reply: form.has('message_reference'),
  });
  if (voiceless.has(channel.type)) throw new DiscordError(50008);
  if (channel.recipientId) requireOpenDm(world, channel.recipientId);
  if (channel.thread?.locked) throw new DiscordError(50083);
  const nonce = form.value.nonce as string | number | null | undefined;
  const enforce = form.value.enforce_nonce === true && nonce !== null && nonce !== undefined;
  if (enforce) {
    const existing = messageOfNonce(world, world.bot.id, nonce);
    if (existing) return toApiMessage(world, existing);
  }
  reopen(world, channel);
  const message = composeMessage(world, {
    authorId: world.bot.id,
    channel,
    body: withoutEphemeral(form.value),
    uploads,
  });
  rememberNonce(world, message);
  return toApiMessage(world, message);
}

/** Only interaction responses can be ephemeral; elsewhere the flag is ignored. */
function withoutEphemeral(body: Record<string, unknown>): Record<string, unknown> {
  return typeof body.flags === 'number' ? { ...body, flags: body.flags & ~MessageFlags.Ephemeral } : body;
}

/** A message in an archived thread opens it again. */
function reopen(world: World, channel: ChannelRecord): void {
  if (!channel.thread?.archived) return;
  channel.thread.archived = false;
  world.emit({ type: 'threadUpdate', channel });
}

function requireOpenDm(world: World, recipientId: string): void {
  const user = getUser(world, recipientId);
  if (!canMeetBot(world, user)) throw new DiscordError(50278);
  if (user.dmsClosed) throw new DiscordError(50007);
}

function edit(context: RestContext): unknown {
  const { channel, message } = target(context);
  const { world } = context;
  if (message.authorId !== world.bot.id) {
    const onlyFlags = Object.keys(readForm(context.body).value).every((key) => key === 'flags');
    if (!onlyFlags || !channel.guildId) throw new DiscordError(50005);
    requirePermissions(world, channel, world.bot.id, P.ManageMessages);
  }
  if (message.flags & MessageFlags.IsVoiceMessage) throw new DiscordError(50021);
  return toApiMessage(world, editMessage(world, channel, message, context.body, context.uploads));
}

function bulkDelete({ world, params, body }: RestContext): undefined {
  const channel = getChannel(world, params.channel ?? '');
  if (!channel.guildId) throw new DiscordError(50003);
  requirePermissions(world, channel, world.bot.id, P.ManageMessages);
  const form = readForm(body);
  const ids = Array.isArray(form.value.messages) ? [...new Set(form.value.messages.map(String))] : [];
  if (ids.length < 2 || ids.length > 100) {
    form.fail('messages', 'BASE_TYPE_BAD_LENGTH', 'Must be between 2 and 100 in length.');
  }
  form.check();
  if (ids.some((id) => world.clock.now() - snowflakeTime(id) > twoWeeks)) throw new DiscordError(50034);
  const stored = world.messages.get(channel.id);
  const found = ids.flatMap((id) => stored?.get(id) ?? []);
  for (const message of found) stored?.delete(message.id);
  world.emit({ type: 'messageDeleteBulk', channel, messages: found });
}

function crosspost(context: RestContext): unknown {
  const { channel, message } = target(context);
  const { world } = context;
  if (channel.type !== ChannelType.GuildAnnouncement) throw new DiscordError(50024);
  const own = message.authorId === world.bot.id;
  requirePermissions(world, channel, world.bot.id, own ? P.SendMessages : P.ManageMessages);
  if (message.flags & MessageFlags.Crossposted) throw new DiscordError(40033);
  message.flags |= MessageFlags.Crossposted;
  world.emit({ type: 'messageUpdate', message });
  return toApiMessage(world, message);
}
