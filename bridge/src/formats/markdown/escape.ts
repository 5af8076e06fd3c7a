import { oneLine } from '@flexcord/shared/messages/one-line';

/**
 * What Discord would read as more than its characters, wherever it stands
 * (https://docs.discord.com/developers/reference#message-formatting). An underscore between letters of a word means nothing.
 */
const MARKS = /[\\*`]|__+|(?<![a-z\d])_|_(?![a-z\d])|~~+|\|\|+|<|@(?=everyone|here)/gi;
/** Headings, small print, quotes and lists, at the beginning of a line. */
const LINE_START = /^(\s*)(?:([#>+-])(?=[#>\s])|(\d+)([.)])(?=\s))/gm;
/** Part of a link with words of its own; there may be brackets in them. */
const LINK = /\]\(/;

/** Where an address ends with an underscore, one in a word before it would begin italics. */
const LOOSE_UNDERSCORE = /_(?![a-z\d])/i;

const escaped = (text: string): string => {
  const marked = text.replace(MARKS, (signs) => signs.replace(/./g, '\\$&'));
  return LINK.test(text) ? marked.replace(/[[\]]/g, '\\$&') : marked;
};
const escapedStarts = (text: string): string =>
  text
    .replace(/^(\s*)-(?=# )/gm, '$1\\-')
    .replace(LINE_START, (_, space: string, sign: string | undefined, number = '', dot = '') =>
      sign ? `${space}\\${sign}` : `${space}${number}\\${dot}`,
    );

/**
 * A link with a name, in either dialect: `[name](address)`. A signed address is hundreds of characters long, and no words.
 */
export function namedLink(name: string, address: string): string {
  const words = name.replace(/\s+/g, ' ').replace(/(?<!\\)[[\]]/g, '\\$&');
  return `[${words}](${linkable(address)})`;
}

/** An address in which no bracket or space ends the link. */
export const linkable = (address: string): string =>
  address.replace(/[()\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** As Discord finds it, which takes a backslash for a part of it. */
const WEB_ADDRESS = /(https?:\/\/[^\s<]+)/;

/**
 * A name or title that people wrote, for Discord: on one line and escaped, so that nothing in it is Markdown, a mention or
 * a link. Discord refuses an empty one, so it becomes a dash.
 */
export function escapeLine(text: string): string {
  return escapedStarts(escaped(oneLine(text))).replaceAll('://', ':\\//') || '–';
}

/** Text that people wrote, for Discord: over several lines and escaped; only web addresses stay what they are. */
export function escapeLines(text: string): string {
  const parts = text.replace(/\r\n?/g, '\n').split(WEB_ADDRESS);
  const isLoose = parts.some((part, index) => index % 2 === 1 && LOOSE_UNDERSCORE.test(part));
  const result = parts
    .map((part, index) => {
      if (index % 2 === 1) return part;
      const words = escaped(part);
      const behindAddress = index > 0 && words.startsWith('\\') ? ' ' : '';
      return behindAddress + (isLoose ? words.replace(/(?<!\\)_/g, '\\_') : words);
    })
    .join('');
  return escapedStarts(result)
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
