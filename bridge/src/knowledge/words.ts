const segmenters = {
  ja: new Intl.Segmenter('ja', { granularity: 'word' }),
  en: new Intl.Segmenter('en', { granularity: 'word' }),
};

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** Words that are in every question and tell none apart. */
const COMMON = new Set(
  `a an the i me my you your we our it its is am are was were be been do does did done can could will would should may
  to of in on at for from with by and or but not no if then so as this that these those there here how what when where
  which who why please help want need get got have has had just about into out up some any im ive dont cant again tell
  方法 場合`.split(/\s+/),
);

/** In Japanese, words in hiragana alone are nearly always grammar. */
const GRAMMAR = /^\p{Script=Hiragana}+$/u;

const normalize = (text: string) => text.normalize('NFKC').toLowerCase().replace(/[’']/g, '');

/** Cuts a text at the borders of its words, in its language. */
export const segmentsOf = (text: string): Intl.Segments =>
  (JAPANESE.test(text) ? segmenters.ja : segmenters.en).segment(text);

/** The one form of a word that `words` has for it; null for one that says nothing. */
export function formOf(word: string): string | null {
  const normal = normalize(word);
  return COMMON.has(normal) || GRAMMAR.test(normal) ? null : stem(normal);
}

/** The words of a text that say what it is about, in one form each. */
export function words(text: string): string[] {
  const found: string[] = [];
  for (const { segment, isWordLike } of segmentsOf(normalize(text))) {
    const form = isWordLike ? formOf(segment) : null;
    if (form !== null) found.push(form);
  }
  return found;
}

/** The language of a text, as far as the articles know languages. */
export const languageOf = (text: string): 'en' | 'ja' => (JAPANESE.test(text) ? 'ja' : 'en');

/** Enough of English grammar that "purchases" finds "purchase"; Japanese words are left as they are. */
function stem(word: string): string {
  if (!/^[a-z]{4,}$/.test(word)) return word;
  return word
    .replace(/ies$/, 'y')
    .replace(/(ss|sh|ch|x)es$/, '$1')
    .replace(/([^s])s$/, '$1')
    .replace(/(.{3,}[^e])ing$/, '$1')
    .replace(/(.{3,}[^e])ed$/, '$1')
    .replace(/(.{3,})e$/, '$1')
    .replace(/([bdgklmnprt])\1$/, '$1');
}
