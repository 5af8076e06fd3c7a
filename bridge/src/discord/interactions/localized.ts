import { languages, type Texts } from '../../texts/index.ts';

/** Discord's name for each of our languages (https://docs.discord.com/developers/reference#locales). */
const DISCORD_LOCALES: Record<string, string> = { ja: 'ja' };

/** One text in every language but English, as commands carry them. */
export function localized(pick: (texts: Texts) => string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(DISCORD_LOCALES).flatMap(([language, locale]) => {
      const texts = languages[language];
      return texts ? [[locale, pick(texts)]] : [];
    }),
  );
}

export const english = languages.en as Texts;
