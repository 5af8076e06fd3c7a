import { truncate } from '@flexcord/shared/messages/truncate';
import { truncateMarkdown } from '@flexcord/shared/messages/truncate-markdown';
import { LRUCache } from 'lru-cache';
import { placedWords, shownWords, type Term } from '../text/terms.ts';
import { type Passage, passagesOf } from './passages.ts';

/** A stretch of a text, in UTF-16 units; `end` is after its last. */
export interface Range {
  start: number;
  end: number;
}

export interface Extract {
  /** Plain words, on one line. */
  text: string;
  /** The words of the query in `text`. */
  highlights: Range[];
  /** The same part as Markdown. */
  markdown: string;
  /** Whether the article says more than this. */
  isPart: boolean;
}

/** An article's text, read once: finding its words takes far longer than finding those of a question among them. */
type ReadPassage = Passage & { words: Term[] };

/** Of what stands beside others, such as a hit in a list. */
const MAX_EXTRACT_LENGTH = 180;
/** Of what is shown as an answer. */
export const MAX_ANSWER_LENGTH = 600;
const MAX_TEXT_LENGTH = 20_000;
/** How much more a word of the query counts in the first passage: an extract begins at what was asked for. */
const FIRST = 0.3;
/** Words of all articles kept: some 15 MB, the articles that are asked for most. */
const MAX_CACHED_WORDS = 300_000;
const readTexts = new LRUCache<string, ReadPassage[]>({
  maxSize: MAX_CACHED_WORDS,
  sizeCalculation: (read) => read.reduce((sum, passage) => sum + passage.words.length, 1),
});

/**
 * The part of an article in Markdown that speaks most of what was asked for, of at most `limit` UTF-16 units of words: whole
 * passages (see passages.ts), from the first that has a word of the query.
 */
export function extractOf(markdown: string, query: string, limit = MAX_EXTRACT_LENGTH): Extract {
  const passages = passagesReadOf(markdown);
  const wanted = shownWords(query);
  const from = startOf(passages, wanted, limit);
  const to = endOf(passages, from, limit);
  const chosen = passages.slice(from, to);
  let text = from > 0 ? '…' : '';
  const highlights: Range[] = [];
  chosen.forEach((passage, index) => {
    if (index > 0 && passage.before !== '') text += ' ';
    for (const { term, start, end } of passage.words) {
      if (wanted.has(term)) highlights.push({ start: text.length + start, end: text.length + end });
    }
    text += passage.text;
  });
  const isCut = text.length > limit + 1;
  if (isCut) text = cut(text, limit);
  const isPart = isCut || from > 0 || to < passages.length || markdown.length > MAX_TEXT_LENGTH;
  if (isCut || to < passages.length) text += '…';
  return {
    text,
    highlights: highlights.filter(({ end }) => end <= text.length),
    markdown: isCut ? truncateMarkdown(markdownOf(chosen), limit) : markdownOf(chosen),
    isPart,
  };
}

/** Where the telling words of `query` stand in `text`, whatever their ending. */
export function highlightsOf(text: string, query: string): Range[] {
  const wanted = shownWords(query);
  return placedWords(text)
    .filter(({ term }) => wanted.has(term))
    .map(({ start, end }) => ({ start, end }));
}

function passagesReadOf(markdown: string): ReadPassage[] {
  const known = readTexts.get(markdown);
  if (known) return known;
  const read = passagesOf(truncate(markdown, MAX_TEXT_LENGTH)).map((passage) => ({
    ...passage,
    words: placedWords(passage.text),
  }));
  readTexts.set(markdown, read);
  return read;
}

/** The passage from which most words of the query fit into `limit`; the earliest of equals. */
function startOf(passages: readonly ReadPassage[], wanted: ReadonlySet<string>, limit: number): number {
  if (endOf(passages, 0, limit) === passages.length) return 0;
  let best = 0;
  let most = 0;
  for (let from = 0; from < passages.length; from++) {
    const own = wordsIn(passages.slice(from, from + 1), wanted);
    if (own === 0) continue;
    const value = wordsIn(passages.slice(from, endOf(passages, from, limit)), wanted) + FIRST * own;
    if (value <= most) continue;
    most = value;
    best = from;
  }
  return best;
}

/** How many of `wanted` stand there, each counted once. */
function wordsIn(passages: readonly ReadPassage[], wanted: ReadonlySet<string>): number {
  const found = new Set<string>();
  for (const { words } of passages) for (const { term } of words) if (wanted.has(term)) found.add(term);
  return found.size;
}

/** After the last passage that fits; a heading without what it is over is none. */
function endOf(passages: readonly Passage[], from: number, limit: number): number {
  let to = from;
  let length = 0;
  while (to < passages.length) {
    length += (passages[to]?.text.length ?? 0) + (to > from ? 1 : 0);
    if (length > limit && to > from) break;
    to++;
  }
  while (to < passages.length && to > from + 1 && passages[to - 1]?.isHeading) to--;
  return to;
}

/** Lines of code are one block again. */
function markdownOf(passages: readonly Passage[]): string {
  let markdown = '';
  passages.forEach((passage, index) => {
    const last = passages[index - 1];
    const goesOn = last?.code !== undefined && passage.code !== undefined && passage.before === '\n';
    if (last?.code !== undefined && !goesOn) markdown += '\n```';
    if (index > 0) markdown += passage.before;
    if (passage.code !== undefined && !goesOn) markdown += `\`\`\`${passage.code}\n`;
    markdown += passage.markdown;
  });
  return passages.at(-1)?.code === undefined ? markdown : `${markdown}\n\`\`\``;
}

/** Between words, where that costs little. */
function cut(text: string, limit: number): string {
  const space = text.lastIndexOf(' ', limit);
  return space > limit - 30 ? text.slice(0, space) : truncate(text, limit);
}
