/**
 * Texts in one form in which they are compared. Which one depends on what a wrong "the same" costs: `foldCase` for what is
 * one thing or two, such as tags; `foldForSearch` for what people look for.
 */

/** Width and case made equal, also where a letter has no simple counterpart: ß and SS, σ and ς, ı and I. */
export const foldCase = (text: string): string =>
  text.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase().replaceAll('ς', 'σ').normalize('NFKC');

/** Marks that people leave out when they type: accents of Latin and Greek, the dots of ё, vowel points. */
const ACCENTS =
  /(?<=[\p{Script=Latin}\p{Script=Greek}]\p{M}*)\p{M}|(?<=е)\u0308|[\u0591-\u05c7\u064b-\u0652\u0670\u0640]/gu;
/** Letters whose stroke or bow no decomposition takes off. */
const STROKES: Record<string, string> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
};

/** As `foldCase`, and accents made equal. A mark of a kana, or the bow of й, is another letter and stays. */
export const foldAccents = (text: string): string => {
  const folded = foldCase(text);
  // Most texts have none, and taking them apart and together again takes longer than looking.
  if (!/[^\0-\x7f]/.test(folded)) return folded;
  return folded
    .normalize('NFD')
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(/[øłđðħŧþæœ]/g, (letter) => STROKES[letter] ?? letter);
};

/** From a katakana to its hiragana. */
const KANA_DISTANCE = 0x60;

/** Katakana as hiragana; the rest stays. */
export const hiraganaOf = (text: string): string =>
  text.replace(/[\u30a1-\u30f6\u30fd\u30fe]/g, (kana) =>
    String.fromCharCode(kana.charCodeAt(0) - KANA_DISTANCE),
  );

/** As `foldAccents`, and katakana and hiragana made equal. */
export const foldForSearch = (text: string): string => hiraganaOf(foldAccents(text));
