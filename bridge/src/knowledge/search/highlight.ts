import type { HighlightedText } from '@flexcord/shared/panel/knowledge';
import type { Range } from './extract.ts';

/** Cuts a text into pieces of which those in `ranges` are marked; ranges are in order and do not overlap. */
export function piecesOf(text: string, ranges: readonly Range[]): HighlightedText {
  const pieces: HighlightedText = [];
  const add = (end: number, start: number, matched: boolean) => {
    if (end <= start) return;
    const last = pieces.at(-1);
    if (last?.matched === matched) last.text += text.slice(start, end);
    else pieces.push({ text: text.slice(start, end), matched });
  };
  let at = 0;
  for (const { start, end } of ranges) {
    add(start, at, false);
    add(end, start, true);
    at = end;
  }
  add(text.length, at, false);
  return pieces;
}
