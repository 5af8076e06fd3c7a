import { type APIOverwrite, ChannelType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { deleteChannel, getChannel, toApiChannel } from '../state/channels.ts';
import { readAppliedTags, readForumTags } from '../state/forums.ts';
import { guildPermissions, requirePermissions } from '../state/permissions.ts';
import { type ChannelRecord, type DiscordState, timestamp } from '../state/state.ts';
import { type Form, readForm } from '../validate/form.ts';
import { type RestContext, route } from './router.ts';

/** https://docs.discord.com/developers/resources/channel */
export const channelRoutes = [
  route('GET', '/channels/:channel', ({ state, params }) => {
    const channel = getChannel(state, params.channel ?? '');
    requirePermissions(state, channel, state.bot.id, 0n);
    return toApiChannel(state, channel);
  }),
  route('PATCH', '/channels/:channel', update),
  route('DELETE', '/channels/:channel', ({ state, params }) => {
    const channel = getChannel(state, params.channel ?? '');
    // A DM is only closed: it stays, and opens again with the next message.
    if (channel.guildId) {
      requirePermissions(state, channel, state.bot.id, channel.thread ? P.ManageThreads : P.ManageChannels);
      deleteChannel(state, channel);
    }
    return toApiChannel(state, channel);
  }),
  route('POST', '/channels/:channel/typing', ({ state, params }) => {
    const channel = getChannel(state, params.channel ?? '');
    requirePermissions(
      state,
      channel,
      state.bot.id,
      channel.thread ? P.SendMessagesInThreads : P.SendMessages,
    );
    state.emit({ type: 'typing', channel, userId: state.bot.id });
  }),
  route('PUT', '/channels/:channel/permissions/:overwrite', putOverwrite),
  route('DELETE', '/channels/:channel/permissions/:overwrite', ({ state, params }) => {
    const channel = guildChannel(state, params.channel);
    requirePermissions(state, channel, state.bot.id, P.ManageRoles);
    if (!channel.overwrites.some((o) => o.id === params.overwrite)) throw new DiscordError(10009);
    channel.overwrites = channel.overwrites.filter((o) => o.id !== params.overwrite);
    state.emit({ type: 'channelUpdate', channel });
  }),
];

function guildChannel(state: DiscordState, id: string | undefined): ChannelRecord {
  const channel = getChannel(state, id ?? '');
  if (!channel.guildId) throw new DiscordError(50003);
  if (channel.thread) throw new DiscordError(50024);
  return channel;
}

function update({ state, params, body }: RestContext): unknown {
  const channel = getChannel(state, params.channel ?? '');
  if (!channel.guildId) throw new DiscordError(50003);
  const form = readForm(body);
  if (channel.thread) updateThread(state, channel, form);
  else updateGuildChannel(state, channel, form);
  return toApiChannel(state, channel);
}

function updateGuildChannel(state: DiscordState, channel: ChannelRecord, form: Form): void {
  requirePermissions(state, channel, state.bot.id, P.ManageChannels);
  const fields = readChannelFields(state, channel.guildId ?? '', form);
  const type = form.integer('type');
  const changeable = [ChannelType.GuildText, ChannelType.GuildAnnouncement];
  if (
    type !== undefined &&
    type !== channel.type &&
    !(changeable.includes(type as ChannelType) && changeable.includes(channel.type))
  ) {
    form.fail('type', 'CHANNEL_TYPE_CONVERSION_INVALID', 'Cannot convert to this channel type.');
  }
  const forum = channel.forum && readForumTags(state, form, channel.forum);
  form.check();
  if (fields.overwrites && JSON.stringify(fields.overwrites) !== JSON.stringify(channel.overwrites)) {
    requirePermissions(state, channel, state.bot.id, P.ManageRoles);
  }
  Object.assign(channel, fields, typeof type === 'number' && { type }, forum && { forum });
  state.emit({ type: 'channelUpdate', channel });
}

function updateThread(state: DiscordState, channel: ChannelRecord, form: Form): void {
  const { thread } = channel;
  if (!thread) return;
  const name = form.string('name', { min: 1, max: 100 });
  const archived = form.boolean('archived');
  const locked = form.boolean('locked');
  const invitable = form.boolean('invitable');
  const duration = form.integer('auto_archive_duration');
  const slow = form.integer('rate_limit_per_user', { min: 0, max: 21_600 });
  if (duration && ![60, 1440, 4320, 10080].includes(duration)) {
    form.fail('auto_archive_duration', 'BASE_TYPE_CHOICES', 'Value must be one of {60, 1440, 4320, 10080}.');
  }
  form.check();
  const forum = state.channels.get(channel.parentId ?? '');
  const tags = readAppliedTags(state, forum, state.bot.id, form, thread.appliedTags);
  const own = thread.ownerId === state.bot.id;
  // Whoever may write there may open an archived thread, unless it is locked.
  const onlyOpens = Object.keys(form.value).every((key) => key === 'archived') && archived === false;
  const needsModerator = typeof locked === 'boolean' || (!own && !onlyOpens) || thread.locked;
  requirePermissions(state, channel, state.bot.id, needsModerator ? P.ManageThreads : 0n);
  if (thread.archived && archived !== false) throw new DiscordError(50083);
  if (name) channel.name = name;
  if (typeof slow === 'number') channel.rateLimitPerUser = slow;
  if (typeof archived === 'boolean' && archived !== thread.archived) {
    thread.archived = archived;
    thread.archivedAt = timestamp(state);
  }
  if (typeof locked === 'boolean') thread.locked = locked;
  if (tags) thread.appliedTags = tags;
  if (typeof invitable === 'boolean') thread.invitable = invitable;
  if (duration) thread.autoArchiveMinutes = duration;
  state.emit({ type: 'threadUpdate', channel });
}

/** The fields that creating and changing a server channel have in common, checked; absent ones are left out. */
export function readChannelFields(state: DiscordState, guildId: string, form: Form): Partial<ChannelRecord> {
  const name = form.string('name', { min: 1, max: 100 });
  const topic = form.string('topic', { max: 1024 });
  const parentId = form.string('parent_id');
  const position = form.integer('position', { min: 0 });
  const nsfw = form.boolean('nsfw');
  const slow = form.integer('rate_limit_per_user', { min: 0, max: 21_600 });
  const overwrites = form.has('permission_overwrites')
    ? form.list('permission_overwrites').map(readOverwrite)
    : undefined;
  if (parentId) {
    const parent = state.channels.get(parentId);
    if (parent?.guildId !== guildId || parent.type !== ChannelType.GuildCategory) {
      form.fail('parent_id', 'CHANNEL_PARENT_INVALID', 'Category does not exist');
    }
  }
  return {
    ...(name && { name }),
    ...(topic !== undefined && { topic: topic || null }),
    ...(parentId !== undefined && { parentId }),
    ...(typeof position === 'number' && { position }),
    ...(typeof nsfw === 'boolean' && { nsfw }),
    ...(typeof slow === 'number' && { rateLimitPerUser: slow }),
    ...(overwrites && { overwrites }),
  };
}

function readOverwrite(form: Form): APIOverwrite {
  return {
    id: form.string('id', { required: true }) ?? '',
    type: (form.integer('type', { min: 0, max: 1 }) ?? 0) as APIOverwrite['type'],
    allow: permissionBits(form, 'allow'),
    deny: permissionBits(form, 'deny'),
  };
}

/** A permission bit set, which Discord takes as a decimal string or a number. */
export function permissionBits(form: Form, key: string): string {
  const value = form.value[key] ?? '0';
  if (/^\d+$/.test(String(value))) return String(value);
  form.fail(key, 'NUMBER_TYPE_COERCE', `Value "${String(value)}" is not int.`);
  return '0';
}

function putOverwrite({ state, params, body }: RestContext): undefined {
  const channel = guildChannel(state, params.channel);
  requirePermissions(state, channel, state.bot.id, P.ManageRoles);
  const form = readForm({ ...readForm(body).value, id: params.overwrite });
  const overwrite = readOverwrite(form);
  form.check();
  const guild = state.guilds.get(channel.guildId ?? '');
  const known = overwrite.type === 0 ? guild?.roles.has(overwrite.id) : state.users.has(overwrite.id);
  if (!guild || !known) throw new DiscordError(10009);
  // Nobody can hand out in an overwrite what they do not have in the server.
  const own = guildPermissions(guild, state.bot.id);
  if (((BigInt(overwrite.allow) | BigInt(overwrite.deny)) & ~own) !== 0n) throw new DiscordError(50013);
  channel.overwrites = [...channel.overwrites.filter((o) => o.id !== overwrite.id), overwrite];
  state.emit({ type: 'channelUpdate', channel });
}
