import {
  type APIApplicationCommand,
  ApplicationCommandType,
  type REST,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import { callDiscord } from '../errors.ts';

/** How Discord's list of an application's commands differs from ours. */
export interface CommandDifferences {
  missing: RESTPostAPIApplicationCommandsJSONBody[];
  changed: RESTPostAPIApplicationCommandsJSONBody[];
  /** Ours, as they are there. */
  present: APIApplicationCommand[];
  /** Names of commands that are not ours. */
  foreign: string[];
}

const routeOf = (applicationId: string, guildId: string | null) =>
  guildId
    ? Routes.applicationGuildCommands(applicationId, guildId)
    : Routes.applicationCommands(applicationId);

/** Reads only. */
export async function compareCommands(
  rest: REST,
  applicationId: string,
  guildId: string | null,
  commands: readonly RESTPostAPIApplicationCommandsJSONBody[],
): Promise<CommandDifferences> {
  const query = new URLSearchParams({ with_localizations: 'true' });
  const there = (await callDiscord('read commands', () =>
    rest.get(routeOf(applicationId, guildId), { query }),
  )) as APIApplicationCommand[];
  const find = (command: Named) => there.find((other) => isSame(other, command));
  const missing = commands.filter((command) => !find(command));
  const changed = commands.filter((command) => {
    const found = find(command);
    return found && comparable(found, guildId !== null) !== comparable(command, guildId !== null);
  });
  const isOurs = (other: Named) => commands.some((command) => isSame(other, command));
  return {
    missing,
    changed,
    present: there.filter(isOurs),
    foreign: there.filter((other) => !isOurs(other)).map(({ name }) => name),
  };
}

type Named = { name: string; type?: ApplicationCommandType };

/** Discord tells commands apart by name and kind. */
const isSame = (a: Named, b: Named) =>
  a.name === b.name &&
  (a.type ?? ApplicationCommandType.ChatInput) === (b.type ?? ApplicationCommandType.ChatInput);

/**
 * Writes what is missing or differs, and nothing else: creating commands is limited to 200 a day, and those that are not
 * ours stay. A command that is there under the same name is replaced.
 */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  guildId: string | null,
  commands: readonly RESTPostAPIApplicationCommandsJSONBody[],
): Promise<'unchanged' | 'registered'> {
  const { missing, changed } = await compareCommands(rest, applicationId, guildId, commands);
  for (const body of [...missing, ...changed])
    await callDiscord('register a command', () => rest.post(routeOf(applicationId, guildId), { body }));
  return missing.length + changed.length === 0 ? 'unchanged' : 'registered';
}

/** Takes ours away. */
export async function removeCommands(
  rest: REST,
  applicationId: string,
  guildId: string | null,
  present: readonly APIApplicationCommand[],
): Promise<void> {
  for (const { id } of present)
    await callDiscord('remove a command', () => rest.delete(`${routeOf(applicationId, guildId)}/${id}`));
}

/** A command as text, in one order and without what Discord adds or leaves out, so that two can be compared. */
function comparable(
  command: RESTPostAPIApplicationCommandsJSONBody | APIApplicationCommand,
  inGuild: boolean,
): string {
  const { name, contexts } = command;
  return JSON.stringify(
    {
      ...comparableParts(command as unknown as Described),
      type: command.type ?? ApplicationCommandType.ChatInput,
      name,
      // Those of a server are given back without.
      contexts: inGuild ? [] : (contexts ?? []),
      permissions: command.default_member_permissions ?? null,
    },
    withSortedKeys,
  );
}

interface Described {
  type?: number;
  name: string;
  description?: string;
  name_localizations?: Record<string, string> | null;
  description_localizations?: Record<string, string> | null;
  required?: boolean;
  autocomplete?: boolean;
  min_length?: number;
  max_length?: number;
  min_value?: number;
  max_value?: number;
  choices?: { name: string; value: unknown; name_localizations?: Record<string, string> | null }[];
  options?: Described[];
}

function comparableParts(part: Described): Record<string, unknown> {
  return {
    type: part.type,
    name: part.name,
    description: part.description ?? '',
    names: part.name_localizations ?? {},
    descriptions: part.description_localizations ?? {},
    required: part.required ?? false,
    autocomplete: part.autocomplete ?? false,
    limits: [part.min_length, part.max_length, part.min_value, part.max_value].map((limit) => limit ?? null),
    choices: (part.choices ?? []).map(({ name, value, name_localizations }) => ({
      name,
      value,
      names: name_localizations ?? {},
    })),
    options: (part.options ?? []).map(comparableParts),
  };
}

function withSortedKeys(_: string, item: unknown): unknown {
  return item && typeof item === 'object' && !Array.isArray(item)
    ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
    : item;
}
