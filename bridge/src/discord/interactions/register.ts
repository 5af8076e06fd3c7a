import {
  type APIApplicationCommand,
  ApplicationCommandType,
  type REST,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import { callDiscord } from '../errors.ts';

/** Registers the commands, unless Discord already has just these: creating them is limited to 200 a day. */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  guildId: string | null,
  commands: readonly RESTPostAPIApplicationCommandsJSONBody[],
): Promise<'unchanged' | 'registered'> {
  const route = guildId
    ? Routes.applicationGuildCommands(applicationId, guildId)
    : Routes.applicationCommands(applicationId);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const present = (await callDiscord('read commands', () =>
    rest.get(route, { query }),
  )) as APIApplicationCommand[];
  if (JSON.stringify(present.map(comparable).sort()) === JSON.stringify(commands.map(comparable).sort()))
    return 'unchanged';
  await callDiscord('register commands', () => rest.put(route, { body: commands }));
  return 'registered';
}

/** A command as text, in one order and without what Discord adds or leaves out, so that two can be compared. */
function comparable(command: RESTPostAPIApplicationCommandsJSONBody | APIApplicationCommand): string {
  const { name, contexts } = command;
  return JSON.stringify(
    {
      ...comparableParts(command as unknown as Described),
      type: command.type ?? ApplicationCommandType.ChatInput,
      name,
      contexts: contexts ?? [],
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
