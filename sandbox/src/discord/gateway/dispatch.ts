import { type APIMessage, GatewayDispatchEvents as E } from 'discord-api-types/v10';
import { activeThreads, guildChannels, toApiChannel, toApiThreadMember } from '../state/channels.ts';
import type { DiscordEvent } from '../state/events.ts';
import { toApiGuild } from '../state/guilds.ts';
import { toApiMember, toApiMemberWithoutUser } from '../state/members.ts';
import { toApiMessage } from '../state/messages.ts';
import { canView } from '../state/permissions.ts';
import type { ChannelRecord, DiscordState, GuildRecord, MessageRecord, UserRecord } from '../state/state.ts';
import { toApiUser } from '../state/users.ts';

/** One event to be dispatched to the sessions. */
export interface Dispatch {
  t: string;
  d: Record<string, unknown>;
  guildId?: string;
  /** Set for messages: decides whether the content may be seen without the MESSAGE_CONTENT intent. */
  message?: MessageRecord;
}

/** The dispatches that the bot gets for an event; none where the event does not concern it. */
export function toDispatches(state: DiscordState, event: DiscordEvent): Dispatch[] {
  switch (event.type) {
    case 'messageCreate':
    case 'messageUpdate':
      return event.message.visibleTo
        ? []
        : inChannel(state, event.message.channelId, () => messageDispatch(state, event));
    case 'messageDelete':
      if (event.message.visibleTo) return [];
      return inChannel(state, event.message.channelId, () => ({
        t: E.MessageDelete,
        d: { id: event.message.id, channel_id: event.message.channelId },
      }));
    case 'messageDeleteBulk':
      return inChannel(state, event.channel.id, () => ({
        t: E.MessageDeleteBulk,
        d: { ids: event.messages.map((m) => m.id), channel_id: event.channel.id },
      }));
    case 'reactionAdd':
    case 'reactionRemove':
      return inChannel(state, event.message.channelId, (guild) => reactionDispatch(state, event, guild));
    case 'reactionRemoveAll':
    case 'reactionRemoveEmoji':
      return inChannel(state, event.message.channelId, () => ({
        t: event.type === 'reactionRemoveAll' ? E.MessageReactionRemoveAll : E.MessageReactionRemoveEmoji,
        d: {
          channel_id: event.message.channelId,
          message_id: event.message.id,
          ...('emoji' in event && { emoji: event.emoji }),
        },
      }));
    case 'typing':
      return inChannel(state, event.channel.id, (guild) => {
        const member = guild?.members.get(event.userId);
        return {
          t: E.TypingStart,
          d: {
            channel_id: event.channel.id,
            user_id: event.userId,
            timestamp: Math.floor(state.clock.now() / 1000),
            ...(member && { member: toApiMember(state, member) }),
          },
        };
      });
    case 'pinsUpdate':
      return inChannel(state, event.channel.id, () => ({
        t: E.ChannelPinsUpdate,
        d: { channel_id: event.channel.id, last_pin_timestamp: event.channel.lastPinAt },
      }));
    case 'channelCreate':
    case 'channelUpdate':
    case 'channelDelete': {
      // Bots get no CHANNEL_CREATE for DMs since API v8.
      if (!state.guilds.get(event.channel.guildId ?? '')?.members.has(state.bot.id)) return [];
      const t = {
        channelCreate: E.ChannelCreate,
        channelUpdate: E.ChannelUpdate,
        channelDelete: E.ChannelDelete,
      }[event.type];
      return [{ t, d: { ...toApiChannel(state, event.channel) }, guildId: event.channel.guildId }];
    }
    case 'threadCreate':
    case 'threadUpdate':
    case 'threadDelete':
    case 'threadMembersUpdate':
      return threadDispatch(state, event);
    case 'interactionCreate':
      return [
        { t: E.InteractionCreate, d: { ...event.interaction.payload }, guildId: event.interaction.guildId },
      ];
    case 'interactionUpdate':
      return [];
    case 'banAdd': {
      const { guild, userId } = event;
      if (!guild.members.has(state.bot.id)) return [];
      const user = { ...toApiUser(state.users.get(userId) as UserRecord) };
      return [{ t: E.GuildBanAdd, guildId: guild.id, d: { guild_id: guild.id, user } }];
    }
    default:
      return guildDispatch(state, event);
  }
}

type EventOf<T extends DiscordEvent['type']> = Extract<DiscordEvent, { type: T }>;

function inChannel(
  state: DiscordState,
  channelId: string,
  build: (guild: GuildRecord | undefined) => Dispatch,
): Dispatch[] {
  const channel = state.channels.get(channelId);
  if (!channel || !canView(state, channel, state.bot.id)) return [];
  const guild = channel.guildId ? state.guilds.get(channel.guildId) : undefined;
  const dispatch = build(guild);
  return [{ ...dispatch, guildId: guild?.id, d: { ...dispatch.d, ...(guild && { guild_id: guild.id }) } }];
}

function messageDispatch(state: DiscordState, event: EventOf<'messageCreate' | 'messageUpdate'>): Dispatch {
  const { type, message } = event;
  const channel = state.channels.get(message.channelId) as ChannelRecord;
  const guild = channel.guildId ? state.guilds.get(channel.guildId) : undefined;
  if (type === 'messageUpdate' && event.onlyEmbeds && state.variants.previewUpdates === 'embeds') {
    const { id, channel_id, embeds } = toApiMessage(state, message);
    return { t: E.MessageUpdate, d: { id, channel_id, embeds }, message };
  }
  const author = guild?.members.get(message.authorId);
  const api = toApiMessage(state, message);
  const mentions = api.mentions.map((user) => {
    const member = guild?.members.get(user.id);
    return member ? { ...user, member: toApiMemberWithoutUser(member) } : user;
  });
  return {
    t: type === 'messageCreate' ? E.MessageCreate : E.MessageUpdate,
    d: {
      ...api,
      channel_type: channel.type,
      mentions,
      ...(author && !message.webhookId && { member: toApiMemberWithoutUser(author) }),
    },
    message,
  };
}

function reactionDispatch(
  state: DiscordState,
  event: EventOf<'reactionAdd' | 'reactionRemove'>,
  guild: GuildRecord | undefined,
): Dispatch {
  const added = event.type === 'reactionAdd';
  const member = guild?.members.get(event.userId);
  return {
    t: added ? E.MessageReactionAdd : E.MessageReactionRemove,
    d: {
      user_id: event.userId,
      channel_id: event.message.channelId,
      message_id: event.message.id,
      emoji: event.emoji,
      burst: false,
      type: 0,
      ...(added && { message_author_id: event.message.authorId }),
      ...(added && member && { member: toApiMember(state, member) }),
    },
  };
}

function threadDispatch(
  state: DiscordState,
  event: EventOf<'threadCreate' | 'threadUpdate' | 'threadDelete' | 'threadMembersUpdate'>,
): Dispatch[] {
  const { channel } = event;
  const base = { id: channel.id, guild_id: channel.guildId };
  if (event.type === 'threadDelete') {
    return [
      {
        t: E.ThreadDelete,
        guildId: channel.guildId,
        d: { ...base, parent_id: channel.parentId, type: channel.type },
      },
    ];
  }
  if (!canView(state, channel, state.bot.id)) return [];
  if (event.type === 'threadMembersUpdate') {
    const added = event.added.flatMap((id) => toApiThreadMember(channel, id) ?? []);
    const d = { ...base, member_count: channel.thread?.members.size ?? 0 };
    return [
      {
        t: E.ThreadMembersUpdate,
        guildId: channel.guildId,
        d: {
          ...d,
          ...(added.length > 0 && { added_members: added }),
          ...(event.removed.length > 0 && { removed_member_ids: event.removed }),
        },
      },
    ];
  }
  const created = event.type === 'threadCreate';
  return [
    {
      t: created ? E.ThreadCreate : E.ThreadUpdate,
      guildId: channel.guildId,
      d: { ...toApiChannel(state, channel), ...(created && { newly_created: true }) },
    },
  ];
}

function guildDispatch(
  state: DiscordState,
  event: EventOf<
    | 'guildCreate'
    | 'guildUpdate'
    | 'guildDelete'
    | 'memberAdd'
    | 'memberUpdate'
    | 'memberRemove'
    | 'roleCreate'
    | 'roleUpdate'
    | 'roleDelete'
  >,
): Dispatch[] {
  const { guild } = event;
  const of = (t: string, d: Record<string, unknown>) => [{ t, d, guildId: guild.id }];
  if (event.type === 'guildDelete') return of(E.GuildDelete, { id: guild.id });
  if (!guild.members.has(state.bot.id)) return [];
  switch (event.type) {
    case 'guildCreate':
      // Built per session, because the members in it depend on the intents.
      return of(E.GuildCreate, {});
    case 'guildUpdate':
      return of(E.GuildUpdate, { ...toApiGuild(guild) });
    case 'memberAdd':
    case 'memberUpdate': {
      const t = event.type === 'memberAdd' ? E.GuildMemberAdd : E.GuildMemberUpdate;
      return of(t, { ...toApiMember(state, event.member), guild_id: guild.id });
    }
    case 'memberRemove': {
      const user = state.users.get(event.member.userId) as UserRecord;
      return of(E.GuildMemberRemove, { user: toApiUser(user), guild_id: guild.id });
    }
    case 'roleDelete':
      return of(E.GuildRoleDelete, { role_id: event.role.id, guild_id: guild.id });
    default: {
      const t = event.type === 'roleCreate' ? E.GuildRoleCreate : E.GuildRoleUpdate;
      return of(t, { role: event.role, guild_id: guild.id });
    }
  }
}

/** The guild with everything a client needs at the start. Other members only come with the GUILD_MEMBERS intent. */
export function guildCreatePayload(
  state: DiscordState,
  guild: GuildRecord,
  withMembers: boolean,
): Record<string, unknown> {
  const members = [...guild.members.values()].filter((m) => withMembers || m.userId === state.bot.id);
  return {
    ...toApiGuild(guild),
    joined_at: guild.members.get(state.bot.id)?.joinedAt,
    large: guild.members.size > 250,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: members.map((m) => toApiMember(state, m)),
    // Hidden channels are in the list too: clients work out by themselves what the bot can see.
    channels: guildChannels(state, guild.id).map((c) => toApiChannel(state, c)),
    threads: activeThreads(state, guild.id, state.bot.id).map((c) => toApiChannel(state, c)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** The same message without what needs MESSAGE_CONTENT. https://docs.discord.com/developers/events/gateway#message-content-intent */
export function withoutContent(d: Record<string, unknown>): Record<string, unknown> {
  const { poll: _poll, message_snapshots: _snapshots, referenced_message: referenced, ...rest } = d;
  return {
    ...rest,
    content: '',
    embeds: [],
    attachments: [],
    components: [],
    ...(referenced !== undefined && {
      referenced_message: referenced && withoutContent({ ...(referenced as APIMessage) }),
    }),
  };
}
