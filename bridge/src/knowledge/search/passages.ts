import { oneLine } from '@flexcord/shared/messages/one-line';
import type { Token, Tokens } from 'marked';
import { withoutTags, wordsOfHtml } from '../../formats/markdown/html.ts';
import { parse } from '../../formats/markdown/parse.ts';
import { plainBlocks, plainInline } from '../../formats/markdown/to-plain.ts';

/** A heading, a sentence of a paragraph or list item, a line of code, a row of a table: what an extract is made of. */
export interface Passage {
  /** Plain words, on one line. */
  text: string;
  /** The same as Markdown that stands for itself. */
  markdown: string;
  /** What stands between the passage before and this one in Markdown. */
  before: '\n\n' | '\n' | ' ' | '';
  isHeading: boolean;
  /** The language of a code block that this is a line of. */
  code?: string;
}

const STYLE = { marks: false, addresses: false };
/** Where a sentence ends; the space stays with the one before. */
const SENTENCE_END = /(?<=[.!?]\s)(?=\S)|(?<=[。！？])(?=[^。！？」』）)\s])/;

/** An article in Markdown as its passages; one that cannot be read in bounded time is one passage. */
export function passagesOf(markdown: string): Passage[] {
  const tokens = parse(markdown, 'article');
  if (!tokens) return [{ text: oneLine(markdown), markdown, before: '', isHeading: false }];
  return blocksOf(tokens).filter(({ text }) => text !== '');
}

function blocksOf(tokens: readonly Token[]): Passage[] {
  return tokens.flatMap((token): Passage[] => {
    switch (token.type) {
      case 'heading': {
        const { depth, tokens } = token as Tokens.Heading;
        const words = inlineOf(tokens).map(({ markdown }) => markdown);
        return [
          {
            text: oneLine(plainInline(tokens, STYLE)),
            markdown: `${'#'.repeat(depth)} ${oneLine(words.join(' '))}`,
            before: '\n\n',
            isHeading: true,
          },
        ];
      }
      case 'code':
        return (token as Tokens.Code).text.split('\n').map((line, index) => ({
          text: oneLine(line),
          markdown: line,
          before: index === 0 ? '\n\n' : '\n',
          isHeading: false,
          code: (token as Tokens.Code).lang ?? '',
        }));
      case 'table':
        return rowsOf(token as Tokens.Table);
      case 'list':
        return itemsOf(token as Tokens.List);
      case 'blockquote':
        return marked(blocksOf((token as Tokens.Blockquote).tokens), '> ', '> ');
      case 'paragraph':
      case 'text':
        return begun(inlineOf('tokens' in token && token.tokens ? token.tokens : [token]), '\n\n');
      case 'html':
        return begun(
          wordsOfHtml(token.raw.trimEnd())
            .split('\n')
            .map((line) => ({
              text: oneLine(line),
              markdown: oneLine(line),
              before: '\n',
              isHeading: false,
            })),
          '\n\n',
        );
      default:
        return [];
    }
  });
}

/** Each row with the names of its columns, as bars between cells say little outside of their table. */
function rowsOf({ header, rows }: Tokens.Table): Passage[] {
  const names = header.map(({ tokens }) => oneLine(plainInline(tokens, STYLE)));
  return rows.map((row, index) => {
    const cells = row.map(({ tokens }) => ({
      text: oneLine(plainInline(tokens, STYLE)),
      markdown: inlineOf(tokens)
        .map(({ before, markdown }) => (before === '\n' ? ' ' : before) + markdown)
        .join(''),
    }));
    const line = (of: (cell: { text: string; markdown: string }) => string) =>
      cells
        .flatMap((cell, column) => {
          const name = names[column];
          return cell.text === '' ? [] : [name ? `${name}: ${of(cell)}` : of(cell)];
        })
        .join(' · ');
    return {
      text: line(({ text }) => text),
      markdown: `- ${line(({ markdown }) => markdown)}`,
      before: index === 0 ? '\n\n' : '\n',
      isHeading: false,
    };
  });
}

function itemsOf({ items, ordered, start }: Tokens.List): Passage[] {
  const passages = items.flatMap((item, index) => {
    const mark = ordered ? `${Number(start || 1) + index}. ` : '- ';
    const [first, ...others] = blocksOf(item.tokens.filter(({ type }) => type !== 'checkbox'));
    if (!first) return [];
    const inItem = [first, ...others].map((passage) => ({
      ...passage,
      before: passage.before === '\n\n' ? ('\n' as const) : passage.before,
    }));
    return marked(inItem, mark, ' '.repeat(mark.length));
  });
  return begun(passages, '\n\n');
}

/** With `first` before the first passage and `others` before each later one that begins a line. */
function marked(passages: readonly Passage[], first: string, others: string): Passage[] {
  return passages.map((passage, index) => {
    // Lines of code stand in a block of their own, which begins at the margin.
    if (passage.code !== undefined || (index > 0 && !passage.before.includes('\n'))) return passage;
    return { ...passage, markdown: (index === 0 ? first : others) + passage.markdown };
  });
}

function begun(passages: readonly Passage[], before: Passage['before']): Passage[] {
  return passages.map((passage, index) => (index === 0 ? { ...passage, before } : passage));
}

/** Words with their marks, cut where a line or a sentence ends, but never inside of marks. */
function inlineOf(tokens: readonly Token[]): Passage[] {
  const passages: Passage[] = [];
  let open = { text: '', markdown: '' };
  let before: Passage['before'] = '';
  const close = (next: Passage['before']) => {
    if (open.text.trim() !== '') {
      const space = /\s$/.test(open.text) && next === '' ? ' ' : next;
      passages.push({
        text: oneLine(open.text),
        markdown: open.markdown.trim(),
        before,
        isHeading: false,
      });
      before = space;
    } else if (next === '\n') before = next;
    open = { text: '', markdown: '' };
  };
  for (const token of withoutTags(tokens)) {
    if (token.type === 'br') close('\n');
    else if (token.type === 'text') {
      token.raw.split('\n').forEach((line: string, index: number) => {
        if (index > 0) close('\n');
        line.split(SENTENCE_END).forEach((sentence, part) => {
          if (part > 0) close('');
          open.text += plainBlocks([{ type: 'text', raw: sentence, text: sentence }], STYLE);
          open.markdown += sentence;
        });
      });
    } else {
      open.text += plainInline([token], STYLE);
      open.markdown += standing(token);
    }
  }
  close('');
  return passages;
}

/** A link by reference is nothing without its definition, which stands elsewhere. */
function standing(token: Token): string {
  if (token.type !== 'link' || !token.raw.startsWith('[') || token.raw.endsWith(')')) return token.raw;
  return `[${(token as Tokens.Link).text}](${(token as Tokens.Link).href})`;
}
