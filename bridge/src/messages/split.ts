/** Where a text is best cut, best first. Each ends a piece and is not lost: only the white space itself goes. */
const CUTS = [/\n{2,}/g, /\n/g, /[.!?。！？]\s*(?=\S)/g, /\s+/g];

const FENCE = /^(`{3,}|~{3,})(.*)$/;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Pieces of at most `limit` UTF-16 units (Discord counts characters; this is never more generous). Cuts between
 * paragraphs, else lines, sentences, words, and only then inside a word, but never inside a grapheme, a link or a code
 * span. A code fence that is cut is closed and opened again with its language.
 */
export function splitMarkdown(text: string, limit: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  let reopen = '';
  while (reopen.length + rest.length > limit) {
    const room = limit - reopen.length;
    const fenceAt = (end: number) => openFence(reopen + rest.slice(0, end));
    let end = findCut(rest, room);
    let fence = fenceAt(end);
    if (fence) {
      end = findCut(rest, room - fence.close.length - 1);
      fence = fenceAt(end);
    }
    const body = reopen + rest.slice(0, end).trimEnd();
    pieces.push(fence ? `${body}\n${fence.close}` : body);
    rest = fence ? rest.slice(end).replace(/^\n/, '') : rest.slice(end).trimStart();
    reopen = fence ? `${fence.open}\n` : '';
  }
  if (rest.trim()) pieces.push(reopen + rest);
  return pieces.filter((piece) => piece.trim());
}

/** The end of the longest good piece of at most `room` units; always above 0. */
function findCut(text: string, room: number): number {
  if (text.length <= room) return text.length;
  const atoms = unbreakable(text, room);
  const allowed = (at: number) => !atoms.some(({ start, end }) => at > start && at < end);
  for (const pattern of CUTS) {
    let best = 0;
    for (const match of text.slice(0, room + 1).matchAll(pattern)) {
      const at = pattern === CUTS[2] ? match.index + match[0].length : match.index;
      if (at > 0 && at <= room && allowed(at)) best = at;
    }
    // A cut near the beginning would make a stub of a message.
    if (best > room / 4) return best;
  }
  for (const atom of atoms) if (atom.start < room && atom.end > room && atom.start > 0) return atom.start;
  let end = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, room + 64))) {
    if (index + segment.length > room) break;
    end = index + segment.length;
  }
  return end || Math.max(1, room);
}

/** Links and code spans that fit into one piece. */
function unbreakable(text: string, room: number): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const match of text
    .slice(0, room * 2)
    .matchAll(/\[[^\]\n]*\]\([^)\s]*\)|https?:\/\/[^\s<>]+|`[^`\n]+`/g)) {
    if (match[0].length <= room) found.push({ start: match.index, end: match.index + match[0].length });
  }
  return found;
}

/** The fence that is still open at the end of `text`. */
function openFence(text: string): { open: string; close: string } | null {
  let open: { open: string; close: string } | null = null;
  for (const line of text.split('\n')) {
    const [, marks = '', info = ''] = FENCE.exec(line.trimStart()) ?? [];
    if (!marks) continue;
    if (!open) open = { open: marks + info, close: marks };
    else if (marks.startsWith(open.close) && !info.trim()) open = null;
  }
  return open;
}
