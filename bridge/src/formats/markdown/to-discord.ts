import { decodeHTMLStrict } from 'entities';
import type { Token, Tokens } from 'marked';
import { inDiscordMarks, type Piece, SEPARATOR } from './discord-marks.ts';
import { linkable } from './escape.ts';
import { withoutTags, wordsOfHtml } from './html.ts';
import { isDeceptive } from './masked-links.ts';
import { parse, lineEndsOf as tail } from './parse.ts';
import { plainInline } from './to-plain.ts';

/** A line across the message; Discord has none of its own. */
const RULE = '⎯'.repeat(12);

/**
 * What an agent or a model wrote in common Markdown, in Discord's dialect, so that it looks the same: Flex renders common
 * Markdown, while Discord has no tables, rules, images, fourth headings or task lists, underlines `__`, and hides `||`
 * (https://docs.discord.com/developers/reference#message-formatting). Null for a text that cannot be rendered in bounded
 * time and stack.
 */
export function toDiscordMarkdown(text: string): string | null {
  const tokens = parse(text.replace(/<br\s*\/?>/gi, '\n'), 'chat');
  return tokens && blocks(tokens);
}

/** The same of an article, whose HTML is read as its words. Null as above. */
export function articleToDiscord(markdown: string): string | null {
  const tokens = parse(markdown, 'article');
  return (
    tokens &&
    blocks(tokens)
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  );
}

const blocks = (tokens: readonly Token[]): string => tokens.map(block).join('');

function block(token: Token): string {
  switch (token.type) {
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      const words = inline(tokens);
      return (depth <= 3 ? `${'#'.repeat(depth)} ${words}` : `**${words}**`) + tail(token);
    }
    case 'hr':
      return RULE + tail(token);
    case 'code':
      return codeBlock(token.text, token.lang) + tail(token);
    case 'table':
      return codeBlock(table(token as Tokens.Table)) + tail(token);
    case 'blockquote':
      return (
        blocks((token as Tokens.Blockquote).tokens)
          .trimEnd()
          .split('\n')
          // Discord has no quotes within quotes.
          .map((line) => (line.startsWith('> ') ? line : `> ${line}`))
          .join('\n') + tail(token)
      );
    case 'list':
      return list(token as Tokens.List) + tail(token);
    case 'paragraph':
    case 'text':
      return 'tokens' in token && token.tokens ? inline(token.tokens) + tail(token) : literal(token.raw);
    case 'checkbox':
      return '';
    // Of articles alone: in a chat they are words.
    case 'html':
      return literal(wordsOfHtml(token.raw.trimEnd())) + tail(token);
    case 'def':
      return tail(token);
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

const inline = (tokens: readonly Token[]): string =>
  inDiscordMarks(piecesOf(withoutTags(tokens), signsIn(tokens.map(({ raw }) => raw).join(''))));

/** What must be escaped in the words of a line. */
function signsIn(raw: string): RegExp {
  // Code and addresses cannot be escaped; an underscore at the end of a word in them would end italics begun in another.
  const isLoose = /`|:\/\//.test(raw) && /_(?![a-z\d])/i.test(raw);
  const underscore = isLoose ? '_' : '__+|(?<![a-z\\d])_|_(?![a-z\\d])';
  const bracket = raw.includes('](') ? '|\\[' : '';
  return new RegExp(`[*\`]|~~+|\\|\\|+|${underscore}${bracket}`, 'gi');
}

/** Of marks within their like, which mean nothing more, only the outer ones are kept. */
function piecesOf(tokens: readonly Token[], signs: RegExp, within: readonly string[] = []): Piece[] {
  return tokens.flatMap((token): Piece[] => {
    const mark = MARKS[token.type];
    if (mark === undefined)
      return [
        {
          is: 'text',
          text: inlineText(token, signs),
          fixed: token.type !== 'text' && token.type !== 'escape',
        },
      ];
    const inner = piecesOf((token as Tokens.Strong).tokens, signs, [...within, mark]);
    return within.includes(mark) ? inner : [{ is: 'open', mark }, ...inner, { is: 'close', mark }];
  });
}

const MARKS: Record<string, string> = { strong: '**', em: '*', del: '~~' };

function inlineText(token: Token, signs: RegExp): string {
  switch (token.type) {
    case 'br':
      return '\n';
    case 'codespan':
      // Three of them would begin a block.
      return token.raw.startsWith('```') ? codeSpan(token.text) : token.raw;
    case 'link':
      return link(token as Tokens.Link);
    case 'image':
      if (isDeceptive(token.text, token.href)) return `${literal(token.text)} (${token.href})`;
      return masked(token.text, token.href) ?? token.raw;
    case 'text':
      return literal(decodeHTMLStrict(token.raw), signs);
    case 'checkbox':
      return '';
    default:
      return token.raw;
  }
}

/** What is not Markdown in Flex must not be any on Discord. */
const literal = (text: string, signs = signsIn(text)) =>
  text.replace(signs, (found) => found.replace(/./g, '\\$&')).replace(/^-# /gm, '\\-# ');

function link({ raw, href, text, tokens }: Tokens.Link): string {
  if (!raw.startsWith('[')) return raw;
  if (isDeceptive(text, href)) return `${inline(tokens)} (${href})`;
  return masked(text && inline(tokens), href) ?? `${inline(tokens)} (${href})`;
}

/** Null for addresses that Discord does not link. */
function masked(words: string, href: string): string | null {
  if (!/^https?:\/\//i.test(href)) return null;
  const address = linkable(href);
  return words.trim() ? `[${words}](${address})` : address;
}

function codeSpan(text: string): string {
  const parted = text.replace(/`(?=`)/g, `\`${SEPARATOR}`);
  return text.includes('`') ? `\`\` ${parted} \`\`` : `\`${text}\``;
}

function codeBlock(text: string, language = ''): string {
  const name = /^[\w+.#-]{1,32}(?=\s|$)/.exec(language)?.[0] ?? '';
  // Nothing can stand for three of these inside a block, so an invisible character parts them.
  return `\`\`\`${name}\n${text.replace(/``(?=`)/g, `\`\`${SEPARATOR}`)}\n\`\`\``;
}

/** Columns side by side, for a font in which all characters are equally wide. */
function table({ header, rows }: Tokens.Table): string {
  const cells = [header, ...rows].map((row) =>
    row.map(({ tokens }) => plainInline(tokens, { marks: true, addresses: true })),
  );
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
