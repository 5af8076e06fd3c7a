import {
  type APIApplicationCommand,
  type APIMessage,
  type APIStickerItem,
  MessageFlags,
  PermissionFlagsBits as P,
} from 'discord-api-types/v10';
import { DiscordError } from '../errors.ts';
import { openDm } from '../state/channels.ts';
import { composeMessage, editMessage, requireMaySend } from '../state/compose.ts';
import { channelMessages, removeMessage, toApiMessage } from '../state/messages.ts';
import { channelPermissions, requirePermissions } from '../state/permissions.ts';
import { addReaction, removeReaction } from '../state/reactions.ts';
import type { ChannelRecord, DiscordState, UserRecord } from '../state/state.ts';
import { canMeetBot } from '../state/users.ts';
import { type ClientGuild, guildsOf } from './client.ts';
import {
  autocomplete,
  commandsAt,
  contextMenu,
  type InteractionPlace,
  type MessageLike,
  type ModalValue,
  messageFor,
  slash,
  submitModal,
  useComponent,
} from './interact.ts';
import { type NewPost, postInForum, requireSlowness, startThread } from './posts.ts';
import type { OptionValue } from './slash.ts';
import { type FileInput, toUploads } from './uploads.ts';
import type { InteractionView } from './view.ts';

/** What goes along with a member's text. */
export interface SendOptions {
  attachments?: FileInput[];
  replyTo?: MessageLike;
  /** Forwards a message that the user sees; the text must then be empty. */
  forward?: MessageLike;
  stickers?: { name: string; formatType?: number }[];
  poll?: { question: string; answers: string[] };
  /** Marks the one attachment as a voice message. */
  voice?: boolean;
  embeds?: unknown[];
}

/** A Discord user, controlled by tests and pages. Throws for actions that Discord would not allow. */
export interface DiscordUser {
  readonly id: string;
  readonly username: string;
  readonly globalName: string | null;
  readonly locale: string;
  /** The DM channel with the bot, made on first use. */
  readonly dmChannelId: string;
  /** Writes to the bot. */
  dm(content: string, options?: SendOptions): APIMessage;
  /** Writes in a channel or thread. */
  say(channelId: string, content: string, options?: SendOptions): APIMessage;
  /** Posts in a forum. Returns the id of the thread. */
  post(forumId: string, post: NewPost): string;
  /** Makes a public thread of a message in a text channel. Returns its id. */
  startThread(message: MessageLike, name: string): string;
  /** The servers that the user is in, as their client knows them. */
  guilds(): ClientGuild[];
  /** The slash commands and menu entries that the user's client offers at a place. */
  commands(place?: InteractionPlace): APIApplicationCommand[];
  /** Chooses the client's language, a Discord locale such as `ja`; later interactions carry it. */
  setLocale(locale: string): void;
  /** Uses a slash command; `'case view'` names a subcommand. */
  slash(command: string, options?: Record<string, OptionValue>, place?: InteractionPlace): InteractionView;
  /** Asks for suggestions for the option `focused`. */
  autocomplete(
    command: string,
    options: Record<string, OptionValue>,
    focused: string,
    place?: InteractionPlace,
  ): InteractionView;
  /** Uses a message context-menu command. */
  contextMenu(message: MessageLike, command: string): InteractionView;
  click(message: MessageLike, customId: string): InteractionView;
  select(message: MessageLike, customId: string, values: string[]): InteractionView;
  /** Fills in the modal that an interaction opened and sends it. */
  submitModal(view: InteractionView, fields?: Record<string, ModalValue>): InteractionView;
  edit(message: MessageLike, content: string): APIMessage;
  delete(message: MessageLike): void;
  /** `emoji` is the character, or `name:id` for a custom one. */
  react(message: MessageLike, emoji: string): void;
  unreact(message: MessageLike, emoji: string): void;
  /** Starts typing; default: in the DM with the bot. */
  typing(channelId?: string): void;
  /** Changes the display name; the bot sees it with the user's next event. */
  rename(globalName: string): void;
  /** From now on the bot's messages are refused with 50007. */
  closeDms(): void;
  openDms(): void;
  /** What the user sees in the DM with the bot, oldest first. */
  inbox(): APIMessage[];
  /** The threads that the user is in, oldest first. */
  threads(): { id: string; parentId: string | null }[];
  /** What the user sees in a channel, oldest first; throws where the user sees nothing. */
  read(channelId: string): APIMessage[];
}

export function createUserHandle(state: DiscordState, user: UserRecord): DiscordUser {
  const dmChannel = () => openDm(state, user);
  const channelOf = (id: string): ChannelRecord => {
    const channel = state.channels.get(id);
    if (!channel) throw new DiscordError(10003);
    return channel;
  };

  function send(channel: ChannelRecord, content: string, options: SendOptions = {}): APIMessage {
    const reply = options.replyTo && messageFor(state, user, options.replyTo);
    const forward = options.forward && messageFor(state, user, options.forward);
    requireMaySend(state, channel, user.id, {
      files: (options.attachments?.length ?? 0) > 0,
      reply: reply !== undefined,
    });
    requireSlowness(state, channel, user.id, channelPermissions(state, channel, user.id));
    if (channel.recipientId && !canMeetBot(state, user)) throw new DiscordError(50278);
    const uploads = toUploads(options.attachments);
    const stickers: APIStickerItem[] = (options.stickers ?? []).map((sticker) => ({
      id: state.nextId(),
      name: sticker.name,
      format_type: sticker.formatType ?? 1,
    }));
    const body = {
      content,
      nonce: state.nextId(),
      sticker_ids: stickers.map((sticker) => sticker.id),
      ...(options.embeds && { embeds: options.embeds }),
      ...(options.voice && { flags: MessageFlags.IsVoiceMessage }),
      ...(reply && { message_reference: { message_id: reply.id } }),
      ...(forward && {
        message_reference: { type: 1, channel_id: forward.channelId, message_id: forward.id },
      }),
      ...(options.poll && {
        poll: {
          question: { text: options.poll.question },
          answers: options.poll.answers.map((text) => ({ poll_media: { text } })),
        },
      }),
    };
    const message = composeMessage(state, { authorId: user.id, channel, body, uploads, parts: { stickers } });
    return toApiMessage(state, message, user.id);
  }

  const own = (target: MessageLike) => {
    const message = messageFor(state, user, target);
    if (message.authorId !== user.id) throw new DiscordError(50005);
    return message;
  };

  return {
    id: user.id,
    get username() {
      return user.username;
    },
    get globalName() {
      return user.globalName;
    },
    get locale() {
      return user.locale;
    },
    get dmChannelId() {
      return dmChannel().id;
    },
    dm: (content, options) => send(dmChannel(), content, options),
    say: (channelId, content, options) => send(channelOf(channelId), content, options),
    post: (forumId, post) => postInForum(state, user, channelOf(forumId), post),
    startThread(target, name) {
      const message = messageFor(state, user, target);
      return startThread(state, user, channelOf(message.channelId), message, name);
    },
    guilds: () => guildsOf(state, user),
    commands: (place = {}) => commandsAt(state, user, place),
    setLocale(locale) {
      user.locale = locale;
    },
    slash: (command, options = {}, place = {}) => slash(state, user, command, options, place),
    autocomplete: (command, options, focused, place = {}) =>
      autocomplete(state, user, command, options, focused, place),
    contextMenu: (message, command) => contextMenu(state, user, message, command),
    click: (message, customId) => useComponent(state, user, message, customId),
    select: (message, customId, values) => useComponent(state, user, message, customId, values),
    submitModal: (view, fields = {}) => submitModal(state, user, view, fields),
    edit(target, content) {
      const message = own(target);
      const edited = editMessage(state, channelOf(message.channelId), message, { content }, new Map());
      return toApiMessage(state, edited, user.id);
    },
    delete(target) {
      const message = messageFor(state, user, target);
      if (message.authorId !== user.id && !message.visibleTo) {
        const channel = channelOf(message.channelId);
        if (!channel.guildId) throw new DiscordError(50003);
        requirePermissions(state, channel, user.id, P.ManageMessages);
      }
      removeMessage(state, message);
    },
    react(target, emoji) {
      const message = messageFor(state, user, target);
      const isNew = !message.reactions.has(emoji);
      requirePermissions(
        state,
        channelOf(message.channelId),
        user.id,
        P.ReadMessageHistory | (isNew ? P.AddReactions : 0n),
      );
      addReaction(state, message, user.id, emoji);
    },
    unreact: (target, emoji) => removeReaction(state, messageFor(state, user, target), user.id, emoji),
    typing(channelId) {
      const channel = channelId ? channelOf(channelId) : dmChannel();
      requirePermissions(state, channel, user.id, 0n);
      state.emit({ type: 'typing', channel, userId: user.id });
    },
    rename(globalName) {
      user.globalName = globalName;
    },
    closeDms() {
      user.dmsClosed = true;
    },
    openDms() {
      user.dmsClosed = false;
    },
    threads: () =>
      [...state.channels.values()]
        .filter(({ thread }) => thread?.members.has(user.id))
        .map(({ id, parentId }) => ({ id, parentId })),
    inbox: () => channelMessages(state, dmChannel().id, user.id).map((m) => toApiMessage(state, m, user.id)),
    read(channelId) {
      requirePermissions(state, channelOf(channelId), user.id, P.ReadMessageHistory);
      return channelMessages(state, channelId, user.id).map((m) => toApiMessage(state, m, user.id));
    },
  };
}
