import type { PageLanguage } from '../people.ts';

/** The styles of `<t:…>`. https://docs.discord.com/developers/reference#message-formatting-timestamp-styles */
const styles: Record<string, Intl.DateTimeFormatOptions> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A timestamp of Discord's Markdown; `seconds` since the epoch. */
export function timestampText(seconds: number, style: string | undefined, language: PageLanguage): string {
  if (style !== 'R')
    return new Intl.DateTimeFormat(language, styles[style ?? 'f'] ?? styles.f).format(seconds * 1000);
  const away = Math.round(seconds - Date.now() / 1000);
  const [unit, size] = units.find(([, each]) => Math.abs(away) >= each) ?? (['second', 1] as const);
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.round(away / size), unit);
}

export const clockText = (iso: string, language: PageLanguage): string =>
  new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(Date.parse(iso));

/** When a message was sent, or a thread made, by its id (https://docs.discord.com/developers/reference#snowflakes). */
export const sentAt = (id: string): string =>
  new Date(Number((BigInt(id) >> 22n) + 1_420_070_400_000n)).toISOString();
