// biome-ignore-all lint/style/noNonNullAssertion: every field has its postings, and every slot its lengths
import type { Article } from '../article.ts';
import { words } from '../text/terms.ts';
import { createVocabulary, type Vocabulary } from '../text/vocabulary.ts';
import { leastOfGreatest } from './greatest.ts';

/** What is looked for: an article with the questions that were taught for it. */
export interface SearchDocument {
  article: Article;
  learnedQuestions: string[];
}

export interface WordMatch {
  id: string;
  /** BM25+ in standard deviations over all articles; 0 is an article without a match. */
  score: number;
  /** Share of the query's telling words, by rarity, that the article has; from 0 to 1. */
  coverage: number;
}

export interface WordIndex {
  readonly size: number;
  /** How much of all words stands in texts, not in titles or questions; 0 to 1. */
  readonly textShare: number;
  put(id: string, entry: SearchDocument): void;
  remove(id: string): void;
  /** The `limit` best articles, in no order; with `leftOut` as if that were not known. */
  match(query: string, limit: number, leftOut?: LeftOut): WordMatch[];
  /** What was put, and nothing of what the index was made from. */
  pack(): PackedWords;
}

/** An article, or one of its questions alone. */
export interface LeftOut {
  id: string;
  question?: string;
}

/** Where a word stands: the slots of the articles, and how often in each. */
interface Postings {
  slots: number[];
  times: number[];
}

interface Slot {
  id: string;
  /** By field: its words, each once; null for what came packed. */
  terms: string[][] | null;
}

/** A whole index in few pieces, which a thread can hand to another and a file can hold. */
export interface PackedWords {
  /** By slot. */
  ids: string[];
  /** Words have no line breaks, and stand here one a line. */
  terms: string;
  fields: {
    /** By word: where it begins in `slots` and `times`, and last where the last one ends. */
    starts: Uint32Array;
    slots: Uint32Array;
    times: Uint16Array;
    /** By slot. */
    lengths: Uint32Array;
  }[];
}

/** Which articles have the query's word of this number, in this or a near form. */
interface TermMatches {
  mark: Uint16Array;
  number: number;
  slots: number[];
}

/** The words of a question that is left out of what is asked of the article in a slot. */
interface Missing {
  slot: number;
  times: Map<string, number>;
  length: number;
}

/** Title, sample questions, text. */
const BOOSTS = [2, 1, 1];
const QUESTIONS = 1;
/**
 * Beside long texts one or two questions tell little of what else an article is asked for, and by their few words they would
 * outweigh it: from one share of texts to another, what they count falls to the least. Chosen on JSQuAD's validation file.
 */
const LONG_TEXTS = { from: 0.5, to: 0.8, least: 0.25 };
/** Of BM25+, as usual. https://en.wikipedia.org/wiki/Okapi_BM25 */
const K = 1.2;
const B = 0.7;
const DELTA = 0.5;
/** What a word counts that is near to the one asked with. */
const NEAR_WEIGHT = 0.45;

/** Words that are taken over from a packed index between two pauses. */
const TERMS_PER_STEP = 500;

export const createWordIndex = (): WordIndex =>
  indexOver({ ids: [], terms: '', fields: [] }, new Map(), createVocabulary());

/** An index of what was packed, to which more can be put. */
export function* unpackWords(packed: PackedWords): Generator<void, WordIndex> {
  const numbers = new Map<string, number>();
  const vocabulary = createVocabulary();
  for (const term of packed.terms === '' ? [] : packed.terms.split('\n')) {
    numbers.set(term, numbers.size);
    vocabulary.add(term);
    if (numbers.size % TERMS_PER_STEP === 0) yield;
  }
  return indexOver(packed, numbers, vocabulary);
}

/**
 * BM25+ over title, sample questions and text of the articles of one language, tolerant of typing errors. `packed` stays as
 * it is: what is put goes beside it, and what is removed of it is passed over.
 */
function indexOver(
  packed: PackedWords,
  packedTerms: ReadonlyMap<string, number>,
  vocabulary: Vocabulary,
): WordIndex {
  const postings = BOOSTS.map(() => new Map<string, Postings>());
  /** By field and slot: how many words stand there. */
  const lengths = BOOSTS.map((_, field) => Array.from(packed.fields[field]?.lengths ?? []));
  const totals = lengths.map((own) => own.reduce((sum, length) => sum + length, 0));
  const slots: (Slot | null)[] = packed.ids.map((id) => ({ id, terms: null }));
  const free: number[] = [];
  const slotOf = new Map(packed.ids.map((id, at) => [id, at]));
  /** Whether an article of `packed` was removed. */
  let hasGone = false;

  function remove(id: string): void {
    const at = slotOf.get(id);
    const slot = at === undefined ? undefined : slots[at];
    if (at === undefined || !slot) return;
    for (const field of BOOSTS.keys()) {
      totals[field]! -= lengths[field]![at] ?? 0;
      for (const term of slot.terms?.[field] ?? []) removePosting(field, term, at);
    }
    slots[at] = null;
    slotOf.delete(id);
    if (slot.terms) free.push(at);
    else hasGone = true;
  }

  function removePosting(field: number, term: string, at: number): void {
    const list = postings[field]!.get(term);
    const place = list?.slots.indexOf(at) ?? -1;
    if (!list || place < 0) return;
    list.slots.splice(place, 1);
    list.times.splice(place, 1);
    if (list.slots.length > 0) return;
    postings[field]!.delete(term);
    if (!isKnown(term)) vocabulary.remove(term);
  }

  const textShare = () => totals[2]! / Math.max(1, totals[0]! + totals[1]! + totals[2]!);
  const isKnown = (term: string) => packedTerms.has(term) || postings.some((field) => field.has(term));

  function put(id: string, { article, learnedQuestions }: SearchDocument): void {
    remove(id);
    const at = free.pop() ?? slots.length;
    const terms: string[][] = [];
    [article.title, [...article.questions, ...learnedQuestions].join('\n'), article.text].forEach(
      (text, field) => {
        const all = words(text);
        const times = timesOf(all);
        for (const [term, count] of times) {
          if (!isKnown(term)) vocabulary.add(term);
          const list = postings[field]!.get(term);
          if (list) {
            list.slots.push(at);
            list.times.push(count);
          } else postings[field]!.set(term, { slots: [at], times: [count] });
        }
        totals[field]! += all.length;
        terms.push([...times.keys()]);
        lengths[field]![at] = all.length;
      },
    );
    slots[at] = { id, terms };
    slotOf.set(id, at);
  }

  /** Where a word stands in a field of `packed`: from, to. */
  function packedRange(field: number, number: number | undefined): [from: number, to: number] {
    const starts = packed.fields[field]?.starts;
    return starts && number !== undefined ? [starts[number]!, starts[number + 1]!] : [0, 0];
  }

  function countOf(field: number, term: string, number: number | undefined): number {
    const [from, to] = packedRange(field, number);
    let count = postings[field]!.get(term)?.slots.length ?? 0;
    if (!hasGone) return count + to - from;
    const { slots: list } = packed.fields[field] ?? { slots: [] };
    for (let index = from; index < to; index++) if (slots[list[index]!]) count++;
    return count;
  }

  /** Adds to `scores` what `term` says for each article, and marks in `having` the articles that have it. */
  function score(
    term: string,
    weight: number,
    scores: Float64Array,
    having: TermMatches,
    missing: Missing | null,
  ): void {
    const size = slotOf.size;
    const number = packedTerms.get(term);
    // A word that is rare in questions and in every text is not rare.
    const most = Math.max(...BOOSTS.map((_, field) => countOf(field, term, number)));
    const rarity = Math.log(1 + (size - most + 0.5) / (most + 0.5));
    const left = missing?.times.get(term) ?? 0;
    const long = Math.min(
      1,
      Math.max(0, (textShare() - LONG_TEXTS.from) / (LONG_TEXTS.to - LONG_TEXTS.from)),
    );
    for (const [field, usualBoost] of BOOSTS.entries()) {
      const boost = field === QUESTIONS ? usualBoost * (1 - (1 - LONG_TEXTS.least) * long) : usualBoost;
      const own = lengths[field]!;
      const usualLength = totals[field]! / size || 1;
      const factor = weight * boost * rarity;
      const addAll = (list: ArrayLike<number>, counts: ArrayLike<number>, from: number, to: number) => {
        for (let index = from; index < to; index++) {
          const at = list[index]!;
          if (!slots[at]) continue;
          let times = counts[index]!;
          let length = own[at]!;
          if (missing?.slot === at && field === QUESTIONS) {
            times -= left;
            length -= missing.length;
            if (times <= 0) continue;
          }
          const part = (times * (K + 1)) / (times + K * (1 - B + (B * length) / usualLength));
          scores[at]! += factor * (DELTA + part);
          if (having.mark[at] === having.number) continue;
          having.mark[at] = having.number;
          having.slots.push(at);
        }
      };
      const whole = packed.fields[field];
      if (whole) addAll(whole.slots, whole.times, ...packedRange(field, number));
      const list = postings[field]!.get(term);
      if (list) addAll(list.slots, list.times, 0, list.slots.length);
    }
  }

  function missingOf({ id, question }: LeftOut): Missing | null {
    const slot = slotOf.get(id);
    if (slot === undefined || question === undefined) return null;
    const all = words(question);
    return { slot, times: timesOf(all), length: all.length };
  }

  function match(query: string, limit: number, leftOut?: LeftOut): WordMatch[] {
    const missing = leftOut ? missingOf(leftOut) : null;
    const gone = leftOut && !missing ? leftOut.id : null;
    const scores = new Float64Array(slots.length);
    const covered = new Float64Array(slots.length);
    const matched = new Uint16Array(slots.length);
    const having: TermMatches = { mark: new Uint16Array(slots.length), number: 0, slots: [] };
    let whole = 0;
    for (const term of new Set(words(query))) {
      having.number++;
      having.slots = [];
      score(term, 1, scores, having, missing);
      for (const { term: near, distance } of vocabulary.similarTo(term)) {
        const nearness = (NEAR_WEIGHT * near.length) / (near.length + 0.3 * distance);
        score(near, nearness, scores, having, missing);
      }
      const rarity = Math.log(1 + slotOf.size / Math.max(having.slots.length, 1));
      whole += rarity;
      for (const at of having.slots) {
        covered[at]! += rarity;
        matched[at]! += 1;
      }
    }
    const some: number[] = [];
    for (let at = 0; at < scores.length; at++) {
      if (!matched[at]) continue;
      // An article with many of the words beats one that has few of them often.
      scores[at]! *= matched[at]!;
      some.push(at);
    }
    const deviation = deviationOf(scores, slotOf.size);
    // Ties may make them more.
    const least = leastOfGreatest(
      some.length <= limit ? [] : Float64Array.from(some, (at) => scores[at]!),
      limit,
    );
    const found: WordMatch[] = [];
    for (const at of some) {
      const score = scores[at]!;
      const slot = slots[at];
      if (score < least || !slot || slot.id === gone) continue;
      found.push({ id: slot.id, score: score / deviation, coverage: covered[at]! / whole });
    }
    return found;
  }

  function pack(): PackedWords {
    const ids = [...slotOf.keys()];
    const places = new Map([...slotOf.values()].map((at, place) => [at, place]));
    const terms = [...new Set(postings.flatMap((field) => [...field.keys()]))];
    return {
      ids,
      terms: terms.join('\n'),
      fields: postings.map((field, number) => {
        const starts = new Uint32Array(terms.length + 1);
        terms.forEach((term, index) => {
          starts[index + 1] = starts[index]! + (field.get(term)?.slots.length ?? 0);
        });
        const slots = new Uint32Array(starts[terms.length]!);
        const times = new Uint16Array(slots.length);
        terms.forEach((term, index) => {
          const list = field.get(term);
          list?.slots.forEach((at, one) => {
            slots[starts[index]! + one] = places.get(at)!;
            times[starts[index]! + one] = Math.min(list.times[one]!, 0xffff);
          });
        });
        return {
          starts,
          slots,
          times,
          lengths: Uint32Array.from(places.keys(), (at) => lengths[number]![at]!),
        };
      }),
    };
  }

  return {
    get size() {
      return slotOf.size;
    },
    get textShare() {
      return textShare();
    },
    put,
    remove,
    match,
    pack,
  };
}

function timesOf(terms: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const term of terms) times.set(term, (times.get(term) ?? 0) + 1);
  return times;
}

function deviationOf(scores: Float64Array, size: number): number {
  let sum = 0;
  let squares = 0;
  for (const score of scores) {
    sum += score;
    squares += score * score;
  }
  const mean = sum / Math.max(size, 1);
  return Math.sqrt(Math.max(squares / Math.max(size, 1) - mean * mean, 0)) || 1;
}
