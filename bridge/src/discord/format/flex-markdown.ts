import { Marked, type Token, type Tokens } from 'marked';
import { isDeceptive } from './masked-links.ts';

/** Forms that would swallow what an agent wrote without meaning Markdown, such as `[note]: call back`. */
const off = () => undefined;
const markdown = new Marked({
  gfm: true,
  tokenizer: { html: off, tag: off, def: off, code: off, lheading: off, reflink: off },
});

/** A line across the message; Discord has none of its own. */
const RULE = '⎯'.repeat(12);

/** Quotes and lists in each other beyond this are not rendered: the parser calls itself for each. */
const MAX_NESTING = 100;
const DEEPLY_NESTED = new RegExp(`^(?:[ \\t]*(?:>|[-*+][ \\t]|\\d{1,9}[.)][ \\t])){${MAX_NESTING + 1}}`, 'm');
/** Marks in one paragraph beyond this are not rendered: the parser's time grows with their third power. */
const MAX_MARKS_IN_A_PARAGRAPH = 400;

/**
 * What an agent wrote in Flex, in Discord's dialect, so that it looks the same: Flex renders common Markdown, while Discord
 * has no tables, rules, images, fourth headings or task lists, underlines `__`, and hides `||`
 * (https://docs.discord.com/developers/reference#message-formatting). Null for a text that cannot be rendered in bounded
 * time and stack.
 */
export function flexToDiscord(text: string): string | null {
  if (DEEPLY_NESTED.test(text) || hasTooManyMarks(text)) return null;
  try {
    return blocks(markdown.lexer(text.replace(/<br\s*\/?>/gi, '\n')));
  } catch (error) {
    // The stack overflowed on a form of nesting that is not counted above.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const hasTooManyMarks = (text: string): boolean =>
  text
    .split(/\n[ \t]*\n/)
    .some((paragraph) => (paragraph.match(/[*_~]+/g)?.length ?? 0) > MAX_MARKS_IN_A_PARAGRAPH);

const blocks = (tokens: readonly Token[]): string => tokens.map(block).join('');

/** The line ends that a block brought with it. */
const tail = (raw: string) => /\n*$/.exec(raw)?.[0] ?? '';

function block(token: Token): string {
  switch (token.type) {
    case 'heading': {
      const { depth, tokens, raw } = token as Tokens.Heading;
      const words = inline(tokens);
      return (depth <= 3 ? `${'#'.repeat(depth)} ${words}` : `**${words}**`) + tail(raw);
    }
    case 'hr':
      return RULE + tail(token.raw);
    case 'code':
      return codeBlock(token.text, token.lang) + tail(token.raw);
    case 'table':
      return codeBlock(table(token as Tokens.Table)) + tail(token.raw);
    case 'blockquote':
      return (
        blocks((token as Tokens.Blockquote).tokens)
          .trimEnd()
          .split('\n')
          // Discord has no quotes within quotes.
          .map((line) => (line.startsWith('> ') ? line : `> ${line}`))
          .join('\n') + tail(token.raw)
      );
    case 'list':
      return list(token as Tokens.List) + tail(token.raw);
    case 'paragraph':
    case 'text':
      return 'tokens' in token && token.tokens ? inline(token.tokens) + tail(token.raw) : literal(token.raw);
    case 'checkbox':
      return '';
    default:
      return token.raw;
  }
}

function list({ items, ordered, start }: Tokens.List): string {
  return items
    .map((item, index) => {
      const mark = ordered ? `${Number(start || 1) + index}. ` : '- ';
      const box = item.task ? (item.checked ? '☑ ' : '☐ ') : '';
      const words = blocks(item.tokens).trimEnd();
      return `${mark}${box}${words.replace(/\n(?=[^\n])/g, `\n${' '.repeat(mark.length)}`)}`;
    })
    .join('\n');
}

function inline(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      switch (token.type) {
        case 'strong':
          return `**${inline(token.tokens ?? [])}**`;
        case 'em':
          return `*${inline(token.tokens ?? [])}*`;
        case 'del':
          return `~~${inline(token.tokens ?? [])}~~`;
        case 'br':
          return '\n';
        case 'codespan':
          // Three of them would begin a block.
          return token.raw.startsWith('```') ? codeSpan(token.text) : token.raw;
        case 'link':
          return link(token as Tokens.Link);
        case 'image':
          return masked(token.text, token.href) ?? token.raw;
        case 'text':
          return literal(token.raw);
        case 'checkbox':
          return '';
        default:
          return token.raw;
      }
    })
    .join('');
}

/** What is not Markdown in Flex must not be any on Discord. */
const literal = (text: string) =>
  text
    .replace(/\*+|~~|\|\||__+|(?<!\w)_|_(?!\w)/g, (signs) => signs.replace(/./g, '\\$&'))
    .replace(/^-# /gm, '\\-# ');

function link({ raw, href, text, tokens }: Tokens.Link): string {
  if (!raw.startsWith('[')) return raw;
  if (isDeceptive(text, href)) return `${inline(tokens)} (${href})`;
  return masked(text && inline(tokens), href) ?? `${inline(tokens)} (${href})`;
}

/** Null for addresses that Discord does not link. */
function masked(words: string, href: string): string | null {
  if (!/^https?:\/\//i.test(href)) return null;
  const address = href.replace(/[()\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return words.trim() ? `[${words}](${address})` : address;
}

function codeSpan(text: string): string {
  return text.includes('`') ? `\`\`${text.replace(/`{2,}/g, '`')}\`\`` : `\`${text}\``;
}

function codeBlock(text: string, language = ''): string {
  const name = /^[\w+.#-]{1,32}(?=\s|$)/.exec(language)?.[0] ?? '';
  // Nothing can stand for three of these inside a block, so an invisible character parts them.
  return `\`\`\`${name}\n${text.replace(/``(?=`)/g, '``\u200b')}\n\`\`\``;
}

/** Columns side by side, for a font in which all characters are equally wide. */
function table({ header, rows }: Tokens.Table): string {
  const cells = [header, ...rows].map((row) => row.map(({ tokens }) => plain(tokens)));
  const widths = header.map((_, column) =>
    Math.max(...cells.map((row) => Bun.stringWidth(row[column] ?? ''))),
  );
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - Bun.stringWidth(cell)))
      .join(' | ')
      .trimEnd();
  const [first = [], ...others] = cells;
  return [line(first), widths.map((width) => '-'.repeat(width)).join('-|-'), ...others.map(line)].join('\n');
}

const plain = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => {
      const words =
        'tokens' in token && token.tokens ? plain(token.tokens) : 'text' in token ? token.text : token.raw;
      const named = token.type === 'link' || token.type === 'image';
      return named && words !== token.href ? `${words} (${token.href})` : words;
    })
    .join('');
