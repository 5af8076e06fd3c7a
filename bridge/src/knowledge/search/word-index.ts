import type { Article } from '../article.ts';
import { words } from '../text/terms.ts';
import { createVocabulary } from '../text/vocabulary.ts';

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
  /** By field: its words, each once. */
  terms: string[][];
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
/** Of BM25+, as usual. https://en.wikipedia.org/wiki/Okapi_BM25 */
const K = 1.2;
const B = 0.7;
const DELTA = 0.5;
/** What a word counts that is near to the one asked with. */
const NEAR_WEIGHT = 0.45;

/** BM25+ over title, sample questions and text of the articles of one language, tolerant of typing errors. */
export function createWordIndex(): WordIndex {
  const vocabulary = createVocabulary();
  const postings = BOOSTS.map(() => new Map<string, Postings>());
  const totals = BOOSTS.map(() => 0);
  /** By field and slot: how many words stand there. */
  const lengths: number[][] = BOOSTS.map(() => []);
  const slots: (Slot | null)[] = [];
  const free: number[] = [];
  const slotOf = new Map<string, number>();

  function remove(id: string): void {
    const at = slotOf.get(id);
    const slot = at === undefined ? undefined : slots[at];
    if (at === undefined || !slot) return;
    slot.terms.forEach((terms, field) => {
      totals[field] = (totals[field] ?? 0) - (lengths[field]?.[at] ?? 0);
      for (const term of terms) removePosting(field, term, at);
    });
    slots[at] = null;
    slotOf.delete(id);
    free.push(at);
  }

  function removePosting(field: number, term: string, at: number): void {
    const list = postings[field]?.get(term);
    const place = list?.slots.indexOf(at) ?? -1;
    if (!list || place < 0) return;
    list.slots.splice(place, 1);
    list.times.splice(place, 1);
    if (list.slots.length > 0) return;
    postings[field]?.delete(term);
    if (!postings.some((field) => field.has(term))) vocabulary.remove(term);
  }

  function put(id: string, { article, learnedQuestions }: SearchDocument): void {
    remove(id);
    const at = free.pop() ?? slots.length;
    const slot: Slot = { id, terms: [] };
    [article.title, [...article.questions, ...learnedQuestions].join('\n'), article.text].forEach(
      (text, field) => {
        const all = words(text);
        const times = timesOf(all);
        for (const [term, count] of times) {
          if (!postings.some((other) => other.has(term))) vocabulary.add(term);
          const list = postings[field]?.get(term);
          if (list) {
            list.slots.push(at);
            list.times.push(count);
          } else postings[field]?.set(term, { slots: [at], times: [count] });
        }
        totals[field] = (totals[field] ?? 0) + all.length;
        slot.terms.push([...times.keys()]);
        const own = lengths[field];
        if (own) own[at] = all.length;
      },
    );
    slots[at] = slot;
    slotOf.set(id, at);
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
    // A word that is rare in questions and in every text is not rare.
    const most = Math.max(...postings.map((field) => field.get(term)?.slots.length ?? 0));
    const rarity = Math.log(1 + (size - most + 0.5) / (most + 0.5));
    postings.forEach((field, number) => {
      const list = field.get(term);
      if (!list) return;
      const count = list.slots.length;
      const own = lengths[number] ?? [];
      const usualLength = (totals[number] ?? 0) / size || 1;
      const factor = weight * (BOOSTS[number] ?? 0) * rarity;
      for (let index = 0; index < count; index++) {
        const at = list.slots[index] ?? 0;
        let times = list.times[index] ?? 0;
        let length = own[at] ?? 0;
        if (missing?.slot === at && number === QUESTIONS) {
          times -= missing.times.get(term) ?? 0;
          length -= missing.length;
          if (times <= 0) continue;
        }
        const part = (times * (K + 1)) / (times + K * (1 - B + (B * length) / usualLength));
        scores[at] = (scores[at] ?? 0) + factor * (DELTA + part);
        if (having.mark[at] === having.number) continue;
        having.mark[at] = having.number;
        having.slots.push(at);
      }
    });
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
        covered[at] = (covered[at] ?? 0) + rarity;
        matched[at] = (matched[at] ?? 0) + 1;
      }
    }
    const some: number[] = [];
    for (let at = 0; at < scores.length; at++) {
      if (!matched[at]) continue;
      // An article with many of the words beats one that has few of them often.
      scores[at] = (scores[at] ?? 0) * (matched[at] ?? 0);
      some.push(at);
    }
    const deviation = deviationOf(scores, slotOf.size);
    const least = leastOfBest(scores, some, limit);
    const found: WordMatch[] = [];
    for (const at of some) {
      const score = scores[at] ?? 0;
      const slot = slots[at];
      if (score < least || !slot || slot.id === gone) continue;
      found.push({ id: slot.id, score: score / deviation, coverage: (covered[at] ?? 0) / whole });
    }
    return found;
  }

  return {
    get size() {
      return slotOf.size;
    },
    get textShare() {
      return (
        (totals[2] ?? 0) /
        Math.max(
          1,
          totals.reduce((sum, total) => sum + total, 0),
        )
      );
    },
    put,
    remove,
    match,
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

/** The score that the `limit` best of `some` reach; ties may make them more. */
function leastOfBest(scores: Float64Array, some: readonly number[], limit: number): number {
  if (some.length <= limit) return 0;
  const sorted = new Float64Array(some.length);
  for (let index = 0; index < some.length; index++) sorted[index] = scores[some[index] ?? 0] ?? 0;
  return sorted.sort()[some.length - limit] ?? 0;
}
