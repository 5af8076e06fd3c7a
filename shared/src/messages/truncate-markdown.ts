import { type Span, spansOf } from './spans.ts';
import { truncate } from './truncate.ts';

const ELLIPSIS = '…';

/**
 * The beginning of a text in Discord's Markdown, at most `limit` UTF-16 units with its ellipsis. No escape, link, mention
 * or grapheme cluster is cut in two, and what is marked where it ends is closed, so that it looks as it did.
 */
export function truncateMarkdown(text: string, limit: number): string {
  if (text.length <= limit) return text.toWellFormed();
  const spans = spansOf(text);
  let room = limit - ELLIPSIS.length;
  while (room > 0) {
    const cut = text.slice(0, outOfMarks(spans, truncate(text, room).length)).trimEnd().length;
    const closers = spans
      .filter(({ start, end, inner }) => inner && cut > start && cut < end)
      .map(({ close }) => close)
      .reverse()
      .join('');
    // Directly behind an address the ellipsis would be a part of it.
    const gap = /https?:\/\/\S+$/.test(text.slice(0, cut)) ? ' ' : '';
    const excess = cut + gap.length + ELLIPSIS.length + closers.length - limit;
    if (cut === 0) break;
    if (excess <= 0) return (text.slice(0, cut) + gap + ELLIPSIS + closers).toWellFormed();
    room = cut - excess;
  }
  return limit >= ELLIPSIS.length ? ELLIPSIS : '';
}

/** The last place not behind `at` that is in no mark and in nothing that must stay whole. */
function outOfMarks(spans: readonly Span[], at: number): number {
  let cut = at;
  for (const { start, end, inner } of spans.toReversed()) {
    if (cut <= start || cut >= end) continue;
    if (!inner || cut <= inner.start) cut = start;
    else if (cut > inner.end) cut = inner.end;
  }
  return cut;
}
