import type { APIMessage, APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { ChannelType, InteractionType, MessageFlags } from 'discord-api-types/v10';
import { findCommand } from './commands.ts';
import { snowflake } from './ids.ts';
import type { InteractionRecord, InteractionStatus, Interactions } from './interactions.ts';
import {
  channelOf,
  createMessage,
  deleteMessage,
  editMessage,
  eventOf,
  messageOf,
  type Upload,
} from './messages.ts';
import { guildPayload } from './payloads.ts';
import { react } from './rest.ts';
import { isThread } from './threads.ts';
import type { GuildRecord, UserRecord, World } from './world.ts';

/** What a member sees of an interaction of theirs. */
export interface InteractionView {
  id: string;
  status(): InteractionStatus;
  /** The answer, once there is one. */
  response(): APIMessage | null;
  followUps(): APIMessage[];
  modal(): APIModalInteractionResponseCallbackData | null;
  choices(): { name: string; value: string | number }[];
  /** Resolves when the interaction is answered (or `until` holds), rejects after `timeoutMs`. */
  settled(options?: {
    until?: (view: InteractionView) => boolean;
    timeoutMs?: number;
  }): Promise<InteractionView>;
}

export interface Guild {
  id: string;
  name: string;
  channel(name: string): string | undefined;
  join(member: Member, options?: { nick?: string }): void;
  leave(member: Member): void;
}

export interface DmOptions {
  attachments?: Upload[];
  replyTo?: string;
  sticker?: { id: string; name: string };
  poll?: { question: string; answers: string[] };
}

/** A person on this Discord, driven by a test or by the demo page. */
export interface Member {
  id: string;
  name: string;
  /** Writes to the bot in private. */
  dm(content: string, options?: DmOptions): Promise<APIMessage>;
  /** Sends a voice message: one recording and no words. */
  voice(recording: Upload, seconds: number): Promise<APIMessage>;
  /** Forwards a message to the bot. */
  forward(message: APIMessage): Promise<APIMessage>;
  say(
    channelId: string,
    content: string,
    options?: { attachments?: Upload[]; replyTo?: string },
  ): Promise<APIMessage>;
  /** The private threads that this member was let into, the newest last. */
  threads(): { id: string; parentId: string; messages(): APIMessage[] }[];
  slash(
    name: string,
    options?: Record<string, string>,
    where?: { guild?: Guild; channelId?: string },
  ): Promise<InteractionView>;
  click(message: APIMessage, customId: string): Promise<InteractionView>;
  select(message: APIMessage, customId: string, values: string[]): Promise<InteractionView>;
  submitModal(view: InteractionView, fields: Record<string, string>): Promise<InteractionView>;
  edit(message: APIMessage, content: string): APIMessage;
  delete(message: APIMessage): void;
  react(message: APIMessage, emoji: string): void;
  unreact(message: APIMessage, emoji: string): void;
  typing(): void;
  closeDms(): void;
  openDms(): void;
  /** The direct messages with the bot, oldest first. */
  inbox(): APIMessage[];
}

export function createDriver(world: World, interactions: Interactions) {
  function createGuild(options: { name: string; channels?: { name: string; type?: ChannelType }[] }): Guild {
    const id = snowflake();
    const guild: GuildRecord = {
      id,
      name: options.name,
      ownerId: snowflake(),
      roles: new Map(),
      members: new Map(),
    };
    guild.roles.set(id, role(id, '@everyone'));
    world.guilds.set(id, guild);
    guild.members.set(world.applicationId, guildMember(world.bot));
    for (const [position, given] of (options.channels ?? [{ name: 'general' }]).entries()) {
      const channelId = snowflake();
      world.channels.set(channelId, {
        channel: {
          id: channelId,
          type: given.type ?? ChannelType.GuildText,
          guild_id: id,
          name: given.name,
          position,
          flags: 0,
          last_message_id: null,
          permission_overwrites: [],
          parent_id: null,
          topic: null,
          nsfw: false,
          rate_limit_per_user: 0,
        } as never,
        guildId: id,
        participants: new Set(),
        messages: new Map(),
      });
    }
    world.announce('GUILD_CREATE', guildPayload(world, guild), { guildId: id });
    return {
      id,
      name: options.name,
      channel: (name) =>
        [...world.channels.values()].find(
          ({ guildId, channel }) => guildId === id && (channel as { name?: string }).name === name,
        )?.channel.id,
      join(member, { nick } = {}) {
        const record = world.users.get(member.id);
        if (!record) return;
        guild.members.set(member.id, guildMember(record, nick));
        world.announce('GUILD_MEMBER_ADD', { ...guildMember(record, nick), guild_id: id }, { guildId: id });
      },
      leave(member) {
        guild.members.delete(member.id);
        world.announce(
          'GUILD_MEMBER_REMOVE',
          { guild_id: id, user: world.users.get(member.id)?.user },
          { guildId: id },
        );
      },
    };
  }

  function createUser(options: { username: string; globalName?: string; locale?: string }): Member {
    const record = world.addUser(options);
    const { id } = record.user;
    const direct = () => world.directChannel(id);

    const act = (type: InteractionType, channelId: string, data: unknown, source?: APIMessage) => {
      const { guildId } = channelOf(world, channelId);
      return viewOf(interactions.begin({ type, userId: id, channelId, guildId, source }, data)).settled();
    };

    return {
      id,
      name: options.globalName ?? options.username,
      dm: async (content, { attachments, replyTo, sticker, poll } = {}) =>
        createMessage(
          world,
          direct(),
          id,
          {
            content,
            ...(replyTo ? { message_reference: { message_id: replyTo } } : {}),
            ...(sticker ? { sticker_ids: [sticker.id] as [string] } : {}),
            ...(poll ? { poll: pollOf(poll) as never } : {}),
          },
          attachments,
          {
            ...(sticker ? { sticker_items: [{ ...sticker, format_type: 1 }] } : {}),
            ...(poll ? { poll: pollOf(poll) as never } : {}),
          },
        ),
      voice: async (recording, seconds) =>
        createMessage(
          world,
          direct(),
          id,
          {
            flags: MessageFlags.IsVoiceMessage as never,
            attachments: [{ id: '0', duration_secs: seconds, waveform: 'AAAA' } as never],
          },
          [recording],
        ),
      forward: async (message) => {
        const { content, attachments, embeds, timestamp, edited_timestamp, type, mentions } = message;
        return createMessage(world, direct(), id, { content: '\u200b' }, [], {
          content: '',
          flags: MessageFlags.HasSnapshot,
          message_reference: { type: 1, channel_id: message.channel_id, message_id: message.id },
          message_snapshots: [
            {
              message: {
                content,
                attachments,
                embeds,
                timestamp,
                edited_timestamp,
                type,
                mentions,
                mention_roles: [],
                flags: 0,
                components: [],
              } as never,
            },
          ],
        });
      },
      say: async (channelId, content, { attachments, replyTo } = {}) =>
        createMessage(
          world,
          channelOf(world, channelId),
          id,
          { content, ...(replyTo ? { message_reference: { message_id: replyTo } } : {}) },
          attachments,
        ),
      threads: () =>
        [...world.channels.values()]
          .filter((record) => isThread(record) && record.participants.has(id))
          .map((record) => ({
            id: record.channel.id,
            parentId: String((record.channel as { parent_id?: string }).parent_id),
            messages: () => [...record.messages.values()],
          })),
      slash(name, given = {}, { guild, channelId } = {}) {
        const command = findCommand(world, guild?.id ?? null, name);
        if (!command) throw new Error(`There is no command /${name} here`);
        const target = channelId ?? (guild && firstChannel(guild.id)) ?? direct().channel.id;
        return act(InteractionType.ApplicationCommand, target, {
          id: command.id,
          name,
          type: 1,
          options: Object.entries(given).map(([option, value]) => ({ name: option, type: 3, value })),
        });
      },
      click: (message, customId) => {
        assertComponent(message, customId);
        return act(
          InteractionType.MessageComponent,
          message.channel_id,
          { component_type: 2, custom_id: customId, id: 1 },
          message,
        );
      },
      select: (message, customId, values) => {
        assertComponent(message, customId);
        return act(
          InteractionType.MessageComponent,
          message.channel_id,
          { component_type: 3, custom_id: customId, id: 1, values },
          message,
        );
      },
      submitModal(view, fields) {
        const modal = view.modal();
        const opened = interactions.byId.get(view.id);
        if (!modal || !opened) throw new Error('There is no modal to submit');
        return act(InteractionType.ModalSubmit, opened.channelId, {
          custom_id: modal.custom_id,
          components: Object.entries(fields).map(([customId, value], index) => ({
            type: 18,
            id: index * 2 + 1,
            component: { type: 4, id: index * 2 + 2, custom_id: customId, value },
          })),
        });
      },
      edit: (message, content) =>
        editMessage(world, channelOf(world, message.channel_id), message.id, id, { content }),
      delete: (message) => deleteMessage(world, channelOf(world, message.channel_id), message.id),
      react: (message, emoji) =>
        react(world, channelOf(world, message.channel_id), message.id, id, emoji, true),
      unreact: (message, emoji) =>
        react(world, channelOf(world, message.channel_id), message.id, id, emoji, false),
      typing() {
        const { channel } = direct();
        world.announce(
          'TYPING_START',
          { channel_id: channel.id, user_id: id, timestamp: Math.floor(Date.now() / 1000) },
          { channelId: channel.id, guildId: null },
        );
      },
      closeDms: () => {
        record.dmsOpen = false;
      },
      openDms: () => {
        record.dmsOpen = true;
      },
      inbox: () => [...direct().messages.values()],
    };
  }

  const firstChannel = (guildId: string) =>
    [...world.channels.values()].find((record) => record.guildId === guildId)?.channel.id;

  function viewOf(record: InteractionRecord): InteractionView {
    const view: InteractionView = {
      id: record.id,
      status: () => record.status,
      response: () => record.original,
      followUps: () => record.followUps,
      modal: () => record.modal,
      choices: () => record.choices,
      settled({ until = () => record.status !== 'pending', timeoutMs = 10_000 } = {}) {
        return new Promise((resolve, reject) => {
          const timer = setTimeout(() => {
            interactions.off('change', look);
            reject(new Error(`the interaction is ${record.status} after ${timeoutMs} ms`));
          }, timeoutMs);
          const look = () => {
            if (!until(view)) return;
            clearTimeout(timer);
            interactions.off('change', look);
            resolve(view);
          };
          interactions.on('change', look);
          look();
        });
      },
    };
    return view;
  }

  /** What Discord does by itself some time after a message with a link: no edit, though the message is updated. */
  function addPreview(message: APIMessage, preview: { url: string; title: string }): void {
    const record = channelOf(world, message.channel_id);
    const previewed = {
      ...messageOf(record, message.id),
      embeds: [{ type: 'link', ...preview }],
    } as APIMessage;
    record.messages.set(message.id, previewed);
    world.announce('MESSAGE_UPDATE', eventOf(world, record, previewed), {
      channelId: message.channel_id,
      guildId: record.guildId,
    });
  }

  /** Gives a member another display name. */
  function rename(member: Member, globalName: string): void {
    const record = world.users.get(member.id);
    if (record) record.user = { ...record.user, global_name: globalName };
  }

  return { createGuild, createUser, addPreview, rename };
}

function pollOf({ question, answers }: { question: string; answers: string[] }) {
  return {
    question: { text: question },
    answers: answers.map((text, index) => ({ answer_id: index + 1, poll_media: { text } })),
    expiry: null,
    allow_multiselect: false,
    layout_type: 1,
  };
}

function assertComponent(message: APIMessage, customId: string): void {
  if (!JSON.stringify(message.components ?? []).includes(JSON.stringify(customId))) {
    throw new Error(`The message has no component ${customId}`);
  }
}

function guildMember(record: UserRecord, nick?: string) {
  return {
    user: record.user,
    nick: nick ?? null,
    avatar: null,
    banner: null,
    roles: [],
    joined_at: new Date().toISOString(),
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
}

function role(id: string, name: string) {
  return {
    id,
    name,
    description: null,
    permissions: '2147483647',
    position: 0,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  } as never;
}
