import { type Span, spansOf } from './spans.ts';

/** Characters in one Discord message (https://docs.discord.com/developers/resources/message#create-message). */
export const DISCORD_MESSAGE_LIMIT = 2000;

/** Where a text is best cut, best first; the cut is where the white space begins, or behind a sentence. */
const PARAGRAPH = /\n[ \t]*\n\s*/g;
const LINE = /\n/g;
const SENTENCE = /(?<=[.!?](?=\s)|[。！？])/g;
const SPACE = /\s+/g;

/** What makes a line more than its words, and goes on where the line is cut. */
const LINE_START = /^(?:> )?(?:#{1,3} |-# )?/;
/** A line of which nothing is there yet but its mark. */
const MARK_ALONE = /^\s*(?:>(?:>>)?|#{1,3}|-#|[-*]|\d+\.)\s*$/;
/** What would be read as more than words, were it to begin a line. */
const LOOKS_LIKE_START = /^(?:>(?:>>)? |#{1,3} |-# |[-*] )/;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/**
 * Splits a text in Discord's Markdown into messages of at most `limit` UTF-16 units (Discord counts characters; this is
 * never more generous). Cuts between paragraphs, else lines, sentences, words, and only then inside a word, but never
 * inside a grapheme cluster, a link, or a span that fits into one message. A code block or a longer span that must be
 * cut is closed and opened again. No part is blank; a blank text has none.
 */
export function splitMarkdown(text: string, limit = DISCORD_MESSAGE_LIMIT): string[] {
  const spans = spansOf(text);
  const parts: string[] = [];
  let at = skipBlank(text, 0);
  let lead = '';
  while (at < text.length) {
    const open = around(spans, at);
    const head = lead + open.map((span) => span.open).join('');
    if (head.length + text.length - at <= limit) {
      parts.push(head + text.slice(at).trimEnd());
      break;
    }
    const cut = findCut(text, spans, at, limit - head.length);
    const closers = around(spans, cut)
      .map((span) => span.close)
      .reverse()
      .join('');
    const part = head + text.slice(at, cut).trimEnd() + closers;
    if (part.trim()) parts.push(part);
    const next = goOn(text, spans, cut);
    lead = leadAt(text, spans, cut, next);
    at = next;
  }
  return parts;
}

/** The spans that `at` is inside of, outermost first. */
const around = (spans: readonly Span[], at: number): Span[] =>
  spans.filter(({ start, end, inner }) => at > start && at < end && inner !== null);

function skipBlank(text: string, at: number): number {
  return at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
}

/** Where the next part begins: behind the white space, and behind spans of which nothing is left. */
function goOn(text: string, spans: readonly Span[], cut: number): number {
  const innermost = around(spans, cut).at(-1);
  if (!innermost?.inner) return skipBlank(text, cut);
  const left = text.slice(cut, innermost.inner.end);
  if (!left.trim()) return goOn(text, spans, innermost.end);
  // The indentation of code is kept.
  if (innermost.is === 'block') return cut + (/^\s*\n/.exec(left)?.[0].length ?? 0);
  return skipBlank(text, cut);
}

/** What the next part must begin with, so that it is still what it was, or does not become what it was not. */
function leadAt(text: string, spans: readonly Span[], cut: number, next: number): string {
  if (inBlock(spans, next)) return '';
  const guard =
    !text.slice(cut, next).includes('\n') &&
    text[next - 1] !== '\n' &&
    around(spans, next).length === 0 &&
    LOOKS_LIKE_START.test(text.slice(next, next + 5))
      ? '\\'
      : '';
  if (quotedToTheEnd(text, spans, next)) return `>>> ${guard}`;
  if (text.slice(cut, next).includes('\n') || text[next - 1] === '\n') return '';
  const line = text.slice(text.lastIndexOf('\n', cut - 1) + 1, cut);
  return (LINE_START.exec(line)?.[0] ?? '') + guard;
}

const inBlock = (spans: readonly Span[], at: number): boolean =>
  spans.some(({ is, start, end }) => is === 'block' && at > start && at < end);

/** Whether a `>>>` before `at` makes everything after it a quote. */
function quotedToTheEnd(text: string, spans: readonly Span[], at: number): boolean {
  for (const { index } of text.matchAll(/^>>> /gm)) {
    if (index >= at) return false;
    if (!inBlock(spans, index)) return true;
  }
  return false;
}

/** The best place to end a part that begins at `at` and has `room` units; always above `at`. */
function findCut(text: string, spans: readonly Span[], at: number, room: number): number {
  const whole = spans.filter(
    ({ start, end, inner }) => end > at && start < at + room && (!inner || end - start <= room),
  );
  const near = spans.filter(({ start, end, inner }) => inner && end > at && start < at + room);
  const free = (cut: number) => {
    if (cut <= at || cut > at + room) return false;
    if (whole.some(({ is, start, end }) => is !== 'block' && cut > start && cut < end)) return false;
    const line = text.slice(text.lastIndexOf('\n', cut - 1) + 1, cut);
    if (MARK_ALONE.test(line) && !inBlock(near, cut)) return false;
    let closers = 0;
    for (const { start, end, inner, close } of near) {
      if (!inner || cut <= start || cut >= end) continue;
      if (cut <= inner.start || cut > inner.end) return false;
      if (!text.slice(Math.max(inner.start, at), cut).trim()) return false;
      closers += close.length;
    }
    return cut - at + closers <= room;
  };
  // The code point after the last place for a cut tells whether a cluster ends there, and half of one does not.
  const following = (text.codePointAt(at + room) ?? 0) > 0xffff ? 2 : 1;
  const window = text.slice(at, at + room + following);
  // A cut near the beginning would make a stub of a message.
  const least = at + room / 4;
  const last = (pattern: RegExp, fits: (cut: number) => boolean) => {
    let best = 0;
    for (const match of window.matchAll(pattern)) {
      const cut = at + match.index;
      if (cut > least && fits(cut)) best = cut;
    }
    return best;
  };
  const outside = (cut: number) => free(cut) && !inBlock(near, cut);
  return (
    last(PARAGRAPH, outside) ||
    last(LINE, outside) ||
    last(SENTENCE, outside) ||
    last(SPACE, outside) ||
    last(LINE, free) ||
    lastBoundary(words, window, (index) => at + index > least && free(at + index)) + at ||
    beforeSpan(whole, at, room, free) ||
    lastBoundary(graphemes, window, (index) => free(at + index)) + at ||
    anywhere(text, at, room)
  );
}

/** The start of what must stay whole and does not fit any more; short parts are better than broken links. */
function beforeSpan(
  whole: readonly Span[],
  at: number,
  room: number,
  free: (cut: number) => boolean,
): number {
  const found = whole.find(({ start, end }) => start > at && end > at + room && free(start));
  return found?.start ?? 0;
}

/** The last boundary that `fits`, or NaN, which is no place to cut. */
function lastBoundary(segmenter: Intl.Segmenter, window: string, fits: (index: number) => boolean): number {
  let best = Number.NaN;
  for (const { index } of segmenter.segment(window)) if (index > 0 && fits(index)) best = index;
  return best;
}

/** For what cannot be cut well: one link or one heap of accents that is longer than a message. */
function anywhere(text: string, at: number, room: number): number {
  const cut = at + Math.max(1, room - 8);
  const high = text.charCodeAt(cut - 1);
  return high >= 0xd800 && high < 0xdc00 && cut - 1 > at ? cut - 1 : cut;
}
