import {
  type APIApplicationCommand,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import { languages, type Texts } from '../texts/index.ts';
import { asking } from './errors.ts';

/** Discord's name for each of our languages (https://docs.discord.com/developers/reference#locales). */
const DISCORD_LOCALES: Record<string, string> = { ja: 'ja' };

function localized(pick: (texts: Texts) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(DISCORD_LOCALES).flatMap(([language, locale]) => {
      const texts = languages[language];
      return texts ? [[locale, pick(texts)]] : [];
    }),
  );
}

const english = languages.en as Texts;

/** Every slash command of the bot. */
export const commands: RESTPostAPIChatInputApplicationCommandsJSONBody[] = [
  {
    type: ApplicationCommandType.ChatInput,
    name: english.command.helpme.name,
    description: english.command.helpme.description,
    description_localizations: localized((texts) => texts.command.helpme.description),
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: english.command.question.name,
        description: english.command.question.description,
        description_localizations: localized((texts) => texts.command.question.description),
        max_length: 1000,
        required: false,
      },
    ],
  },
];

/** Registers the commands, unless Discord already has just these: creating them is limited to 200 a day. */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  guildId: string,
): Promise<'unchanged' | 'registered'> {
  const route = guildId
    ? Routes.applicationGuildCommands(applicationId, guildId)
    : Routes.applicationCommands(applicationId);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const present = (await asking('read commands', () =>
    rest.get(route, { query }),
  )) as APIApplicationCommand[];
  if (JSON.stringify(present.map(essence).sort()) === JSON.stringify(commands.map(essence).sort()))
    return 'unchanged';
  await asking('register commands', () => rest.put(route, { body: commands }));
  return 'registered';
}

/** What we set of a command, in one order, so that two can be compared. */
function essence(command: RESTPostAPIChatInputApplicationCommandsJSONBody | APIApplicationCommand): string {
  const { type, name, description, description_localizations, contexts, options } = command;
  return stable({
    type: type ?? ApplicationCommandType.ChatInput,
    name,
    description,
    description_localizations: description_localizations ?? {},
    contexts: contexts ?? [],
    options: (options ?? []).map((option) => ({
      type: option.type,
      name: option.name,
      description: option.description,
      description_localizations: option.description_localizations ?? {},
      required: option.required ?? false,
    })),
  });
}

function stable(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) =>
    item && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
