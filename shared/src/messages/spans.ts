/** A stretch of a text that belongs together in Discord's Markdown. */
export interface Span {
  is: 'block' | 'code' | 'marked' | 'link';
  start: number;
  end: number;
  /** Where it may be cut if it must; null where a cut would break it. */
  inner: { start: number; end: number } | null;
  /** What opens it again behind a cut, and closes it before. */
  open: string;
  close: string;
}

/**
 * What has no marks inside: code blocks, code, links, mentions and emoji, escaped characters. The forms are Discord's
 * (https://docs.discord.com/developers/reference#message-formatting); its code blocks may begin inside a line.
 */
const PLAIN =
  /(?<block>```(?:(?<language>[\w+.#-]{1,32})\n)?\n*[^\n][\s\S]*?```)|(?<code>(?<ticks>`{1,2})(?!`)[\s\S]*?[^`]\k<ticks>(?!`))|(?<link>\\[\s\S]|!?\[[^[\]\n]*\]\(<?[^()\s]*(?:\([^()\s]*\)[^()\s]*)*>?(?:\s+"[^"\n]*")?\)|<[^<>\s][^<>\n]*>|https?:\/\/[^\s<>]+)/g;

/** Longer marks first, because they are made of shorter ones. */
const MARKS = [
  ['***', /\*\*\*(?=\S)[\s\S]*?\S\*\*\*(?!\*)/y],
  ['**', /\*\*(?=\S)[\s\S]*?\S\*\*(?!\*)/y],
  ['__', /__(?=\S)[\s\S]*?\S__(?!_)/y],
  ['~~', /~~(?=\S)[\s\S]*?\S~~/y],
  ['||', /\|\|(?=\S)[\s\S]*?\S\|\|/y],
  ['*', /\*(?=\S)[^*]*?[^\s*]\*(?!\*)/y],
  ['_', /(?<!\w)_(?=\S)[^_]*?[^\s_]_(?!\w)/y],
] as const;

/** A run of one sign; four and more are no mark. */
const SIGNS = /^(?:\*+|_+|~+|\|+)/;

/** Marks inside marks beyond this are not looked at. */
const DEEPEST = 6;

/** Everything in a text that should not be cut, outer spans before inner ones. */
export function spansOf(text: string): Span[] {
  const plain = plainSpans(text);
  return [...markedSpans(masked(text, plain), 0, text.length, 0), ...plain].sort(
    (a, b) => a.start - b.start || b.end - a.end,
  );
}

function plainSpans(text: string): Span[] {
  const spans: Span[] = [];
  for (const { 0: whole, index: start, groups = {} } of text.matchAll(PLAIN)) {
    const end = start + whole.length;
    if (groups.block) {
      const head = 3 + (groups.language ? groups.language.length + 1 : 0);
      spans.push({
        is: 'block',
        start,
        end,
        inner: { start: start + head, end: end - 3 },
        open: `\`\`\`${groups.language ?? ''}\n`,
        close: '\n```',
      });
    } else if (groups.code) {
      const ticks = groups.ticks ?? '`';
      const inner = { start: start + ticks.length, end: end - ticks.length };
      spans.push({ is: 'code', start, end, inner, open: ticks, close: ticks });
    } else spans.push({ is: 'link', start, end, inner: null, open: '', close: '' });
  }
  return spans;
}

/** The text with everything plain made unrecognizable, of the same length. */
function masked(text: string, spans: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of spans) {
    result += text.slice(at, start) + 'x'.repeat(end - start);
    at = end;
  }
  return result + text.slice(at);
}

function markedSpans(text: string, from: number, to: number, depth: number): Span[] {
  const spans: Span[] = [];
  // A mark that is never closed is not looked for again.
  const lonely = new Set<string>();
  let at = from;
  while (at < to) {
    const run = SIGNS.exec(text.slice(at, at + 4))?.[0].length ?? 0;
    const found = run > 0 && run < 4 ? markAt(text, at, to, lonely) : null;
    if (!found) {
      at += Math.max(1, run);
      continue;
    }
    const { mark, end } = found;
    const inner = { start: at + mark.length, end: end - mark.length };
    spans.push({ is: 'marked', start: at, end, inner, open: mark, close: mark });
    if (depth < DEEPEST) spans.push(...markedSpans(text, inner.start, inner.end, depth + 1));
    at = end;
  }
  return spans;
}

function markAt(text: string, at: number, to: number, lonely: Set<string>) {
  for (const [mark, pattern] of MARKS) {
    if (lonely.has(mark) || !text.startsWith(mark, at)) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match && at + match[0].length <= to) return { mark, end: at + match[0].length };
    if (mark.length > 1 && /\S/.test(text[at + mark.length] ?? '')) lonely.add(mark);
  }
  return null;
}
