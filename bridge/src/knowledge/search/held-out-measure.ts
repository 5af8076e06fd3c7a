import { type Lesson, trainQuestionModel } from '../learning/question-model.ts';
import type { Trial } from './confidence.ts';
import { createMeaningIndex } from './meaning/meaning-index.ts';
import { meaningfulTexts } from './meaning/texts.ts';
import type { Vector } from './meaning/vector.ts';
import { type Part, rank, type Signals, type Sources } from './ranking.ts';
import { createWordIndex, type Entry } from './word-index.ts';

export interface IndexedArticle extends Entry {
  lessons: Lesson[];
}

/** What texts of articles mean, by the text; empty without a model for it. */
export type Vectors = ReadonlyMap<string, Vector>;

/** What sample questions told of the articles that they were held out from. */
export interface Measured {
  /** How questions fared by words and the model of questions alone, and with what a model made of their meaning. */
  plain: Trial[];
  meant: Trial[];
  /** How much meaning is worth; undefined where too few questions tell. */
  meaningShare: number | undefined;
}

/** Of this many articles at most are questions held out: measuring takes as long as learning, for each turn. */
const MAX_MEASURED = 120;
/** Questions are held out in turns where there are few lessons an article; one turn is enough where there are more. */
const TURNS = 3;
const FEW_LESSONS = 13;
/** Of an article's questions, one in this many is held out in a turn, but not more than `MAX_HELD`. */
const ONE_IN = 3;
const MAX_HELD = 6;
/** In each turn, one in this many articles is missing: members also ask what no article answers. */
const MISSING_ONE_IN = 5;
/** Questions that no article answers, for each that one does: a fifth of all. */
const UNANSWERED = 0.25;
/** Candidates of a held-out question that count as trials. */
const CANDIDATES = 3;
/**
 * How much what a model makes of a question may count. A weak model is worth little and a strong one much, so it is
 * measured on the operator's own questions; the usual share is for where that cannot be.
 */
const MEANING_SHARES = [0, 0.25, 0.5, 0.75];
export const DEFAULT_MEANING_SHARE = 0.4;
/** Fewer questions than this tell no share from another. */
const FEWEST_ASKED = 40;
/** A right article further down is as good as none. */
const DEEPEST = 10;

interface Asked {
  id: string;
  part: Part;
  /** No article answers it. */
  missing: boolean;
}

interface Turn {
  sources: Sources;
  asked: Asked[];
}

/**
 * Asks sample questions of an index and a model that never saw them, nor some of the articles. To learn those and only
 * pass them over would not do: the model then knows that the others are not meant.
 */
export function* measure(
  entries: readonly IndexedArticle[],
  vectors: Vectors = new Map(),
): Generator<void, Measured> {
  if (entries.length > MAX_MEASURED) return { plain: [], meant: [], meaningShare: undefined };
  const lessons = entries.reduce((sum, entry) => sum + entry.lessons.length, 0);
  const count = lessons > FEW_LESSONS * entries.length ? 1 : TURNS;
  const turns: Turn[] = [];
  for (let turn = 0; turn < count; turn++) turns.push(yield* withoutSome(entries, vectors, turn));
  const meaningShare = vectors.size > 0 ? yield* bestShare(turns) : undefined;
  const plain = yield* tryAll(turns, entries.length, null);
  const meant =
    vectors.size > 0 ? yield* tryAll(turns, entries.length, meaningShare ?? DEFAULT_MEANING_SHARE) : [];
  return { plain, meant, meaningShare };
}

/** All trials, by meaning too where it has a share. */
function* tryAll(
  turns: readonly Turn[],
  articles: number,
  meaningShare: number | null,
): Generator<void, Trial[]> {
  const trials: Trial[] = [];
  const missed: Omit<Trial, 'weight'>[] = [];
  let answered = 0;
  for (const { sources, asked } of turns) {
    for (const { id, part, missing } of asked) {
      if (meaningShare !== null && !part.vector) continue;
      const parts = [meaningShare === null ? { ...part, vector: null } : part];
      const ranked = rank(parts, { ...sources, meaningShare: meaningShare ?? 0 }, missing ? 1 : CANDIDATES);
      const found = ranked.map((one) => ({
        right: one.id === id,
        signals: amongMore(one.signals, articles / sources.words.size),
      }));
      if (missing) missed.push(...found);
      else {
        answered++;
        trials.push(...found.map((one) => ({ ...one, weight: 1 })));
      }
      yield;
    }
  }
  const weight = (UNANSWERED * answered) / missed.length;
  return [...trials, ...missed.map((one) => ({ ...one, weight }))];
}

/** The signals as they are with `times` as many articles: by chance, each of them is as much less likely. */
function amongMore(signals: Signals, times: number): Signals {
  const { likelihood } = signals;
  return { ...signals, likelihood: likelihood === null ? null : likelihood + Math.log(times) };
}

/**
 * The smallest share that does as well as the best, within one standard error of the difference: what a model seems to
 * gain may be chance (the rule is Breiman's, https://hastie.su.domains/ElemStatLearn/, 7.10).
 */
function* bestShare(turns: readonly Turn[]): Generator<void, number | undefined> {
  const questions = turns.flatMap(({ sources, asked }) =>
    asked
      .filter(({ missing, part }) => !missing && part.vector)
      .map((question) => ({ sources, ...question })),
  );
  if (questions.length < FEWEST_ASKED) return undefined;
  const tried: { share: number; gains: number[]; whole: number }[] = [];
  for (const share of MEANING_SHARES) {
    const gains: number[] = [];
    for (const { sources, id, part } of questions) {
      const found = rank([part], { ...sources, meaningShare: share }, DEEPEST);
      const place = found.findIndex((ranked) => ranked.id === id);
      gains.push(place < 0 ? 0 : 1 / Math.log2(place + 2));
      yield;
    }
    tried.push({ share, gains, whole: sum(gains) });
  }
  const best = tried.reduce((one, other) => (other.whole > one.whole ? other : one));
  return tried.find(({ gains }) => {
    const lost = gains.map((gain, number) => (best.gains[number] ?? 0) - gain);
    const mean = sum(lost) / lost.length;
    const variance = sum(lost.map((value) => (value - mean) ** 2)) / lost.length;
    return mean <= Math.sqrt(variance / lost.length);
  })?.share;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function* withoutSome(
  entries: readonly IndexedArticle[],
  vectors: Vectors,
  turn: number,
): Generator<void, Turn> {
  const words = createWordIndex();
  const meaning = createMeaningIndex();
  const asked: Asked[] = [];
  const kept: Lesson[] = [];
  for (const [number, { article, taught, lessons }] of entries.entries()) {
    const { id, questions } = article;
    const missing = number % MISSING_ONE_IN === turn;
    const held = heldOf(questions, turn);
    for (const text of held)
      asked.push({ id, missing, part: { text, weight: 1, vector: vectors.get(text) ?? null } });
    if (!missing) {
      const others = (texts: readonly string[]) => texts.filter((text) => !held.has(text));
      const entry = { article: { ...article, questions: others(questions) }, taught: others(taught) };
      words.put(id, entry);
      meaning.put(id, vectorsOf(entry, vectors));
      kept.push(...lessons.filter(({ text }) => !held.has(text)));
    }
    yield;
  }
  const model = yield* trainQuestionModel(kept);
  return { sources: { words, model, meaning, meaningShare: 0 }, asked };
}

function heldOf(questions: readonly string[], turn: number): Set<string> {
  const oneIn = Math.max(ONE_IN, Math.ceil(questions.length / MAX_HELD));
  return new Set(questions.filter((_, number) => number % oneIn === turn));
}

/** What the texts of an article mean, as far as it is known. */
export function vectorsOf(entry: Entry, vectors: Vectors): Vector[] {
  if (vectors.size === 0) return [];
  return meaningfulTexts(entry).flatMap((text) => vectors.get(text) ?? []);
}
