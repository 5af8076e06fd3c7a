import { type Confidence, calibrate, type Trial, usualConfidence } from './confidence.ts';
import { type Lesson, type QuestionModel, trainQuestionModel } from './question-model.ts';
import { type Part, rank, type Signals } from './ranking.ts';
import { createWordIndex, type Entry, type WordIndex } from './word-index.ts';

export interface Found {
  id: string;
  /** The chance that it is what was asked for, 0 to 1. */
  score: number;
}

/** What is known of one language. The words of its index answer while it learns. */
export interface Shelf {
  readonly index: WordIndex;
  find(parts: readonly Part[], limit: number): Found[];
  /** Learns its entries anew, as work in small steps. */
  learn(entries: readonly ShelfEntry[]): Generator<void, void>;
}

export interface ShelfEntry extends Entry {
  lessons: Lesson[];
}

/** Of this many articles at most are questions held out, as measuring takes up to twice as long as learning. */
const MOST_MEASURED = 120;
/** Questions are held out in turns where there are few lessons an article; one turn is enough where there are more. */
const TURNS = 3;
const FEW_LESSONS = 13;
/** Of an article's questions, one in this many is held out in a turn, but not more than `MOST_HELD`. */
const ONE_IN = 3;
const MOST_HELD = 6;
/** In each turn, one in this many articles is missing: members also ask what no article answers. */
const MISSING_ONE_IN = 5;
/** Questions that no article answers, for each that one does: a fifth of all. */
const UNANSWERED = 0.25;
/** Candidates of a held-out question that count as trials. */
const CANDIDATES = 3;

export function createShelf(): Shelf {
  const index = createWordIndex();
  let model: QuestionModel | null = null;
  let confidence: Confidence = usualConfidence;

  return {
    index,
    find(parts, limit) {
      let ceiling = 1;
      return rank(parts, index, model, limit).map(({ id, signals }) => {
        ceiling = Math.min(ceiling, confidence(signals));
        return { id, score: ceiling };
      });
    },
    *learn(entries) {
      model = yield* trainQuestionModel(entries.flatMap(({ lessons }) => lessons));
      confidence = model ? calibrate(yield* measure(entries)) : usualConfidence;
    },
  };
}

/**
 * Asks sample questions of an index and a model that never saw them, nor some of the articles. To learn those and only
 * pass them over would not do: the model then knows that the others are not meant.
 */
export function* measure(entries: readonly ShelfEntry[]): Generator<void, Trial[]> {
  if (entries.length > MOST_MEASURED) return [];
  const lessons = entries.reduce((sum, entry) => sum + entry.lessons.length, 0);
  const turns = lessons > FEW_LESSONS * entries.length ? 1 : TURNS;
  const trials: Trial[] = [];
  const missed: Omit<Trial, 'weight'>[] = [];
  let answered = 0;
  for (let turn = 0; turn < turns; turn++) {
    const { index, model, asked } = yield* withoutSome(entries, turn);
    for (const { id, text, missing } of asked) {
      const found = rank([{ text, weight: 1 }], index, model, missing ? 1 : CANDIDATES).map((ranked) => ({
        right: ranked.id === id,
        signals: amongMore(ranked.signals, entries.length / index.size),
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

function* withoutSome(entries: readonly ShelfEntry[], turn: number) {
  const index = createWordIndex();
  const asked: { id: string; text: string; missing: boolean }[] = [];
  const kept: Lesson[] = [];
  for (const [number, { article, taught, lessons }] of entries.entries()) {
    const { id, questions } = article;
    const missing = number % MISSING_ONE_IN === turn;
    const held = heldOf(questions, turn);
    for (const text of held) asked.push({ id, text, missing });
    if (!missing) {
      const others = (texts: readonly string[]) => texts.filter((text) => !held.has(text));
      index.put(id, { article: { ...article, questions: others(questions) }, taught: others(taught) });
      kept.push(...lessons.filter(({ text }) => !held.has(text)));
    }
    yield;
  }
  const model = yield* trainQuestionModel(kept);
  return { index, model, asked };
}

function heldOf(questions: readonly string[], turn: number): Set<string> {
  const oneIn = Math.max(ONE_IN, Math.ceil(questions.length / MOST_HELD));
  return new Set(questions.filter((_, number) => number % oneIn === turn));
}
