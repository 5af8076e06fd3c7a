import { foldAccents } from '@flexcord/shared/messages/fold';
import { stemmer as english } from '@orama/stemmers/english';
import { LRUCache } from 'lru-cache';
import type { Language } from '../article.ts';
import { joinPhrases, meanings } from './synonyms.ts';

/** A word of a text: the form it is looked up by, and where it stands (UTF-16 offsets into the text given). */
export interface Term {
  term: string;
  start: number;
  end: number;
}

const segmenters = {
  ja: new Intl.Segmenter('ja', { granularity: 'word' }),
  en: new Intl.Segmenter('en', { granularity: 'word' }),
};

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** Words that are in every question and tell none apart. */
const COMMON = new Set(
  `a an the i me my you your we our it its is am are was were be been being do does did done doing can could will would
  should shall may might must to of in on at for from with by and or but if then so as than this that these that there
  here how what when where which who why please help want need get got getting have has had just about into any some im
  ive id ill dont cant didnt doesnt isnt hi hello hey tell know like also very really thanks thank all every always still now not no
  方法 場合 時 事 件 教え 下さい お願い 致し`.split(/\s+/),
);

/** In Japanese, words in hiragana alone are nearly always grammar. */
const GRAMMAR = /^\p{Script=Hiragana}+$/u;

const STEMMABLE = /^[a-z]{3,}$/;
const MAX_STEMS = 50_000;
const stems = new LRUCache<string, string>({ max: MAX_STEMS });
const meaning = meanings((word) => (STEMMABLE.test(word) ? english(word) : word));

/** Which language's rules a text is read by: a Japanese letter decides. */
export function languageOf(text: string): Language {
  return JAPANESE.test(text) ? 'ja' : 'en';
}

const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** Whether a question may be in a language, as far as letters tell. */
export function mayBeIn(text: string, language: string): boolean {
  if (!JAPANESE.test(text)) return language !== 'ja';
  return language === 'ja' || (language === 'zh' && !KANA.test(text));
}

/**
 * Width, case, accents and apostrophes made equal, so that two spellings of one word compare equal. The kanas stay two: in
 * Japanese, words in hiragana alone are grammar.
 */
export const plain = (text: string): string => foldAccents(text).replace(/[’'`´]/g, '');

/** Every word of a text, grammar too, stemmed where the language has a Snowball stemmer. */
export function allWords(text: string): string[] {
  const found: string[] = [];
  for (const { segment, isWordLike } of segments(joinPhrases(plain(text))))
    if (isWordLike) found.push(stem(segment));
  return found;
}

/** The words of a text that say what it is about, in one form each. */
export function words(text: string): string[] {
  const found: string[] = [];
  for (const { segment, isWordLike } of segments(joinPhrases(plain(text)))) {
    if (isWordLike && tells(segment)) found.push(stem(segment));
  }
  return found;
}

/** As `words`, with the place of each in the text as it was written. */
export function placedWords(text: string): Term[] {
  const found: Term[] = [];
  for (const { segment, index, isWordLike } of segments(text)) {
    if (!isWordLike) continue;
    const word = plain(segment);
    if (tells(word)) found.push({ term: stem(word), start: index, end: index + segment.length });
  }
  return found;
}

function segments(text: string): Intl.Segments {
  return segmenters[languageOf(text)].segment(text);
}

function tells(word: string): boolean {
  if (word === '' || COMMON.has(word)) return false;
  // Most words are Latin, and the expression is slow.
  return word.charCodeAt(0) < 0x3040 || !GRAMMAR.test(word);
}

function stem(word: string): string {
  if (!STEMMABLE.test(word)) return meaning.get(word) ?? word;
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stemmed = english(word);
  const stands = meaning.get(stemmed) ?? stemmed;
  stems.set(word, stands);
  return stands;
}
