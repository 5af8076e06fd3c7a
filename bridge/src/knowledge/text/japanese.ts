import { hiraganaOf } from '@flexcord/shared/messages/fold';

/** A word of a Japanese text. */
export interface JapaneseWord {
  surface: string;
  /** As a dictionary lists it: つながら is of つながる. */
  base: string;
  /** In hiragana. */
  reading: string;
  /** Whether it says what a text is about: no particle, ending or sign. */
  tells: boolean;
}

export type JapaneseDictionary = (text: string) => JapaneseWord[];

let dictionary: JapaneseDictionary | null = null;

/** The dictionary of this process; null where none was loaded. */
export const japaneseDictionary = (): JapaneseDictionary | null => dictionary;

/** What of a token of the IPA dictionary is used. https://github.com/lindera/lindera */
interface IpadicToken {
  surface: string;
  baseForm?: string;
  reading?: string;
  partOfSpeech: string;
  partOfSpeechSubcategory1?: string;
}

const TELLING = new Set(['名詞', '動詞', '形容詞', '副詞', '接頭詞', 'UNK']);
const DEPENDENT = new Set(['非自立', '代名詞']);
const GENERAL_VERBS = new Set(['する', 'ある', 'なる', 'できる', 'いる']);

/**
 * Reads Japanese with the IPA dictionary from now on: words in their base form, and how they are read, which joins kana and
 * kanji. Takes 0.8 s of processor and some 200 MB; before anything is indexed, as what was indexed is not read again.
 */
export async function loadJapaneseDictionary(): Promise<void> {
  if (dictionary) return;
  const { TokenizerBuilder } = await import('lindera-wasm-nodejs-ipadic');
  const builder = new TokenizerBuilder();
  builder.setDictionary('embedded://ipadic');
  builder.setMode('normal');
  const tokenizer = builder.build();
  dictionary = (text) => (tokenizer.tokenize(text) as IpadicToken[]).map(wordOf);
}

function wordOf({
  surface,
  baseForm,
  reading,
  partOfSpeech,
  partOfSpeechSubcategory1,
}: IpadicToken): JapaneseWord {
  const base = known(baseForm) ?? surface;
  return {
    surface,
    base,
    reading: hiraganaOf(known(reading) ?? surface),
    tells:
      TELLING.has(partOfSpeech) &&
      !DEPENDENT.has(partOfSpeechSubcategory1 ?? '') &&
      !GENERAL_VERBS.has(base) &&
      /[\p{L}\p{N}]/u.test(surface),
  };
}

const known = (value: string | undefined): string | undefined => (value === '*' ? undefined : value);

/** Stretches of letters that are written without spaces between words. */
const UNSPACED = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Script=Hangul}ー々]+/gu;

/** Kanji with a kana between them that some write and some leave out: 引き継ぎ, 引継ぎ. Particles are none of these. */
const OKURIGANA = /(\p{Script=Han})[いきしちみりえけせめれげべぎじび](?=(\p{Script=Han}))/gu;

/** Each two neighbouring letters of what is written without spaces, and what stands alone; `mark` tells kinds apart. */
export function pairsOf(text: string, mark: string): string[] {
  const pairs = [...text.matchAll(OKURIGANA)].map(([, one = '', other = '']) => mark + one + other);
  for (const [run] of text.matchAll(UNSPACED)) {
    if (run.length === 1) pairs.push(mark + run);
    for (let at = 0; at + 1 < run.length; at++) pairs.push(mark + run.slice(at, at + 2));
  }
  return pairs;
}

/** Polite and auxiliary endings, and what else is in every message. */
const ENDINGS =
  /(?:教え(?:て|る)|方法|場合|について|どう(?:すれば|したら|やって)|(?:て|で)(?:しまい|しまっ|もらえ|いただけ|ほし)|のですが|んですが|のでしょうか|でしょうか|ください|下さい|ませんか|ますか|ませんでした|ました|ません|まして|ます|でした|ですか|です|たいの?|(?:い|よ)いの?|(?:たら|れば)|という|こと|とき|もの|ため|から|まで|など)/g;

/** The letters without endings, for where no dictionary tells them from words. */
export const withoutEndings = (text: string): string => text.replace(ENDINGS, ' ');
