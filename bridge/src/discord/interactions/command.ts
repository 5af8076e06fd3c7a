import { defaultTexts, languages, type Texts } from '../../texts/index.ts';

type Commands = Texts['commands'];
type CommandName = keyof Commands;
/** Commands and options; entries of a message's menu have a name alone. */
type DescribedName = {
  [Key in CommandName]: Commands[Key] extends { description: string } ? Key : never;
}[CommandName];

/** The name that a command or option comes in with, whatever the language of who uses it. */
export const nameOf = (key: CommandName): string => defaultTexts.commands[key].name;

/** The name of a command in every language, as Discord takes it. */
export const named = (key: CommandName) => ({
  name: nameOf(key),
  name_localizations: translated(({ commands }) => commands[key].name),
});

/** The name and description of a command or option in every language, as Discord takes them. */
export const described = (key: DescribedName) => ({
  ...named(key),
  description: defaultTexts.commands[key].description,
  description_localizations: translated(({ commands }) => commands[key].description),
});

/** One text under every Discord locale whose language is not the default. */
function translated(pick: (texts: Texts) => string): Record<string, string> {
  return Object.fromEntries(
    languages
      .filter((texts) => texts !== defaultTexts)
      .flatMap((texts) => texts.discordLocales.map((locale) => [locale, pick(texts)])),
  );
}
