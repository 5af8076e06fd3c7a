import { label } from '@flexcord/shared/messages/label';
import { spansOf } from '@flexcord/shared/messages/spans';
import type { APIMessage, APIUser } from 'discord.js';
import { isDeceptive, MASKED_LINK } from '../../formats/markdown/masked-links.ts';
import type { Form, MessageTexts } from '../../messages/canonical.ts';

/** Names of what members mention, where the bot knows them. */
export interface Names {
  role(id: string): string | undefined;
  channel(id: string): string | undefined;
}

/** In whose words a message is read. */
export interface ReaderContext {
  texts: MessageTexts;
  /** A language tag, for dates. */
  language: string;
  /** IANA name of the zone in which dates are written. */
  timeZone: string;
  names: Names;
}

type Readable = Pick<APIMessage, 'mentions' | 'mention_channels' | 'timestamp'>;
type Word = { start: number; end: number; text: string; isForm?: boolean };

/** https://docs.discord.com/developers/reference#message-formatting */
const SPECIAL = new RegExp(
  [
    /<@!?(?<user>\d+)>/,
    /<@&(?<role>\d+)>/,
    /<#(?<channel>\d+)>/,
    /<a?:(?<emoji>\w+):\d+>/,
    /<\/(?<command>[^:>]+):\d+>/,
    /<id:(?<page>customize|browse|guide|linked-roles)(?::\d+)?>/,
    /<t:(?<seconds>-?\d{1,13})(?::(?<style>[tTdDfFsSR]))?>/,
    /<(?<sound>sound):\d+:\d+>/,
    /(?<gif>https:\/\/(?:(?:www\.)?(?:tenor|giphy|klipy)\.com\/(?:[a-z]{2}(?:-[a-z]{2})?\/)?(?:view|gifs?)\/(?<slug>[^\s<>/?#]*)|(?:media\d*|c|i)\.(?:tenor|giphy)\.com)[^\s<>]*)/i,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
);

/** A line in brackets, with an address or without: so the bridge writes what it says itself in a transcript. */
const LIKE_A_MARK =
  /^(?:[^\S\r\n\u2028\u2029]|\p{Cf}|\p{Mn})*\[.*\](?:[ \t]+https?:\/\/\S+)?(?:[^\S\r\n\u2028\u2029]|\p{Cf})*$/gmu;

/** What a member wrote, with every line that could be taken for the bridge's own words in quotation marks. */
export const quoteMarks = (text: string): string => text.replace(LIKE_A_MARK, (line) => `“${line.trim()}”`);

/** Mentions, custom emoji, timestamps, GIF links and spoilers in words; the rest of the Markdown, and all code, as it is. */
export const readable = (written: string, message: Readable, reading: ReaderContext): string =>
  readableForms(written, message, reading).text;

/** As `readable`, and where its words stand for something that Discord shows in a form of its own. */
export function readableForms(
  written: string,
  message: Readable,
  reading: ReaderContext,
): { text: string; forms: Form[] } {
  const content = quoteMarks(written);
  const spans = spansOf(content);
  const code = spans.filter(({ is }) => is === 'code' || is === 'block');
  const inCode = (at: number) => code.some(({ start, end }) => at >= start && at < end);
  const words: Word[] = [];
  for (const match of content.matchAll(SPECIAL)) {
    const { index: start, 0: whole, groups = {} } = match;
    if (inCode(start) || content[start - 1] === '\\') continue;
    const text = inWords(whole, groups, message, reading);
    if (text !== null) words.push({ start, end: start + whole.length, text, isForm: true });
  }
  for (const { start, end } of spans.filter(({ is }) => is === 'link')) {
    const masked = MASKED_LINK.exec(content.slice(start, end));
    const [whole, label = '', href = ''] = masked ?? [];
    if (whole && isDeceptive(label, href)) words.push({ start, end, text: `${label} (${href})` });
  }
  const [before = '', after = ''] = reading.texts.spoiler('\0').split('\0');
  for (const { open, start, end } of spans.filter((span) => span.open === '||')) {
    words.push({ start, end: start + open.length, text: `[${before}`, isForm: true });
    words.push({ start: end - open.length, end, text: `${after}]`, isForm: true });
  }
  let result = '';
  let at = 0;
  const forms: Form[] = [];
  for (const { start, end, text, isForm } of words.sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    result += content.slice(at, start);
    if (isForm) forms.push([result.length, text.length, content.slice(start, end)]);
    result += text;
    at = end;
  }
  return { text: result + content.slice(at), forms };
}

function inWords(
  whole: string,
  found: Record<string, string | undefined>,
  message: Readable,
  reading: ReaderContext,
): string | null {
  const { texts, names } = reading;
  const { user, role, channel, emoji, command, page, seconds, style, sound, gif, slug } = found;
  if (user) {
    const mentioned = message.mentions?.find(({ id }) => id === user);
    return `@${(mentioned && nameOf(mentioned)) || texts.somebody}`;
  }
  if (role) return `@${names.role(role) ?? texts.role}`;
  if (channel) {
    const known = message.mention_channels?.find(({ id }) => id === channel)?.name;
    return `#${known ?? names.channel(channel) ?? texts.channel}`;
  }
  if (emoji) return `:${emoji}:`;
  if (command) return `/${command}`;
  if (page) return texts.page[page.toLowerCase()] ?? whole;
  if (sound) return `[${texts.sound}]`;
  if (gif) return `[${texts.gif(gifName(slug))}] ${gif}`;
  return seconds ? timeInWords(Number(seconds), style ?? 'f', message.timestamp, reading) : null;
}

/** Under which name others see somebody. */
export const nameOf = ({ global_name, username }: Pick<APIUser, 'global_name' | 'username'>): string =>
  label(global_name ?? '') || label(username);

/** `happy-dance-gif-12345` is a happy dance. */
const gifName = (slug = '') =>
  slug
    .replace(/[-_](?:gif[-_])?\w*\d\w*$/i, '')
    .replace(/[-_]gif$/i, '')
    .replace(/[-_]+/g, ' ')
    .trim();

const CLOCK = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const;
const DAY = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const FORMATS: Record<string, Intl.DateTimeFormatOptions> = {
  t: CLOCK,
  T: { ...CLOCK, second: '2-digit' },
  d: DAY,
  D: DAY,
  F: { ...DAY, ...CLOCK, weekday: 'long' },
  S: { ...DAY, ...CLOCK, second: '2-digit' },
};
const STEPS: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** A moment in words with its zone; a relative one also as it was when it was written. Null for no moment. */
function timeInWords(
  seconds: number,
  style: string,
  writtenAt: string | undefined,
  { language: locale, timeZone }: ReaderContext,
) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return null;
  const words = new Intl.DateTimeFormat(locale, {
    ...(FORMATS[style] ?? { ...DAY, ...CLOCK }),
    timeZone,
  }).format(date);
  const written = Date.parse(writtenAt ?? '');
  if (style !== 'R' || Number.isNaN(written)) return words;
  const away = seconds - written / 1000;
  const [unit, length] = STEPS.find(([, step]) => Math.abs(away) >= step) ?? (['second', 1] as const);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(
    Math.round(away / length),
    unit,
  );
  return `${words} (${relative})`;
}
