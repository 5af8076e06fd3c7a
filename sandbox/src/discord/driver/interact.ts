import {
  type APIMessage,
  ApplicationCommandType,
  ComponentType as C,
  InteractionType,
} from 'discord-api-types/v10';
import { startInteraction } from '../interactions/interactions.ts';
import { storeAttachment, toApiAttachment } from '../state/attachments.ts';
import { openDm, toInteractionChannel } from '../state/channels.ts';
import { findComponent, walk } from '../state/components.ts';
import { toApiMessage } from '../state/messages.ts';
import { canView } from '../state/permissions.ts';
import type { ChannelRecord, DiscordState, MessageRecord, UserRecord } from '../state/state.ts';
import { chatInputData, commandsFor, createResolver, findCommand, type OptionValue } from './slash.ts';
import { type FileInput, toUpload } from './uploads.ts';
import { createView, type InteractionView, recordOf } from './view.ts';

/** Where a member uses a command: a channel, the first channel of a server, or (`dm`) the DM with the bot. */
export interface InteractionPlace {
  channel?: string | { id: string };
  guild?: string | { id: string };
  dm?: boolean;
}

/** A field of a modal: text of an input, values of a select, truth of a checkbox, files of an upload. */
export type ModalValue = string | string[] | boolean | FileInput[];

export type MessageLike = string | Pick<APIMessage, 'id'>;

const idOf = (value: string | { id: string }) => (typeof value === 'string' ? value : value.id);

/** The channel of a place; without one, the first channel of the first server that the user shares with the bot, else the DM. */
function channelAt(state: DiscordState, user: UserRecord, place: InteractionPlace): ChannelRecord {
  if (place.dm) return openDm(state, user);
  if (place.channel) {
    const channel = state.channels.get(idOf(place.channel));
    if (!channel || !canView(state, channel, user.id))
      throw new Error(`${user.username} sees no such channel.`);
    return channel;
  }
  const guildId = place.guild && idOf(place.guild);
  const channels = [...state.channels.values()].filter(
    (c) => c.guildId && (!guildId || c.guildId === guildId) && c.type === 0 && canView(state, c, user.id),
  );
  const first = channels[0];
  if (first) return first;
  if (guildId) throw new Error(`${user.username} sees no text channel in that server.`);
  return openDm(state, user);
}

/** The message as the user can see it. */
export function messageFor(state: DiscordState, user: UserRecord, message: MessageLike): MessageRecord {
  const id = idOf(message);
  for (const [channelId, messages] of state.messages) {
    const found = messages.get(id);
    const channel = state.channels.get(channelId);
    if (!found || !channel) continue;
    const visible = canView(state, channel, user.id) && (!found.visibleTo || found.visibleTo === user.id);
    if (visible) return found;
  }
  throw new Error(`${user.username} sees no message ${id}.`);
}

const channelOf = (state: DiscordState, message: MessageRecord) =>
  state.channels.get(message.channelId) as ChannelRecord;

/** The commands that the user's client offers at a place. */
export const commandsAt = (state: DiscordState, user: UserRecord, place: InteractionPlace) =>
  commandsFor(state, user, channelAt(state, user, place));

export function slash(
  state: DiscordState,
  user: UserRecord,
  path: string,
  values: Record<string, OptionValue>,
  place: InteractionPlace,
): InteractionView {
  const channel = channelAt(state, user, place);
  const data = chatInputData(state, user, channel, path, values);
  return createView(
    state,
    startInteraction(state, { type: InteractionType.ApplicationCommand, user, channel, data }),
  );
}

export function autocomplete(
  state: DiscordState,
  user: UserRecord,
  path: string,
  values: Record<string, OptionValue>,
  focused: string,
  place: InteractionPlace,
): InteractionView {
  const channel = channelAt(state, user, place);
  const data = chatInputData(state, user, channel, path, values, focused);
  const type = InteractionType.ApplicationCommandAutocomplete;
  return createView(state, startInteraction(state, { type, user, channel, data }));
}

export function contextMenu(
  state: DiscordState,
  user: UserRecord,
  target: MessageLike,
  name: string,
): InteractionView {
  const message = messageFor(state, user, target);
  const channel = channelOf(state, message);
  const command = findCommand(state, user, channel, name, ApplicationCommandType.Message);
  const data = {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(command.guild_id && { guild_id: command.guild_id }),
    target_id: message.id,
    resolved: { messages: { [message.id]: toApiMessage(state, message) } },
  };
  return createView(
    state,
    startInteraction(state, { type: InteractionType.ApplicationCommand, user, channel, data }),
  );
}

/** Uses a button or, with `values`, a select. */
export function useComponent(
  state: DiscordState,
  user: UserRecord,
  target: MessageLike,
  customId: string,
  values?: string[],
): InteractionView {
  const message = messageFor(state, user, target);
  const channel = channelOf(state, message);
  const component = findComponent(message.components, customId);
  if (!component) throw new Error(`Message ${message.id} has no component "${customId}".`);
  if (component.disabled) throw new Error(`Component "${customId}" is disabled.`);
  if ((component.type === C.Button) !== (values === undefined)) {
    throw new Error(`Component "${customId}" is ${component.type === C.Button ? 'a button' : 'no button'}.`);
  }
  const resolver = createResolver(state, channel, user);
  if (values) pick(state, user, component, values, resolver);
  const data = {
    component_type: component.type,
    custom_id: customId,
    id: component.id,
    ...(values && { values }),
    ...(values && resolver.any() && { resolved: resolver.data }),
  };
  const type = InteractionType.MessageComponent;
  return createView(state, startInteraction(state, { type, user, channel, data, message }));
}

/** Checks the values of a select and resolves the entities among them. */
function pick(
  state: DiscordState,
  user: UserRecord,
  select: Record<string, unknown>,
  values: string[],
  resolver: ReturnType<typeof createResolver>,
): void {
  const min = Number(select.min_values ?? 1);
  const max = Number(select.max_values ?? 1);
  if (values.length < min || values.length > max)
    throw new Error(`Select "${select.custom_id}" takes ${min} to ${max} values.`);
  if (select.type === C.StringSelect) {
    const offered = (select.options as { value: string }[]).map((o) => o.value);
    const wrong = values.find((v) => !offered.includes(v));
    if (wrong !== undefined) throw new Error(`Select "${select.custom_id}" offers no "${wrong}".`);
    return;
  }
  for (const id of values) {
    if (state.users.has(id) && select.type !== C.RoleSelect) resolver.user(id);
    else if (select.type === C.ChannelSelect) {
      const channel = state.channels.get(id);
      if (channel) resolver.put('channels', id, toInteractionChannel(state, channel, user.id));
    } else resolver.entity(8, id);
  }
}

/** What may be chosen for a file upload (https://docs.discord.com/developers/components/reference#file-upload). */
function requireFileType({ name, contentType = '' }: FileInput, types: unknown): void {
  if (!Array.isArray(types) || types.length === 0) return;
  const fits = types.some((type: string) =>
    type.startsWith('.') ? name.toLowerCase().endsWith(type) : contentType.startsWith(`${type}/`),
  );
  if (!fits) throw new Error(`The file "${name}" is none of ${types.join(', ')}.`);
}

/** Sends a modal off. Fields are named by their `custom_id`; what is not given stays as prefilled or empty. */
export function submitModal(
  state: DiscordState,
  user: UserRecord,
  view: InteractionView,
  fields: Record<string, ModalValue>,
): InteractionView {
  const opener = recordOf(view);
  const { modal } = opener;
  if (!modal) throw new Error('That interaction opened no modal.');
  const channel = state.channels.get(opener.channelId);
  if (!channel) throw new Error('The channel of the modal is gone.');
  const resolver = createResolver(state, channel, user);
  const known = new Set<string>();
  walk(modal.components, (c) => {
    if (typeof c.custom_id === 'string') known.add(c.custom_id);
  });
  const unknown = Object.keys(fields).find((key) => !known.has(key));
  if (unknown) throw new Error(`The modal has no field "${unknown}".`);
  const fill = (c: Record<string, unknown>): Record<string, unknown> => {
    if (Array.isArray(c.components)) return { type: c.type, id: c.id, components: c.components.map(fill) };
    if (c.component)
      return { type: c.type, id: c.id, component: fill(c.component as Record<string, unknown>) };
    if (typeof c.custom_id !== 'string') return { type: c.type, id: c.id };
    return { type: c.type, id: c.id, custom_id: c.custom_id, ...answer(c, fields[c.custom_id]) };
  };
  const answer = (c: Record<string, unknown>, given: ModalValue | undefined): Record<string, unknown> => {
    const empty = given === undefined || given === '' || (Array.isArray(given) && given.length === 0);
    if (c.required !== false && c.type !== 23 && empty && !c.value)
      throw new Error(`Field "${c.custom_id}" is required.`);
    if (c.type === C.TextInput) {
      const value = String(given ?? c.value ?? '');
      const max = Number(c.max_length ?? 4000);
      if (value.length > max) throw new Error(`Field "${c.custom_id}" takes at most ${max} characters.`);
      if (value && value.length < Number(c.min_length ?? 0))
        throw new Error(`Field "${c.custom_id}" is too short.`);
      return { value };
    }
    if (c.type === C.FileUpload) {
      const files = (given ?? []) as FileInput[];
      for (const file of files) requireFileType(file, c.file_types);
      return {
        values: files.map((file) => {
          const record = storeAttachment(state, channel.id, toUpload(file), true);
          resolver.put('attachments', record.id, toApiAttachment(state, record));
          return record.id;
        }),
      };
    }
    // 21 radio group, 22 checkbox group, 23 checkbox: newer than the select menus and without defaults here.
    if (c.type === 21) return { value: given ?? null };
    if (c.type === 23) return { value: given === true };
    const values = [given ?? []].flat().map(String);
    if (c.type === C.CheckboxGroup) {
      const offered = (c.options as { value: string }[]).map(({ value }) => value);
      const wrong = values.find((value) => !offered.includes(value));
      if (wrong !== undefined) throw new Error(`"${c.custom_id}" offers no "${wrong}".`);
    } else if (!empty) pick(state, user, c, values, resolver);
    return { values };
  };
  const components = modal.components.map((c) => fill(c as unknown as Record<string, unknown>));
  const message = state.messages.get(opener.channelId)?.get(opener.sourceMessageId ?? '');
  const data = {
    custom_id: modal.custom_id,
    components,
    ...(resolver.any() && { resolved: resolver.data }),
  };
  const type = InteractionType.ModalSubmit;
  return createView(state, startInteraction(state, { type, user, channel, data, message, openedBy: opener }));
}
