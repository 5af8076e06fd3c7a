import { en, type Texts } from './en/index.ts';
import * as registry from './languages.ts';

export type { Texts };

/** English, which is read where there is nothing better. */
export const defaultTexts: Texts = en;

/** Every language that there are texts in. */
export const languages: readonly Texts[] = Object.values(registry);

/**
 * The texts for a Discord locale, such as `ja` or `en-GB`: those of the language that names it, else of one that it is a
 * variety of, else the default.
 */
export function textsFor(locale: string | null | undefined): Texts {
  const [language] = locale?.split('-') ?? [];
  return (
    languages.find(({ discordLocales }) => discordLocales.includes(locale ?? '')) ??
    languages.find(({ tag }) => tag === language) ??
    defaultTexts
  );
}
