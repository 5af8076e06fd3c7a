// biome-ignore-all lint/style/noNonNullAssertion: rows are as long as the longest word
/** A word of the vocabulary that is near to one that was asked with. */
export interface SimilarTerm {
  term: string;
  /** Letters that differ. */
  distance: number;
}

export interface Vocabulary {
  add(term: string): void;
  remove(term: string): void;
  /** Words with the same first letter that a typing error or two away, nearest first; never `term` itself. */
  similarTo(term: string): SimilarTerm[];
}

/** Shorter words have too many neighbours that mean something else. */
const MIN_TERM_LENGTH = 5;
const LETTERS_PER_ERROR = 5;
const MAX_ERRORS = 2;
const MAX_NEAR = 12;

/** Words with the same first letter and as many letters, each with the letters it has. */
interface LengthGroup {
  terms: string[];
  letters: number[];
  places: Map<string, number>;
}

/** Words by first letter and length, so that few are compared. */
export function createVocabulary(): Vocabulary {
  const groups = new Map<string, LengthGroup>();

  return {
    add(term) {
      const group: LengthGroup = groups.get(keyOf(term)) ?? { terms: [], letters: [], places: new Map() };
      groups.set(keyOf(term), group);
      if (group.places.has(term)) return;
      group.places.set(term, group.terms.length);
      group.terms.push(term);
      group.letters.push(lettersOf(term));
    },
    remove(term) {
      const group = groups.get(keyOf(term));
      const place = group?.places.get(term);
      if (!group || place === undefined) return;
      const last = group.terms.length - 1;
      group.terms[place] = group.terms[last]!;
      group.letters[place] = group.letters[last]!;
      group.places.set(group.terms[place]!, place);
      group.places.delete(term);
      group.terms.pop();
      group.letters.pop();
    },
    similarTo(term) {
      if (term.length < MIN_TERM_LENGTH || /\d/.test(term)) return [];
      const most = Math.min(MAX_ERRORS, Math.round(term.length / LETTERS_PER_ERROR));
      const letters = lettersOf(term);
      const found: SimilarTerm[] = [];
      for (let length = term.length - most; length <= term.length + most; length++) {
        const group = groups.get(keyOf(term, length));
        for (let place = 0; place < (group?.terms.length ?? 0); place++) {
          // An error takes one letter away and brings one in, at most; comparing whole words costs far more.
          if (bitsOf(letters ^ group!.letters[place]!) > 2 * most) continue;
          const other = group!.terms[place]!;
          const distance = editDistance(term, other, most);
          if (distance > 0 && distance <= most) found.push({ term: other, distance });
        }
      }
      return found.sort((a, b) => a.distance - b.distance || (a.term < b.term ? -1 : 1)).slice(0, MAX_NEAR);
    },
  };
}

function keyOf(term: string, length = term.length): string {
  return `${term.charAt(0)}${length}`;
}

/** Which letters a word has, as bits; letters beyond a to z share bits. */
function lettersOf(term: string): number {
  let bits = 0;
  for (let index = 0; index < term.length; index++) bits |= 1 << (term.charCodeAt(index) & 31);
  return bits;
}

/** How many bits are set. https://graphics.stanford.edu/~seander/bithacks.html#CountBitsSetParallel */
function bitsOf(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Longer words are compared by their beginnings only. */
const MAX_COMPARED_LENGTH = 40;
/** Three rows are enough for the whole table, and reused: this runs thousands of times a query. */
let beforeLast = new Uint8Array(MAX_COMPARED_LENGTH + 1);
let last = new Uint8Array(MAX_COMPARED_LENGTH + 1);
let current = new Uint8Array(MAX_COMPARED_LENGTH + 1);

/** Insertions, deletions, replacements and swaps of neighbours; `most` + 1 when there are more. */
export function editDistance(one: string, other: string, most: number): number {
  const rows = Math.min(one.length, MAX_COMPARED_LENGTH);
  const columns = Math.min(other.length, MAX_COMPARED_LENGTH);
  if (Math.abs(one.length - other.length) > most) return most + 1;
  for (let column = 0; column <= columns; column++) last[column] = column;
  for (let row = 1; row <= rows; row++) {
    const letter = one.charCodeAt(row - 1);
    const letterBefore = row > 1 ? one.charCodeAt(row - 2) : -1;
    let least = row;
    current[0] = row;
    for (let column = 1; column <= columns; column++) {
      const otherLetter = other.charCodeAt(column - 1);
      let errors = last[column - 1]! + (letter === otherLetter ? 0 : 1);
      if (last[column]! + 1 < errors) errors = last[column]! + 1;
      if (current[column - 1]! + 1 < errors) errors = current[column - 1]! + 1;
      if (column > 1 && letterBefore === otherLetter && letter === other.charCodeAt(column - 2)) {
        errors = Math.min(errors, beforeLast[column - 2]! + 1);
      }
      current[column] = errors;
      if (errors < least) least = errors;
    }
    if (least > most) return most + 1;
    [beforeLast, last, current] = [last, current, beforeLast];
  }
  return last[columns]!;
}
