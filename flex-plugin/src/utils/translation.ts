export type Texts = Readonly<Record<string, string | undefined>>;
/** Texts by language, as in `src/strings/languages.ts`. */
export type Languages = Readonly<Record<string, Texts>>;

const FALLBACK_LANGUAGE = 'en';

/**
 * The best of the available languages: exactly the wanted tag, else one with the same primary tag (`de` for `de-at`), else
 * English. `wanted` is in lower case.
 */
export function languageFor(wanted: string, available: readonly string[]): string {
  const primaryOf = (tag: string) => tag.split('-')[0];
  return (
    available.find((language) => tagOf(language) === wanted) ??
    available.find((language) => primaryOf(tagOf(language)) === primaryOf(wanted)) ??
    FALLBACK_LANGUAGE
  );
}

/** The language tag of a key of `Languages`. */
export const tagOf = (language: string): string => language.replace('_', '-');

/**
 * The text of a key with its `{{name}}` placeholders filled; the key itself where there is no such text. A text that
 * depends on a number has a key for each plural form of its language (`Key_one`, `Key_other`), chosen by `values.count`.
 */
export function translate(
  texts: Texts,
  plurals: Intl.PluralRules,
  key: string,
  values: Readonly<Record<string, string | number>>,
): string {
  const { count } = values;
  const plural = typeof count === 'number' ? texts[`${key}_${plurals.select(count)}`] : undefined;
  const template = plural ?? texts[key] ?? key;
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
