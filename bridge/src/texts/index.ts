import { en, type Texts } from './en.ts';
import { ja } from './ja.ts';

export type { Texts };

/** By the first part of a Discord locale (https://docs.discord.com/developers/reference#locales). */
export const languages: Record<string, Texts> = { en, ja };

/** The texts for a member's locale; English where there is no better. */
export function textsFor(locale: string | null | undefined): Texts {
  return languages[locale?.split('-')[0] ?? ''] ?? en;
}
