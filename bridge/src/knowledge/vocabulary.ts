// biome-ignore-all lint/style/noNonNullAssertion: rows are as long as the longest word
/** A word of the vocabulary that is near to one that was asked with. */
export interface Near {
  term: string;
  /** Letters that differ. */
  distance: number;
}

export interface Vocabulary {
  add(term: string): void;
  remove(term: string): void;
  /** Words with the same first letter that a typing error or two away, nearest first; never `term` itself. */
  near(term: string): Near[];
}

/** Shorter words have too many neighbours that mean something else. */
const SHORTEST = 5;
const LETTERS_AN_ERROR = 5;
const MOST_ERRORS = 2;
const MOST_NEAR = 12;

/** Words by first letter and length, so that few are compared. */
export function createVocabulary(): Vocabulary {
  const shelves = new Map<string, Set<string>>();
  const key = (first: string, length: number) => `${first}${length}`;

  return {
    add(term) {
      const name = key(term.charAt(0), term.length);
      const shelf = shelves.get(name);
      if (shelf) shelf.add(term);
      else shelves.set(name, new Set([term]));
    },
    remove(term) {
      shelves.get(key(term.charAt(0), term.length))?.delete(term);
    },
    near(term) {
      if (term.length < SHORTEST || /\d/.test(term)) return [];
      const most = Math.min(MOST_ERRORS, Math.round(term.length / LETTERS_AN_ERROR));
      const found: Near[] = [];
      for (let length = term.length - most; length <= term.length + most; length++) {
        for (const other of shelves.get(key(term.charAt(0), length)) ?? []) {
          const distance = errorsBetween(term, other, most);
          if (distance > 0 && distance <= most) found.push({ term: other, distance });
        }
      }
      return found.sort((a, b) => a.distance - b.distance || (a.term < b.term ? -1 : 1)).slice(0, MOST_NEAR);
    },
  };
}

/** Longer words are compared by their beginnings only. */
const LONGEST = 40;
/** Three rows are enough for the whole table, and reused: this runs thousands of times a query. */
let beforeLast = new Uint8Array(LONGEST + 1);
let last = new Uint8Array(LONGEST + 1);
let current = new Uint8Array(LONGEST + 1);

/** Insertions, deletions, replacements and swaps of neighbours; `most` + 1 when there are more. */
export function errorsBetween(one: string, other: string, most: number): number {
  const rows = Math.min(one.length, LONGEST);
  const columns = Math.min(other.length, LONGEST);
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
