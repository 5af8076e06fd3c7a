import { Lexer, Marked, type Token, type TokenizerObject } from 'marked';
import { withoutMarkup } from './article-markup.ts';

/** No token: what stands there stays text. */
const off = () => undefined;
/** Approximations such as "~5–~10 minutes" are no deletions; only two tildes are, as in Flex. */
const del: TokenizerObject['del'] = (text) => (text.startsWith('~~') ? false : undefined);

/** Markdown as help articles have it: CommonMark with GitHub's tables, task lists and addresses. */
const article = new Marked({ gfm: true, tokenizer: { del } });
/** As agents type it in Flex: without forms that would swallow words that mean no Markdown, such as `[note]: call back`. */
const chat = new Marked({
  gfm: true,
  tokenizer: { del, html: off, tag: off, def: off, code: off, lheading: off, reflink: off },
});
const dialects = { article, chat };

/** Quotes and lists in each other beyond this are not read: the parser calls itself for each. */
const MAX_NESTING = 100;
const DEEPLY_NESTED = new RegExp(`^(?:[ \\t]*(?:>|[-*+][ \\t]|\\d{1,9}[.)][ \\t])){${MAX_NESTING + 1}}`, 'm');
/** Marks, or brackets, in one paragraph beyond this are not read: the parser's time grows with their third power. */
const MAX_MARKS_IN_A_PARAGRAPH = 400;
/** All their signs together. */
const MAX_SIGNS_IN_A_PARAGRAPH = 2000;

/** The blocks of a text in Markdown; null where it cannot be read in bounded time and stack. */
export function parse(text: string, dialect: keyof typeof dialects): Token[] | null {
  if (DEEPLY_NESTED.test(text)) return null;
  const lexer = new Lexer(dialects[dialect].defaults);
  try {
    const lines = text.replace(/\r\n?/g, '\n');
    lexer.blockTokens(dialect === 'article' ? withoutMarkup(lines) : lines, lexer.tokens);
    // More is queued while the queue is worked off.
    for (const { src, tokens } of lexer.inlineQueue) {
      if (isTooDense(src)) return null;
      lexer.inlineTokens(src, tokens);
    }
    return lexer.tokens;
  } catch (error) {
    // The stack overflowed on a form of nesting that is not counted above.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const isTooDense = (paragraph: string): boolean =>
  timesIn(paragraph, /[*_~]+/g) > MAX_MARKS_IN_A_PARAGRAPH ||
  timesIn(paragraph, /\[/g) > MAX_MARKS_IN_A_PARAGRAPH ||
  timesIn(paragraph, /[*_~`\\]/g) > MAX_SIGNS_IN_A_PARAGRAPH;

const timesIn = (text: string, sign: RegExp): number => text.match(sign)?.length ?? 0;

/** The line ends that a block brought with it. */
export const lineEndsOf = ({ raw }: Token): string => /\n*$/.exec(raw)?.[0] ?? '';
