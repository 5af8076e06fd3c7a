import { foldAccents, hiraganaOf } from '@flexcord/shared/messages/fold';
import { stemmer as english } from '@orama/stemmers/english';
import { LRUCache } from 'lru-cache';
import { type JapaneseWord, japaneseDictionary, pairsOf, withoutEndings } from './japanese.ts';
import { latinLanguageOf } from './latin-language.ts';
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
/** Korean has spaces, but its particles are part of what stands between them. */
const UNSPACED = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Script=Hangul}]/u;

/** Words that are in every question and tell none apart. */
const COMMON = new Set(
  `a an the i me my you your we our it its is am are was were be been being do does did done doing can could will would
  should shall may might must to of in on at for from with by and or but if then so as than this that these that there
  here how what when where which who why please help want need get got getting have has had just about into any some im
  ive id ill dont cant didnt doesnt isnt hi hello hey tell know like also very really thanks thank all every always still now not no
  方法 場合 時 事 件 教え 教える 下さい お願い 致し 致す`.split(/\s+/),
);

/** In Japanese, words in hiragana alone are nearly always grammar; where no dictionary tells, pairs of letters find the others. */
const GRAMMAR = /^\p{Script=Hiragana}+$/u;

const STEMMABLE = /^[a-z]{3,}$/;
const MAX_STEMS = 50_000;
// With `max`, the room for all of them would be taken at once.
const stems = new LRUCache<string, string>({ maxSize: MAX_STEMS, sizeCalculation: () => 1 });
const meaning = meanings((word) => (STEMMABLE.test(word) ? english(word) : word));

/** The dictionary takes 10 ms for 1,000 letters, and the same texts are read for several purposes. */
const MAX_READ_LETTERS = 300_000;
const readings = new LRUCache<string, JapaneseWord[]>({
  maxSize: MAX_READ_LETTERS,
  sizeCalculation: (_, text) => 1 + text.length,
});

/** Whose rules a text is read by: a Japanese letter decides. */
export function languageOf(text: string): 'en' | 'ja' {
  return JAPANESE.test(text) ? 'ja' : 'en';
}

/** Code and addresses, which are in no language. */
const NO_WORDS = /```[\s\S]*?```|`[^`\n]*`|https?:\/\/\S+/g;
/** Scripts in which pages of one language, or of one much more than of others, are written. */
const SCRIPTS: [language: string, letters: RegExp][] = [
  ['ja', JAPANESE],
  ['ko', /\p{Script=Hangul}/u],
  ['ru', /\p{Script=Cyrillic}/u],
  ['ar', /\p{Script=Arabic}/u],
  ['he', /\p{Script=Hebrew}/u],
  ['el', /\p{Script=Greek}/u],
  ['th', /\p{Script=Thai}/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['bn', /\p{Script=Bengali}/u],
  ['km', /\p{Script=Khmer}/u],
];
/** Of the letters of a page in another script; a page in English that names something in it has fewer. */
const MIN_SHARE = 0.1;
/** Letters that tell two languages of one script apart. */
const OWN_LETTERS: Record<string, { language: string; is(text: string): boolean }> = {
  ja: {
    language: 'zh',
    is: (text) =>
      timesIn(text, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu) <
      timesIn(text, /\p{Script=Han}/gu) * MIN_SHARE,
  },
  ru: { language: 'uk', is: (text) => /[іїєґ]/i.test(text) && !/[ыэъё]/i.test(text) },
  ar: { language: 'fa', is: (text) => /[پچژگ]/.test(text) },
};

const timesIn = (text: string, letter: RegExp): number => text.match(letter)?.length ?? 0;

/** The language of a whole page as its script or its short words tell it, a tag; English where they tell nothing. A word in another script decides nothing. */
export function languageOfPage(text: string): string {
  const words = text.replace(NO_WORDS, ' ');
  const letters = words.match(/\p{L}/gu) ?? [];
  for (const [language, script] of SCRIPTS) {
    const own = letters.filter((letter) => script.test(letter)).length;
    if (own === 0 || own < letters.length * MIN_SHARE) continue;
    const other = OWN_LETTERS[language];
    return other?.is(words) ? other.language : language;
  }
  return latinLanguageOf(words) ?? 'en';
}

/**
 * The languages that letters tell: kana are Japanese and Hangul Korean, Han letters alone Japanese or Chinese. None for others,
 * of which the letters tell nothing.
 */
function toldByLetters(text: string): readonly string[] {
  if (/\p{Script=Hangul}/u.test(text)) return ['ko'];
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return ['ja'];
  return /\p{Script=Han}/u.test(text) ? ['ja', 'zh'] : [];
}

/** Whether a question may be in a language, as far as letters tell. */
export function mayBeIn(text: string, language: string): boolean {
  const told = toldByLetters(text);
  return told.length > 0 ? told.includes(language) : language !== 'ja';
}

/**
 * Which language's articles a question is looked up in first: the one that its letters tell. Where they tell several or none,
 * as of "FAQ?", it is the member's own.
 */
export function askedLanguage(text: string, locale: string | null): string {
  const own = locale?.split('-')[0]?.toLowerCase() ?? 'en';
  const [first, ...others] = toldByLetters(text);
  if (first !== undefined) return others.includes(own) ? own : first;
  return own === 'ja' && /[a-z]+\s+[a-z]+/i.test(text) ? 'en' : own;
}

/**
 * Width, case, accents and apostrophes made equal, so that two spellings of one word compare equal. The kanas stay two: in
 * Japanese, words in hiragana alone are grammar.
 */
export const plain = (text: string): string => foldAccents(text).replace(/[’'`´]/g, '');

/** Every word of a text, grammar too, stemmed where the language has a Snowball stemmer. */
export function allWords(text: string): string[] {
  const letters = plain(text);
  const read = readJapanese(letters);
  if (read) return read.flatMap(({ base }) => (/[\p{L}\p{N}]/u.test(base) ? stem(base) : []));
  const found: string[] = [];
  for (const { segment, isWordLike } of segments(joinPhrases(letters)))
    if (isWordLike) found.push(stem(segment));
  return found;
}

/**
 * The words of a text that say what it is about, in one form each; of what is written without spaces also each two
 * letters, as members do not write it as a dictionary does, and how they are read where a dictionary tells it.
 */
export function words(text: string): string[] {
  const letters = plain(text);
  const read = readJapanese(letters);
  if (read) return wordsRead(read);
  const found: string[] = [];
  for (const { segment, isWordLike } of segments(joinPhrases(letters))) {
    if (isWordLike && tells(segment)) found.push(stem(segment));
  }
  if (UNSPACED.test(letters)) found.push(...pairsOf(withoutEndings(hiraganaOf(letters)), LETTERS));
  return found;
}

/** Before pairs of letters as they are written, and as they are read. */
const LETTERS = '字';
const READING = '音';

function wordsRead(read: readonly JapaneseWord[]): string[] {
  const found: string[] = [];
  let run = '';
  for (const { surface, base, tells } of read) {
    run += tells ? hiraganaOf(surface) : ' ';
    if (tells && !COMMON.has(base)) found.push(stem(base));
  }
  const reading = read.map((word) => word.reading).join('');
  return [...found, ...pairsOf(run, LETTERS), ...pairsOf(reading, READING)];
}

/** What runs of letters are taken from: the kanas made one, and how it is read where a dictionary tells it. */
export function lettersOf(text: string): string {
  const letters = plain(text);
  if (!JAPANESE.test(letters)) return letters;
  const read = readJapanese(letters);
  const folded = hiraganaOf(letters);
  return read ? `${folded} ${read.map(({ reading }) => reading).join('')}` : folded;
}

/** Null where no dictionary was loaded, and of other languages. */
function readJapanese(letters: string): JapaneseWord[] | null {
  const dictionary = japaneseDictionary();
  if (!dictionary || !JAPANESE.test(letters)) return null;
  const known = readings.get(letters);
  if (known) return known;
  const read = dictionary(letters);
  readings.set(letters, read);
  return read;
}

/** As the words of `words`, with the place of each in the text as it was written. */
export function placedWords(text: string): Term[] {
  const found: Term[] = [];
  for (const { segment, index, isWordLike } of segments(text)) {
    if (!isWordLike) continue;
    const word = plain(segment);
    if (tells(word)) found.push({ term: stem(word), start: index, end: index + segment.length });
  }
  return found;
}

/** The words of a text as `placedWords` has them, which are compared with those. */
export const shownWords = (text: string): Set<string> => new Set(placedWords(text).map(({ term }) => term));

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
