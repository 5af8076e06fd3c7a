import { foldForSearch } from '@flexcord/shared/messages/fold';

/** Scripts written without spaces: their text is looked up by pairs of neighbouring characters. */
const UNSPACED = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}ー々〆]$/u;
/** A word longer than this is an id or an address; its beginning is enough to find it. */
const MAX_WORD_LENGTH = 40;

/** Words in their order; those of one run of characters follow each other. */
export interface Run {
  words: string[];
  /** True where more characters may follow in what is looked for. */
  open: boolean;
}

/** Runs of letters and digits, of either kind of script. */
function pieces(text: string): { characters: string[]; unspaced: boolean }[] {
  const found: { characters: string[]; unspaced: boolean }[] = [];
  for (const [word] of foldForSearch(text).matchAll(/[\p{L}\p{N}ー]+/gu)) {
    for (const character of word) {
      const unspaced = UNSPACED.test(character);
      const last = found.at(-1);
      if (last && last.unspaced === unspaced && last.characters !== closed) last.characters.push(character);
      else found.push({ characters: [character], unspaced });
    }
    found.push({ characters: closed, unspaced: false });
  }
  return found.filter(({ characters }) => characters !== closed);
}
/** Stands between words, so that two of them never become one. */
const closed: string[] = [];

/** What a text is found by, at most `most` words of it. */
export function wordsOf(text: string, most: number): string[] {
  const words: string[] = [];
  for (const { characters, unspaced } of pieces(text)) {
    if (words.length >= most) break;
    if (!unspaced) words.push(characters.slice(0, MAX_WORD_LENGTH).join(''));
    else {
      for (let at = 0; at + 1 < characters.length; at += 1)
        words.push(`${characters[at]}${characters[at + 1]}`);
      // Alone too, so that a single character is found at the end of a run as well.
      words.push(characters.at(-1) ?? '');
    }
  }
  return words.slice(0, most);
}

/** What a search asks for: every run must be there. Empty where nothing of it can be looked up. */
export function runsOf(query: string, most: number): Run[] {
  return pieces(query)
    .slice(0, most)
    .map(({ characters, unspaced }) => {
      if (!unspaced) return { words: [characters.slice(0, MAX_WORD_LENGTH).join('')], open: true };
      if (characters.length === 1) return { words: characters, open: true };
      const words = characters
        .slice(0, MAX_WORD_LENGTH)
        .map((character, at) => `${character}${characters[at + 1] ?? ''}`)
        .slice(0, -1);
      return { words, open: false };
    });
}
