import { oneLine } from '@flexcord/shared/messages/one-line';
import { decodeHTMLStrict } from 'entities';
import type { Token, Tokens } from 'marked';
import { withoutTags, wordsOfHtml } from './html.ts';
import { lineEndsOf, parse } from './parse.ts';

/** What of Markdown is kept in plain text besides the words. */
interface PlainStyle {
  /** Numbers and dashes of lists, bars between the cells of tables. */
  marks: boolean;
  /** Addresses of links and pictures, in brackets behind their words. */
  addresses: boolean;
}

/** The words of an article in Markdown, on one line. */
export const plainText = (markdown: string): string =>
  oneLine(toPlain(markdown, { marks: false, addresses: false }));

/**
 * An article in Markdown as plain text that reads like it: lines, numbers of lists and the addresses of links stay.
 * Members and models are shown it.
 */
export const plainLines = (markdown: string): string =>
  toPlain(markdown, { marks: true, addresses: true })
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

function toPlain(markdown: string, style: PlainStyle): string {
  const tokens = parse(markdown, 'article');
  return tokens === null ? markdown : plainBlocks(tokens, style);
}

/** Blocks of either dialect as plain text. */
export const plainBlocks = (tokens: readonly Token[], style: PlainStyle): string =>
  tokens.map((token) => plainBlock(token, style)).join('');

function plainBlock(token: Token, style: PlainStyle): string {
  switch (token.type) {
    case 'hr':
      return lineEndsOf(token);
    case 'code':
      return token.text + lineEndsOf(token);
    case 'table':
      return table(token as Tokens.Table, style) + lineEndsOf(token);
    case 'list':
      return list(token as Tokens.List, style) + lineEndsOf(token);
    case 'blockquote':
      return plainBlocks(token.tokens ?? [], style).trimEnd() + lineEndsOf(token);
    case 'html':
      return wordsOfHtml(token.raw.trimEnd()) + lineEndsOf(token);
    case 'def':
      // What looks like the definition of a link may be words: "[note]: later".
      return /^(?:[a-z][a-z\d+.-]*:|[/.#])/i.test(token.href) ? lineEndsOf(token) : token.raw;
    case 'heading':
    case 'paragraph':
    case 'text':
      return (
        ('tokens' in token && token.tokens ? plainInline(token.tokens, style) : words(token.text)) +
        lineEndsOf(token)
      );
    case 'checkbox':
      return '';
    default:
      return token.raw;
  }
}

function list({ items, ordered, start }: Tokens.List, style: PlainStyle): string {
  return items
    .map((item, index) => {
      const mark = ordered ? `${Number(start || 1) + index}. ` : '- ';
      const box = item.task ? (item.checked ? '☑ ' : '☐ ') : '';
      const text = plainBlocks(item.tokens, style).trimEnd();
      return style.marks ? mark + box + text.replace(/\n(?=[^\n])/g, `\n${' '.repeat(mark.length)}`) : text;
    })
    .join('\n');
}

const table = ({ header, rows }: Tokens.Table, style: PlainStyle): string =>
  [header, ...rows]
    .map((row) => row.map(({ tokens }) => plainInline(tokens, style)).join(style.marks ? ' | ' : ' '))
    .join('\n');

/** Words with their marks as plain text. */
export const plainInline = (tokens: readonly Token[], style: PlainStyle): string =>
  withoutTags(tokens)
    .map((token): string => {
      switch (token.type) {
        case 'br':
          return '\n';
        case 'link':
        case 'image':
          return named(token as Tokens.Link | Tokens.Image, style);
        case 'text':
          return 'tokens' in token && token.tokens ? plainInline(token.tokens, style) : words(token.text);
        case 'checkbox':
          return '';
        case 'codespan':
        case 'escape':
          return token.text;
        default:
          return 'tokens' in token && token.tokens ? plainInline(token.tokens, style) : token.raw;
      }
    })
    .join('');

function named({ type, text, href, tokens }: Tokens.Link | Tokens.Image, style: PlainStyle): string {
  const said = type === 'link' && tokens ? plainInline(tokens, style) : words(text);
  if (!style.addresses || href === '' || href === said || href === `mailto:${said}`) return said || href;
  return said ? `${said} (${href})` : href;
}

/** `&amp;` and the like are the characters that they stand for. */
const words = (text: string): string => decodeHTMLStrict(text);

/**
 * Plain text for a composer that reads Markdown, such as the one in Flex: lists stay lists, and signs that would be read
 * as marks are escaped, only where they would be.
 */
export function forComposer(text: string): string {
  const lines = text.split('\n');
  const result = lines.map(asItReads).join('\n');
  // Marks may also begin in one line and end in another.
  return readsAs(result, text) ? result : lines.map(escapedLine).join('\n');
}

const asItReads = (line: string): string =>
  [line, escapedSigns(line)].find((tried) => readsAs(tried, line)) ?? escapedLine(line);

function readsAs(markdown: string, words: string): boolean {
  const tokens = parse(markdown, 'chat');
  const bare = (text: string) => text.replace(/\s+/g, '');
  return tokens !== null && bare(plainBlocks(tokens, { marks: true, addresses: false })) === bare(words);
}

/** https://spec.commonmark.org/0.31.2/#backslash-escapes */
const escapedSigns = (line: string): string => line.replace(/[\\*_~`[\]|<&]/g, '\\$&');
const escapedLine = (line: string): string =>
  escapedSigns(line).replace(/^(\s*)([#>+-])|^(\s*\d+)([.)])/, '$1$3\\$2$4');
