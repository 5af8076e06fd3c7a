import { flexLanguage } from './strings.ts';

/** A date, with its time where wanted, in the agent's language. */
export function formatDate(value: string, withTime = false): string {
  const format: Intl.DateTimeFormatOptions = withTime
    ? { dateStyle: 'medium', timeStyle: 'short' }
    : { dateStyle: 'medium' };
  return new Intl.DateTimeFormat(flexLanguage(), format).format(new Date(value));
}

export const formatNumber = (value: number) => new Intl.NumberFormat(flexLanguage()).format(value);
export const formatPercent = (value: number) =>
  new Intl.NumberFormat(flexLanguage(), { style: 'percent' }).format(value);

/** The name of a language in the language of Flex. */
export function languageName(language: string): string {
  return new Intl.DisplayNames([flexLanguage()], { type: 'language' }).of(language) ?? language;
}
