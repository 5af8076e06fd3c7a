import { flexLanguage } from './strings.ts';

const made = new Map<string, unknown>();

/** A format in the agent's language; each is made once, since that takes longer than to format a page of values. */
export function formatOf<Format>(name: string, make: (language: string) => Format): Format {
  const language = flexLanguage();
  const key = `${name} ${language}`;
  if (!made.has(key)) made.set(key, make(language));
  return made.get(key) as Format;
}

/** A date, with its time where wanted, in the agent's language. */
export function formatDate(value: string, withTime = false): string {
  const format: Intl.DateTimeFormatOptions = withTime
    ? { dateStyle: 'medium', timeStyle: 'short' }
    : { dateStyle: 'medium' };
  return formatOf(withTime ? 'time' : 'date', (language) => new Intl.DateTimeFormat(language, format)).format(
    new Date(value),
  );
}

export const formatNumber = (value: number) =>
  formatOf('number', (language) => new Intl.NumberFormat(language)).format(value);
export const formatPercent = (value: number) =>
  new Intl.NumberFormat(flexLanguage(), { style: 'percent' }).format(value);

/** The name of a language in the language of Flex. */
export function languageName(language: string): string {
  return new Intl.DisplayNames([flexLanguage()], { type: 'language' }).of(language) ?? language;
}
