import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  ApplicationCommandType,
  InteractionContextType,
  ApplicationCommandOptionType as O,
} from 'discord-api-types/v10';
import { storeAttachment, toApiAttachment } from '../state/attachments.ts';
import { toInteractionChannel } from '../state/channels.ts';
import { toApiMemberWithoutUser } from '../state/members.ts';
import { channelPermissions } from '../state/permissions.ts';
import type { ChannelRecord, DiscordState, UserRecord } from '../state/state.ts';
import { getUser, toApiUser } from '../state/users.ts';
import { type FileInput, toUpload } from './uploads.ts';

/** A value of a command option: text, number, truth, an id of a user, role or channel, or a file. */
export type OptionValue = string | number | boolean | FileInput;

/** The command as the member would find it in this channel: the server's own before the global one. */
export function findCommand(
  state: DiscordState,
  user: UserRecord,
  channel: ChannelRecord,
  name: string,
  type: ApplicationCommandType,
): APIApplicationCommand {
  const command = commandsOf(state, channel).find((c) => c.name === name && c.type === type);
  if (!command) {
    throw new Error(
      `The app has no command "${name}" (type ${type}) here. Was it registered for this context?`,
    );
  }
  if (!mayUse(state, user, channel, command)) {
    throw new Error(
      `${user.username} may not use "${name}": it is for members with permissions ${command.default_member_permissions}.`,
    );
  }
  return command;
}

/** What the member's client offers in this channel: slash commands and entries of the menus of messages and users. */
export const commandsFor = (
  state: DiscordState,
  user: UserRecord,
  channel: ChannelRecord,
): APIApplicationCommand[] => commandsOf(state, channel).filter((each) => mayUse(state, user, channel, each));

function commandsOf(state: DiscordState, channel: ChannelRecord): APIApplicationCommand[] {
  const commands = (scope: string) => [...(state.commands.get(scope)?.values() ?? [])];
  const context = channel.guildId ? InteractionContextType.Guild : InteractionContextType.BotDM;
  const own = channel.guildId ? commands(channel.guildId) : [];
  const global = commands('global').filter(
    (command) =>
      !own.some(({ name, type }) => name === command.name && type === command.type) &&
      (command.contexts
        ? command.contexts.includes(context)
        : channel.guildId || command.dm_permission !== false),
  );
  return [...own, ...global];
}

function mayUse(
  state: DiscordState,
  user: UserRecord,
  channel: ChannelRecord,
  { default_member_permissions: needed }: APIApplicationCommand,
): boolean {
  if (!channel.guildId || needed === null || needed === undefined) return true;
  const has = channelPermissions(state, channel, user.id);
  return BigInt(needed) !== 0n && (has & BigInt(needed)) === BigInt(needed);
}

/** `data` of a chat-input interaction. `path` is the command's name and, after blanks, group and subcommand. */
export function chatInputData(
  state: DiscordState,
  user: UserRecord,
  channel: ChannelRecord,
  path: string,
  values: Record<string, OptionValue>,
  focused?: string,
): Record<string, unknown> {
  const [name = '', ...rest] = path.split(' ');
  const command = findCommand(state, user, channel, name, ApplicationCommandType.ChatInput);
  const resolved = createResolver(state, channel, user);
  const options = nest(command.options ?? [], rest);
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guild_id && { guild_id: command.guild_id }),
    options,
    ...(resolved.any() && { resolved: resolved.data }),
  };

  function nest(available: APIApplicationCommandOption[], names: string[]): unknown[] {
    const [next, ...others] = names;
    if (next !== undefined) {
      const sub = available.find((o) => o.name === next);
      if (!sub || (sub.type !== O.Subcommand && sub.type !== O.SubcommandGroup)) {
        throw new Error(`Command "${name}" has no subcommand "${next}".`);
      }
      return [{ type: sub.type, name: sub.name, options: nest(sub.options ?? [], others) }];
    }
    if (available.some((o) => o.type === O.Subcommand || o.type === O.SubcommandGroup)) {
      throw new Error(`Command "${path}" needs a subcommand.`);
    }
    const unknown = Object.keys(values).find((key) => !available.some((o) => o.name === key));
    if (unknown) throw new Error(`Command "${path}" has no option "${unknown}".`);
    return available.flatMap((option) => {
      const value = values[option.name];
      if (value === undefined) {
        if (option.required && focused === undefined) {
          throw new Error(`Command "${path}" requires the option "${option.name}".`);
        }
        return [];
      }
      checkValue(option, value, focused !== undefined);
      const shown = typeof value === 'object' ? resolved.file(value) : value;
      if (typeof shown === 'string') resolved.entity(option.type, shown);
      const isFocused = focused === option.name;
      return [{ type: option.type, name: option.name, value: shown, ...(isFocused && { focused: true }) }];
    });
  }
}

/** What Discord's client would not let a member type. */
function checkValue(option: APIApplicationCommandOption, value: OptionValue, typing: boolean): void {
  const refuse = (reason: string) => {
    throw new Error(`Option "${option.name}" ${reason}.`);
  };
  if ((typeof value === 'object') !== (option.type === O.Attachment))
    refuse('takes a file if and only if it is an attachment');
  if ((option.type === O.Integer || option.type === O.Number) && typeof value !== 'number' && !typing)
    refuse('takes a number');
  if (option.type === O.Boolean && typeof value !== 'boolean') refuse('takes true or false');
  const choices = 'choices' in option ? option.choices : undefined;
  if (choices?.length && !choices.some((c) => c.value === value)) refuse('takes one of its choices');
  if (option.type === O.String && typeof value === 'string' && !typing) {
    if (value.length > (option.max_length ?? 6000))
      refuse(`takes at most ${option.max_length ?? 6000} characters`);
    if (value.length < (option.min_length ?? 0)) refuse(`takes at least ${option.min_length} characters`);
  }
}

/** Collects `resolved`: the full objects behind the ids in an interaction. */
export function createResolver(state: DiscordState, channel: ChannelRecord, user: UserRecord) {
  const data: Record<string, Record<string, unknown>> = {};
  const put = (kind: string, id: string, value: unknown) => {
    data[kind] ??= {};
    (data[kind] as Record<string, unknown>)[id] = value;
  };
  const guild = channel.guildId ? state.guilds.get(channel.guildId) : undefined;
  return {
    data,
    any: () => Object.keys(data).length > 0,
    put,
    user(id: string): void {
      put('users', id, toApiUser(getUser(state, id)));
      const member = guild?.members.get(id);
      if (!member) return;
      const { deaf: _deaf, mute: _mute, ...partial } = toApiMemberWithoutUser(member);
      put('members', id, { ...partial, permissions: channelPermissions(state, channel, id).toString() });
    },
    /** Resolves the id in an option of this type; other types are left alone. */
    entity(type: number, id: string): void {
      if (type === O.User || (type === O.Mentionable && state.users.has(id))) this.user(id);
      const role = guild?.roles.get(id);
      if (role && (type === O.Role || type === O.Mentionable)) put('roles', id, role);
      const target = state.channels.get(id);
      if (target && type === O.Channel) put('channels', id, toInteractionChannel(state, target, user.id));
    },
    /** Stores a file and answers its id. */
    file(input: FileInput): string {
      const record = storeAttachment(state, channel.id, toUpload(input), true);
      put('attachments', record.id, toApiAttachment(state, record));
      return record.id;
    },
  };
}
