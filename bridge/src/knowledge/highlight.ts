import type { HighlightedText } from '@flexcord/shared/panel/knowledge';
import { formOf, segmentsOf, words } from './words.ts';

/** Cuts texts into pieces of which those are marked whose word is one of the query's, in whatever form. */
export function highlighter(query: string): (text: string) => HighlightedText {
  const wanted = new Set(words(query));
  return (text) => {
    const pieces: HighlightedText = [];
    for (const { segment, isWordLike } of segmentsOf(text)) {
      const form = isWordLike ? formOf(segment) : null;
      const matched = form !== null && wanted.has(form);
      const last = pieces.at(-1);
      if (last && last.matched === matched) last.text += segment;
      else pieces.push({ text: segment, matched });
    }
    return pieces;
  };
}
