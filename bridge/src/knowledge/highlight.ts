import type { HighlightedText } from '@flexcord/shared/panel/knowledge';
import { words } from './words.ts';

const segmenters = {
  ja: new Intl.Segmenter('ja', { granularity: 'word' }),
  en: new Intl.Segmenter('en', { granularity: 'word' }),
};
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** The language of a text, as far as the articles know languages. */
export const languageOf = (text: string): 'en' | 'ja' => (JAPANESE.test(text) ? 'ja' : 'en');

/** `text` in pieces; those whose word is one of the query's, in whatever form, are marked. */
export function highlight(text: string, query: string): HighlightedText {
  const wanted = new Set(words(query));
  const pieces: HighlightedText = [];
  for (const { segment, isWordLike } of segmenters[languageOf(text)].segment(text)) {
    const matched = Boolean(isWordLike) && words(segment).some((word) => wanted.has(word));
    const last = pieces.at(-1);
    if (last && last.matched === matched) last.text += segment;
    else pieces.push({ text: segment, matched });
  }
  return pieces;
}
