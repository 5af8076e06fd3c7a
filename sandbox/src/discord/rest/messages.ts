import { type APIMessage, ChannelType, MessageFlags, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { getChannel } from '../state/channels.ts';
import { composeMessage, editMessage, requireMaySend } from '../state/compose.ts';
import { channelMessages, getMessage, pageMessages, removeMessage, toApiMessage } from '../state/messages.ts';
import { messageOfNonce, rememberNonce } from '../state/nonces.ts';
import { canView, channelPermissions, requirePermissions } from '../state/permissions.ts';
import { isSnowflake, snowflakeTime } from '../state/snowflake.ts';
import type { ChannelRecord, DiscordState, MessageRecord } from '../state/state.ts';
import { canMeetBot, getUser } from '../state/users.ts';
import { readForm } from '../validate/form.ts';
import { type RestContext, route } from './router.ts';

const messages = '/channels/:channel/messages';
const CHANNELS_WITHOUT_MESSAGES: ReadonlySet<ChannelType> = new Set([
  ChannelType.GuildCategory,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
]);
const MAX_BULK_DELETE_AGE_MS = 14 * 24 * 60 * 60_000;

/** https://docs.discord.com/developers/resources/message */
export const messageRoutes = [
  route('GET', messages, list),
  route('POST', messages, create),
  route('POST', `${messages}/bulk-delete`, bulkDelete),
  route('GET', `${messages}/:message`, (context) => {
    const { channel, message } = target(context);
    requirePermissions(context.state, channel, context.state.bot.id, P.ReadMessageHistory);
    return fetched(context.state, message);
  }),
  route('PATCH', `${messages}/:message`, edit),
  route('DELETE', `${messages}/:message`, (context) => {
    const { channel, message } = target(context);
    const { state } = context;
    refuseArchived(channel);
    if (message.authorId !== state.bot.id) {
      if (!channel.guildId) throw new DiscordError(50003);
      requirePermissions(state, channel, state.bot.id, P.ManageMessages);
    }
    removeMessage(state, message);
  }),
  route('POST', `${messages}/:message/crosspost`, crosspost),
];

/** The channel and message of a route; 50001 where the bot cannot see the channel. */
export function target({ state, params }: RestContext) {
  const channel = getChannel(state, params.channel ?? '');
  if (!canView(state, channel, state.bot.id)) throw new DiscordError(50001);
  return { channel, message: getMessage(state, channel.id, params.message ?? '') };
}

function list({ state, params, query }: RestContext): unknown {
  const channel = getChannel(state, params.channel ?? '');
  requirePermissions(state, channel, state.bot.id, 0n);
  const form = readForm(Object.fromEntries(query));
  const limit = form.integer('limit', { min: 1, max: 100 }) ?? 50;
  const given = ['before', 'after', 'around'].filter((key) => query.has(key));
  for (const key of given) {
    if (!isSnowflake(query.get(key))) {
      form.fail(key, 'NUMBER_TYPE_COERCE', `Value "${query.get(key)}" is not snowflake.`);
    }
  }
  form.check();
  if (!(channelPermissions(state, channel, state.bot.id) & P.ReadMessageHistory)) return [];
  const page = Object.fromEntries(given.map((key) => [key, query.get(key) as string]));
  return pageMessages(channelMessages(state, channel.id), { ...page, limit }).map((m) => fetched(state, m));
}

/** Discord gives a nonce back in the answer to the create request and on the gateway only. */
function fetched(state: DiscordState, message: MessageRecord): APIMessage {
  const { nonce, ...rest } = toApiMessage(state, message);
  return state.historyNonces && nonce !== undefined ? { ...rest, nonce } : rest;
}

function create({ state, params, body, uploads }: RestContext): unknown {
  const channel = getChannel(state, params.channel ?? '');
  const form = readForm(body);
  requireMaySend(state, channel, state.bot.id, {
    files: uploads.size > 0,
    reply: form.has('message_reference'),
  });
  if (CHANNELS_WITHOUT_MESSAGES.has(channel.type)) throw new DiscordError(50008);
  if (channel.recipientId) requireOpenDm(state, channel.recipientId);
  if (channel.thread?.locked) throw new DiscordError(50083);
  const nonce = form.value.nonce as string | number | null | undefined;
  const enforce = form.value.enforce_nonce === true && nonce !== null && nonce !== undefined;
  if (enforce) {
    const existing = messageOfNonce(state, state.bot.id, nonce);
    if (existing) return toApiMessage(state, existing);
  }
  reopen(state, channel);
  const message = composeMessage(state, {
    authorId: state.bot.id,
    channel,
    body: withoutEphemeral(form.value),
    uploads,
  });
  rememberNonce(state, message);
  return toApiMessage(state, message);
}

/** Only interaction responses can be ephemeral; elsewhere the flag is ignored. */
function withoutEphemeral(body: Record<string, unknown>): Record<string, unknown> {
  return typeof body.flags === 'number' ? { ...body, flags: body.flags & ~MessageFlags.Ephemeral } : body;
}

/** A message in an archived thread opens it again. */
function reopen(state: DiscordState, channel: ChannelRecord): void {
  if (!channel.thread?.archived) return;
  channel.thread.archived = false;
  state.emit({ type: 'threadUpdate', channel });
}

function requireOpenDm(state: DiscordState, recipientId: string): void {
  const user = getUser(state, recipientId);
  if (!canMeetBot(state, user)) throw new DiscordError(50278);
  if (user.dmsClosed) throw new DiscordError(50007);
}

/** Messages of an archived thread are neither changed nor deleted, nor reacted to (github.com/discord/discord-api-docs/pull/2855). */
export function refuseArchived({ thread }: ChannelRecord): void {
  if (thread?.archived) throw new DiscordError(50083);
}

function edit(context: RestContext): unknown {
  const { channel, message } = target(context);
  const { state } = context;
  refuseArchived(channel);
  if (message.authorId !== state.bot.id) {
    const onlyFlags = Object.keys(readForm(context.body).value).every((key) => key === 'flags');
    if (!onlyFlags || !channel.guildId) throw new DiscordError(50005);
    requirePermissions(state, channel, state.bot.id, P.ManageMessages);
  }
  if (message.flags & MessageFlags.IsVoiceMessage) throw new DiscordError(50021);
  if (channel.thread?.archived) throw new DiscordError(50083);
  return toApiMessage(state, editMessage(state, channel, message, context.body, context.uploads));
}

function bulkDelete({ state, params, body }: RestContext): undefined {
  const channel = getChannel(state, params.channel ?? '');
  if (!channel.guildId) throw new DiscordError(50003);
  requirePermissions(state, channel, state.bot.id, P.ManageMessages);
  const form = readForm(body);
  const ids = Array.isArray(form.value.messages) ? [...new Set(form.value.messages.map(String))] : [];
  if (ids.length < 2 || ids.length > 100) {
    form.fail('messages', 'BASE_TYPE_BAD_LENGTH', 'Must be between 2 and 100 in length.');
  }
  form.check();
  if (ids.some((id) => state.clock.now() - snowflakeTime(id) > MAX_BULK_DELETE_AGE_MS))
    throw new DiscordError(50034);
  const stored = state.messages.get(channel.id);
  const found = ids.flatMap((id) => stored?.get(id) ?? []);
  for (const message of found) stored?.delete(message.id);
  state.emit({ type: 'messageDeleteBulk', channel, messages: found });
}

function crosspost(context: RestContext): unknown {
  const { channel, message } = target(context);
  const { state } = context;
  if (channel.type !== ChannelType.GuildAnnouncement) throw new DiscordError(50024);
  const own = message.authorId === state.bot.id;
  requirePermissions(state, channel, state.bot.id, own ? P.SendMessages : P.ManageMessages);
  if (message.flags & MessageFlags.Crossposted) throw new DiscordError(40033);
  message.flags |= MessageFlags.Crossposted;
  state.emit({ type: 'messageUpdate', message });
  return toApiMessage(state, message);
}
