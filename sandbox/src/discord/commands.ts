import type { APIApplicationCommand, RESTPostAPIApplicationCommandsJSONBody } from 'discord-api-types/v10';
import { invalidForm, tooLong, unknownCommand } from './errors.ts';
import { snowflake } from './ids.ts';
import type { World } from './world.ts';

/** https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const MOST_COMMANDS = 100;

type NewCommand = RESTPostAPIApplicationCommandsJSONBody;

const scope = (world: World, guildId: string) => {
  const commands = world.commands.get(guildId) ?? new Map<string, APIApplicationCommand>();
  world.commands.set(guildId, commands);
  return commands;
};

export const listCommands = (world: World, guildId: string) => [...scope(world, guildId).values()];

export function replaceCommands(world: World, guildId: string, given: NewCommand[]): APIApplicationCommand[] {
  if (given.length > MOST_COMMANDS) throw tooLong('commands', MOST_COMMANDS);
  const made = given.map((command, index) => build(world, guildId, command, String(index)));
  const names = made.map(({ type, name }) => `${type} ${name}`);
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice >= 0)
    throw invalidForm(
      String(twice),
      'APPLICATION_COMMANDS_DUPLICATE_NAME',
      'Application command names must be unique',
    );
  const commands = scope(world, guildId);
  commands.clear();
  for (const command of made) commands.set(command.id, command);
  return made;
}

export function upsertCommand(world: World, guildId: string, given: NewCommand): APIApplicationCommand {
  const commands = scope(world, guildId);
  const made = build(world, guildId, given, '');
  for (const [id, old] of commands) if (old.name === made.name && old.type === made.type) commands.delete(id);
  commands.set(made.id, made);
  return made;
}

export function deleteCommand(world: World, guildId: string, id: string): void {
  if (!scope(world, guildId).delete(id)) throw unknownCommand();
}

/** The command that a member means: the guild's own before the global one. */
export function findCommand(
  world: World,
  guildId: string | null,
  name: string,
): APIApplicationCommand | undefined {
  const all = [...(guildId ? listCommands(world, guildId) : []), ...listCommands(world, '')];
  return all.find((command) => command.name === name);
}

function build(world: World, guildId: string, given: NewCommand, at: string): APIApplicationCommand {
  const type = given.type ?? 1;
  const path = (field: string) => [at, field].filter(Boolean).join('.');
  checkName(given.name, type, path('name'));
  const description = ('description' in given ? given.description : undefined) ?? '';
  if (type === 1 && (description.length < 1 || description.length > 100)) {
    throw invalidForm(path('description'), 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 100 in length.');
  }
  const options = ('options' in given ? given.options : undefined) ?? [];
  if (options.length > 25) throw tooLong(path('options'), 25);
  for (const [index, option] of options.entries()) checkName(option.name, 1, path(`options.${index}.name`));
  return {
    id: snowflake(),
    application_id: world.applicationId,
    version: snowflake(),
    default_member_permissions: given.default_member_permissions ?? null,
    type,
    name: given.name,
    name_localizations: given.name_localizations ?? null,
    description,
    description_localizations:
      ('description_localizations' in given ? given.description_localizations : null) ?? null,
    ...(guildId ? { guild_id: guildId } : { contexts: given.contexts ?? null }),
    integration_types: given.integration_types ?? [0],
    nsfw: given.nsfw ?? false,
    ...(options.length > 0 ? { options } : {}),
  } as unknown as APIApplicationCommand;
}

function checkName(name: string | undefined, type: number, at: string): void {
  const good =
    type === 1 ? NAME.test(name ?? '') && name === name?.toLowerCase() : /^.{1,32}$/u.test(name ?? '');
  if (!good) throw invalidForm(at, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
}
