import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandType,
  ApplicationCommandOptionType as O,
} from 'discord-api-types/v10';
import type { PageLanguage } from '../people.ts';

/** A command or subcommand as the picker offers it. */
export interface Offered {
  /** What the driver is called with, such as `case view`. */
  path: string;
  /** In the member's language. */
  name: string;
  description: string;
  options: APIApplicationCommandBasicOption[];
}

type Named = Pick<APIApplicationCommand, 'name' | 'name_localizations'>;
type Described = Pick<APIApplicationCommandOption, 'description' | 'description_localizations'>;

export const localName = ({ name, name_localizations: names }: Named, language: PageLanguage): string =>
  names?.[language as 'ja'] ?? name;

export const localDescription = (
  { description, description_localizations: texts }: Described,
  language: PageLanguage,
): string => texts?.[language as 'ja'] ?? description;

/** Slash commands with their subcommands one by one. */
export function offeredCommands(commands: APIApplicationCommand[], language: PageLanguage): Offered[] {
  return commands
    .filter(({ type }) => type === ApplicationCommandType.ChatInput)
    .flatMap((command) =>
      flatten(
        {
          path: command.name,
          name: localName(command, language),
          description: localDescription(command, language),
        },
        command.options ?? [],
        language,
      ),
    );
}

function flatten(
  start: Omit<Offered, 'options'>,
  options: APIApplicationCommandOption[],
  language: PageLanguage,
): Offered[] {
  const nested = options.flatMap((option) =>
    option.type === O.Subcommand || option.type === O.SubcommandGroup
      ? flatten(
          {
            path: `${start.path} ${option.name}`,
            name: `${start.name} ${localName(option, language)}`,
            description: localDescription(option, language),
          },
          option.options ?? [],
          language,
        )
      : [],
  );
  if (nested.length > 0) return nested;
  return [{ ...start, options: options as APIApplicationCommandBasicOption[] }];
}

/** Commands that fit what was typed after the slash, in either language. */
export function matching(commands: Offered[], typed: string): Offered[] {
  const words = typed.toLowerCase();
  const fits = (name: string) => name.startsWith(words) || words.startsWith(`${name} `);
  return commands.filter(({ name, path }) => fits(name.toLowerCase()) || fits(path));
}

/** What was typed after the command's name. */
export function restAfter({ name, path }: Offered, typed: string): string {
  for (const each of [name, path])
    if (typed.startsWith(`${each} `)) return typed.slice(each.length + 1).trim();
  return '';
}
