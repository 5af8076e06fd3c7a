import { truncate } from '@flexcord/shared/messages/truncate';
import { LRUCache } from 'lru-cache';
import { placedWords, type Term, words } from './terms.ts';

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
interface Reading {
  text: string;
  words: Term[];
}

const LENGTH = 180;
const MAX_TEXT_LENGTH = 20_000;
/** Words of all readings kept: some 15 MB, the articles that are asked for most. */
const MAX_WORDS_KEPT = 300_000;
const readings = new LRUCache<string, Reading>({
  maxSize: MAX_WORDS_KEPT,
  sizeCalculation: (reading) => 1 + reading.words.length,
});

/** The part of a Markdown text, as plain text, that speaks most of what was asked for. */
export function extractOf(markdown: string, query: string): Extract {
  const { text, words: placed } = readingOf(markdown);
  const found = among(placed, query);
  const from = text.length <= LENGTH ? 0 : bestStart(text, found);
  const to = from + LENGTH >= text.length ? text.length : cutAfter(text, from);
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

function readingOf(markdown: string): Reading {
  const known = readings.get(markdown);
  if (known) return known;
  const text = plainText(truncate(markdown, MAX_TEXT_LENGTH));
  const reading = { text, words: placedWords(text) };
  readings.set(markdown, reading);
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
    const inside = highlights.filter((range) => range.start >= start && range.end <= start + LENGTH).length;
    if (inside > most) {
      most = inside;
      best = start;
    }
  }
  return best;
}

/** Where an extract that begins at `from` ends: between words, where that costs little. */
function cutAfter(text: string, from: number): number {
  const space = text.lastIndexOf(' ', from + LENGTH);
  return space > from + LENGTH - 30 ? space : from + truncate(text.slice(from), LENGTH).length;
}

/** Where escaped signs wait while marks are taken out: the beginning of a private use area. */
const SHELTER = 0xe000;

/** Markdown without its marks, on one line; links keep their words, and escaped signs stay. */
export function plainText(markdown: string): string {
  return markdown
    .replace(/\\([!-/:-@[-`{-~])/g, (_, sign: string) => String.fromCharCode(SHELTER + sign.charCodeAt(0)))
    .replace(/```[^\n]*\n?/g, ' ')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d+\.)\s+/gm, '')
    .replace(/[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}/g, '')
    .replace(/[\uE000-\uE07F]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - SHELTER))
    .replace(/\s+/g, ' ')
    .trim();
}
