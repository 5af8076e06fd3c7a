import { calibrate, type Trial, usualConfidence } from './confidence.ts';
import { createMeaningIndex } from './meaning/meaning-index.ts';
import { meaningfulTexts } from './meaning/texts.ts';
import type { Vector } from './meaning/vector.ts';
import { type Lesson, MOST_MODELLED, type QuestionModel, trainQuestionModel } from './question-model.ts';
import { type Part, rank, type Sources } from './ranking.ts';
import { createWordIndex, type Entry } from './word-index.ts';

export interface Found {
  id: string;
  /** The chance that it is what was asked for, 0 to 1. */
  score: number;
}

/** What is known of one language. The words of its articles answer while it learns. */
export interface Shelf {
  /** Its words are found at once. */
  put(id: string, entry: ShelfEntry): void;
  remove(id: string): void;
  find(parts: readonly Part[], limit: number): Found[];
  /** Learns its entries anew, as work in small steps. `vectors` has what their texts mean, as far as that is known. */
  learn(entries: readonly ShelfEntry[], vectors: ReadonlyMap<string, Vector>): Generator<void, void>;
}

export interface ShelfEntry extends Entry {
  lessons: Lesson[];
}

/** Of this many articles at most are questions held out: measuring takes as long as learning, for each fold. */
const MOST_MEASURED = 120;
const FOLDS = 3;
/** Of each article's questions this many at most take part. */
const MOST_QUESTIONS = 12;
/** Candidates of a held-out question that count as trials. */
const CANDIDATES = 3;
/** A right article further down is as good as none. */
const DEEPEST = 10;
/**
 * How much what a model makes of a question may count. A weak model is worth little and a strong one much, so it is
 * measured on the operator's own questions; the usual one is for where that cannot be.
 */
const MEANING_SHARES = [0, 0.25, 0.5, 0.75];
const USUAL_MEANING_SHARE = 0.4;
/** Fewer questions than this tell no share from another. */
const FEWEST_ASKED = 40;

export function createShelf(): Shelf {
  const words = createWordIndex();
  const meaning = createMeaningIndex();
  let model: QuestionModel | null = null;
  let meaningShare = USUAL_MEANING_SHARE;
  let confidence = { plain: usualConfidence, meant: usualConfidence };

  return {
    put: (id, entry) => words.put(id, entry),
    remove(id) {
      words.remove(id);
      meaning.remove(id);
    },
    find(parts, limit) {
      let ceiling = 1;
      return rank(parts, { words, model, meaning, meaningShare }, limit).map(({ id, signals }) => {
        const tell = signals.meaning === null ? confidence.plain : confidence.meant;
        ceiling = Math.min(ceiling, tell(signals));
        return { id, score: ceiling };
      });
    },
    *learn(entries, vectors) {
      const learned = yield* trainQuestionModel(entries.flatMap(({ lessons }) => lessons));
      const measured = learned ? yield* measure(entries, vectors) : null;
      for (const entry of entries) {
        meaning.put(entry.article.id, vectorsOf(entry, vectors));
        yield;
      }
      model = learned;
      meaningShare = measured?.meaningShare ?? USUAL_MEANING_SHARE;
      confidence = {
        plain: calibrate(measured?.plain ?? []),
        meant: calibrate(measured?.meant ?? []),
      };
    },
  };
}

function vectorsOf(entry: Entry, vectors: ReadonlyMap<string, Vector>): Vector[] {
  if (vectors.size === 0) return [];
  return meaningfulTexts(entry).flatMap((text) => vectors.get(text) ?? []);
}

interface Fold {
  sources: Sources;
  asked: { id: string; parts: Part[] }[];
}

interface Measured {
  meaningShare: number | undefined;
  /** By words and model alone, and with what a model made of the question. */
  plain: Trial[];
  meant: Trial[];
}

/**
 * Asks sample questions of an index and a model that never saw them, once with the right article there and once with it
 * hidden, as members also ask what no article answers.
 */
export function* measure(
  entries: readonly ShelfEntry[],
  vectors: ReadonlyMap<string, Vector> = new Map(),
): Generator<void, Measured> {
  const measured: Measured = { meaningShare: undefined, plain: [], meant: [] };
  if (entries.length > MOST_MEASURED || entries.length > MOST_MODELLED) return measured;
  const folds: Fold[] = [];
  for (let fold = 0; fold < FOLDS; fold++) folds.push(yield* withoutFold(entries, vectors, fold));
  if (vectors.size > 0) measured.meaningShare = yield* bestShare(folds);
  for (const { sources, asked } of folds) {
    const meaningShare = measured.meaningShare ?? USUAL_MEANING_SHARE;
    for (const { id, parts } of asked) {
      measured.plain.push(...trialsOf(id, parts.map(withoutVector), sources));
      if (parts.some(({ vector }) => vector))
        measured.meant.push(...trialsOf(id, parts, { ...sources, meaningShare }));
      yield;
    }
  }
  return measured;
}

function trialsOf(id: string, parts: readonly Part[], sources: Sources): Trial[] {
  const found = rank(parts, sources, CANDIDATES);
  const hidden = rank(parts, sources, 1, new Set([id]));
  return [
    ...found.map((ranked) => ({ signals: ranked.signals, right: ranked.id === id })),
    ...hidden.map(({ signals }) => ({ signals, right: false })),
  ];
}

const withoutVector = ({ text, weight }: Part): Part => ({ text, weight });

/**
 * The smallest share that does as well as the best, within one standard error of the difference: what a model seems to
 * gain may be chance (the rule is Breiman's, https://hastie.su.domains/ElemStatLearn/, 7.10).
 */
function* bestShare(folds: readonly Fold[]): Generator<void, number | undefined> {
  const questions = folds.flatMap(({ sources, asked }) =>
    asked.filter(({ parts }) => parts[0]?.vector).map((question) => ({ sources, ...question })),
  );
  if (questions.length < FEWEST_ASKED) return undefined;
  const tried: { share: number; gains: number[]; whole: number }[] = [];
  for (const share of MEANING_SHARES) {
    const gains: number[] = [];
    for (const { sources, id, parts } of questions) {
      const found = rank(parts, { ...sources, meaningShare: share }, DEEPEST);
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

function* withoutFold(
  entries: readonly ShelfEntry[],
  vectors: ReadonlyMap<string, Vector>,
  fold: number,
): Generator<void, Fold> {
  const words = createWordIndex();
  const meaning = createMeaningIndex();
  const asked: Fold['asked'] = [];
  const kept: Lesson[] = [];
  for (const { article, lessons } of entries) {
    const held = new Set(
      article.questions.slice(0, MOST_QUESTIONS).filter((_, number) => number % FOLDS === fold),
    );
    const entry: Entry = {
      article: { ...article, questions: article.questions.filter((question) => !held.has(question)) },
      taught: [],
    };
    words.put(article.id, entry);
    meaning.put(article.id, vectorsOf(entry, vectors));
    for (const lesson of lessons.slice(0, 1 + MOST_QUESTIONS)) {
      const { id, text } = lesson;
      if (held.has(text)) asked.push({ id, parts: [{ text, weight: 1, vector: vectors.get(text) ?? null }] });
      else kept.push(lesson);
    }
    yield;
  }
  const model = yield* trainQuestionModel(kept);
  return { sources: { words, model, meaning, meaningShare: 0 }, asked };
}
