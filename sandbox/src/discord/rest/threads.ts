import { ChannelType, MessageFlags, MessageType, PermissionFlagsBits as P } from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import {
  activeThreads,
  addThreadMember,
  createThread,
  getChannel,
  removeThreadMember,
  toApiChannel,
  toApiThreadMember,
} from '../state/channels.ts';
import { getGuild } from '../state/guilds.ts';
import { toApiMember } from '../state/members.ts';
import { addMessage, toApiMessage } from '../state/messages.ts';
import { canView, requirePermissions } from '../state/permissions.ts';
import { createPost } from '../state/posts.ts';
import type { ChannelRecord, DiscordState } from '../state/state.ts';
import { type Form, readForm } from '../validate/form.ts';
import { target } from './messages.ts';
import { Reply, type RestContext, route } from './router.ts';

const members = '/channels/:channel/thread-members';

/** https://docs.discord.com/developers/topics/threads */
export const threadRoutes = [
  route('POST', '/channels/:channel/messages/:message/threads', startFromMessage),
  route('POST', '/channels/:channel/threads', start),
  route('GET', '/guilds/:guild/threads/active', ({ state, params }) => {
    const guild = getGuild(state, params.guild ?? '');
    return threadList(state, activeThreads(state, guild.id, state.bot.id));
  }),
  ...['public', 'private'].map((kind) =>
    route('GET', `/channels/:channel/threads/archived/${kind}`, ({ state, params, query }) => {
      const parent = getChannel(state, params.channel ?? '');
      const isPrivate = kind === 'private';
      requirePermissions(
        state,
        parent,
        state.bot.id,
        P.ReadMessageHistory | (isPrivate ? P.ManageThreads : 0n),
      );
      const before = query.get('before') ?? '';
      const limit = Number(query.get('limit') ?? 50);
      const archived = [...state.channels.values()]
        .filter(
          ({ parentId, thread, type }) =>
            parentId === parent.id &&
            thread?.archived &&
            (type === ChannelType.PrivateThread) === isPrivate &&
            (before === '' || thread.archivedAt < before),
        )
        // Those that were archived last come first.
        .sort((one, other) => ((one.thread?.archivedAt ?? '') < (other.thread?.archivedAt ?? '') ? 1 : -1));
      return { ...threadList(state, archived.slice(0, limit)), has_more: archived.length > limit };
    }),
  ),
  route('GET', members, (context) => {
    const thread = threadOf(context);
    return [...(thread.thread?.members.keys() ?? [])].map((id) => member(context, thread, id));
  }),
  route('PUT', `${members}/@me`, (context) => {
    requireOpen(threadOf(context));
    addThreadMember(context.state, threadOf(context), context.state.bot.id);
  }),
  route('DELETE', `${members}/@me`, (context) =>
    removeThreadMember(context.state, threadOf(context), context.state.bot.id),
  ),
  route('GET', `${members}/:user`, (context) =>
    member(context, threadOf(context), context.params.user ?? ''),
  ),
  route('PUT', `${members}/:user`, addMember),
  route('DELETE', `${members}/:user`, (context) => {
    const thread = threadOf(context);
    const own = thread.thread?.ownerId === context.state.bot.id && thread.type === ChannelType.PrivateThread;
    requirePermissions(context.state, thread, context.state.bot.id, own ? 0n : P.ManageThreads);
    removeThreadMember(context.state, thread, context.params.user ?? '');
  }),
];

function threadOf({ state, params }: RestContext): ChannelRecord {
  const channel = getChannel(state, params.channel ?? '');
  if (!canView(state, channel, state.bot.id)) throw new DiscordError(50001);
  if (!channel.thread) throw new DiscordError(50024);
  return channel;
}

function requireOpen(channel: ChannelRecord): void {
  if (channel.thread?.archived) throw new DiscordError(50083);
}

function addMember(context: RestContext): undefined {
  const { state, params } = context;
  const thread = threadOf(context);
  requireOpen(thread);
  const id = params.user ?? '';
  const guild = getGuild(state, thread.guildId ?? '');
  requirePermissions(state, thread, state.bot.id, P.SendMessagesInThreads);
  if (!state.users.has(id)) throw new DiscordError(10013);
  const parent = state.channels.get(thread.parentId ?? '');
  if (!guild.members.has(id) || !parent || !canView(state, parent, id)) throw new DiscordError(50001);
  if (!addThreadMember(state, thread, id)) return;
  addMessage(state, thread, {
    channelId: thread.id,
    authorId: state.bot.id,
    type: MessageType.RecipientAdd,
    mentions: [id],
  });
}

function member({ state, query }: RestContext, thread: ChannelRecord, userId: string): unknown {
  const found = toApiThreadMember(thread, userId);
  if (!found) throw new DiscordError(10007);
  const guildMember = state.guilds.get(thread.guildId ?? '')?.members.get(userId);
  const withMember = query.get('with_member') === 'true' && guildMember;
  return { ...found, ...(withMember && { member: toApiMember(state, guildMember) }) };
}

function threadList(state: DiscordState, threads: ChannelRecord[]) {
  return {
    threads: threads.map((c) => toApiChannel(state, c)),
    members: threads.flatMap((c) => toApiThreadMember(c, state.bot.id) ?? []),
    has_more: false,
  };
}

function readThread(form: Form) {
  const name = form.string('name', { min: 1, max: 100, required: true }) ?? '';
  const minutes = form.integer('auto_archive_duration') ?? undefined;
  if (minutes !== undefined && ![60, 1440, 4320, 10080].includes(minutes)) {
    form.fail('auto_archive_duration', 'BASE_TYPE_CHOICES', 'Value must be one of {60, 1440, 4320, 10080}.');
  }
  const slow = form.integer('rate_limit_per_user', { min: 0, max: 21_600 }) ?? undefined;
  return { name, autoArchiveMinutes: minutes, rateLimitPerUser: slow };
}

const parents: ReadonlySet<ChannelType> = new Set([ChannelType.GuildText, ChannelType.GuildAnnouncement]);

function startFromMessage(context: RestContext): unknown {
  const { state, body } = context;
  const { channel, message } = target(context);
  if (!parents.has(channel.type)) throw new DiscordError(50024);
  requirePermissions(state, channel, state.bot.id, P.CreatePublicThreads);
  if (message.threadId) throw new DiscordError(160004);
  const form = readForm(body);
  const fields = readThread(form);
  form.check();
  const isNews = channel.type === ChannelType.GuildAnnouncement;
  const thread = createThread(state, channel, {
    ...fields,
    id: message.id,
    type: isNews ? ChannelType.AnnouncementThread : ChannelType.PublicThread,
    ownerId: state.bot.id,
  });
  message.threadId = thread.id;
  message.flags |= MessageFlags.HasThread;
  state.emit({ type: 'messageUpdate', message });
  addMessage(state, thread, {
    channelId: thread.id,
    authorId: message.authorId,
    type: MessageType.ThreadStarterMessage,
    reference: { type: 0, channel_id: channel.id, message_id: message.id, guild_id: channel.guildId },
  });
  return new Reply(201, toApiChannel(state, thread));
}

/** A post: a thread with its first message, which has the thread's own id. */
function startPost({ state, body, uploads }: RestContext, forum: ChannelRecord): unknown {
  requirePermissions(state, forum, state.bot.id, P.SendMessages);
  const form = readForm(body);
  const fields = readThread(form);
  if (!form.has('message')) form.fail('message', 'BASE_TYPE_REQUIRED', 'This field is required');
  form.check();
  const post = createPost(state, forum, {
    ...fields,
    authorId: state.bot.id,
    tags: form.value.applied_tags,
    message: form.value.message,
    uploads,
  });
  return new Reply(201, { ...toApiChannel(state, post.thread), message: toApiMessage(state, post.message) });
}

function start(context: RestContext): unknown {
  const { state, params, body } = context;
  const channel = getChannel(state, params.channel ?? '');
  if (channel.forum) return startPost(context, channel);
  if (!parents.has(channel.type)) throw new DiscordError(50024);
  const form = readForm(body);
  const fields = readThread(form);
  // Discord's default is a private thread, to match older clients.
  const type = form.integer('type', { min: 10, max: 12 }) ?? ChannelType.PrivateThread;
  const invitable = form.boolean('invitable') ?? undefined;
  form.check();
  const isPrivate = type === ChannelType.PrivateThread;
  requirePermissions(
    state,
    channel,
    state.bot.id,
    isPrivate ? P.CreatePrivateThreads : P.CreatePublicThreads,
  );
  const thread = createThread(state, channel, { ...fields, type, invitable, ownerId: state.bot.id });
  if (!isPrivate) {
    addMessage(state, channel, {
      channelId: channel.id,
      authorId: state.bot.id,
      type: MessageType.ThreadCreated,
      content: fields.name,
      reference: { type: 0, channel_id: thread.id, guild_id: channel.guildId },
    });
  }
  return new Reply(201, toApiChannel(state, thread));
}
