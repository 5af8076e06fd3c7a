import { truncate } from '@flexcord/shared/messages/truncate';
import { LRUCache } from 'lru-cache';
import { plainText } from '../../formats/markdown/to-plain.ts';
import { placedWords, type Term, words } from '../text/terms.ts';

/** A stretch of a text, in UTF-16 units; `end` is after its last. */
export interface Range {
  start: number;
  end: number;
}

export interface Extract {
  text: string;
  /** The words of the query in `text`. */
  highlights: Range[];
}

/** An article's text, read once: finding its words takes far longer than finding those of a question among them. */
interface ParsedText {
  text: string;
  words: Term[];
}

const MAX_EXTRACT_LENGTH = 180;
const MAX_TEXT_LENGTH = 20_000;
/** Words of all parsedTexts kept: some 15 MB, the articles that are asked for most. */
const MAX_CACHED_WORDS = 300_000;
const parsedTexts = new LRUCache<string, ParsedText>({
  maxSize: MAX_CACHED_WORDS,
  sizeCalculation: (reading) => 1 + reading.words.length,
});

/** The part of a Markdown text, as plain text, that speaks most of what was asked for. */
export function extractOf(markdown: string, query: string): Extract {
  const { text, words: placed } = parsedTextOf(markdown);
  const found = among(placed, query);
  const from = text.length <= MAX_EXTRACT_LENGTH ? 0 : bestStart(text, found);
  const to = from + MAX_EXTRACT_LENGTH >= text.length ? text.length : cutAfter(text, from);
  const lead = from > 0 ? '…' : '';
  const shift = lead.length - from;
  return {
    text: `${lead}${text.slice(from, to)}${to < text.length ? '…' : ''}`,
    highlights: found
      .filter(({ start, end }) => start >= from && end <= to)
      .map(({ start, end }) => ({ start: start + shift, end: end + shift })),
  };
}

/** Where the telling words of `query` stand in `text`, whatever their ending. */
export function highlightsOf(text: string, query: string): Range[] {
  return among(placedWords(text), query);
}

function among(placed: readonly Term[], query: string): Range[] {
  const wanted = new Set(words(query));
  return placed.filter(({ term }) => wanted.has(term)).map(({ start, end }) => ({ start, end }));
}

function parsedTextOf(markdown: string): ParsedText {
  const known = parsedTexts.get(markdown);
  if (known) return known;
  const text = plainText(truncate(markdown, MAX_TEXT_LENGTH));
  const reading = { text, words: placedWords(text) };
  parsedTexts.set(markdown, reading);
  return reading;
}

/** The start of the sentence from which most highlights fit into one extract; the earliest of equals. */
function bestStart(text: string, highlights: readonly Range[]): number {
  const starts = [
    0,
    ...[...text.matchAll(/[.!?]\s+|[。！？]\s*/g)].map((found) => found.index + found[0].length),
  ];
  let best = 0;
  let most = -1;
  for (const start of starts) {
    if (start >= text.length) continue;
    const inside = highlights.filter(
      (range) => range.start >= start && range.end <= start + MAX_EXTRACT_LENGTH,
    ).length;
    if (inside > most) {
      most = inside;
      best = start;
    }
  }
  return best;
}

/** Where an extract that begins at `from` ends: between words, where that costs little. */
function cutAfter(text: string, from: number): number {
  const space = text.lastIndexOf(' ', from + MAX_EXTRACT_LENGTH);
  return space > from + MAX_EXTRACT_LENGTH - 30
    ? space
    : from + truncate(text.slice(from), MAX_EXTRACT_LENGTH).length;
}
