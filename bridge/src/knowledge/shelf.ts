import { type Confidence, calibrate, type Trial, usualConfidence } from './confidence.ts';
import { type Lesson, MOST_MODELLED, type QuestionModel, trainQuestionModel } from './question-model.ts';
import { type Part, rank } from './ranking.ts';
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

/** Of this many articles at most are questions held out: measuring takes as long as learning, for each fold. */
const MOST_MEASURED = 120;
const FOLDS = 3;
/** Of each article's questions this many at most take part. */
const MOST_QUESTIONS = 12;
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
 * Asks sample questions of an index and a model that never saw them, once with the right article there and once with it
 * hidden, as members also ask what no article answers.
 */
export function* measure(entries: readonly ShelfEntry[]): Generator<void, Trial[]> {
  const trials: Trial[] = [];
  if (entries.length > MOST_MEASURED || entries.length > MOST_MODELLED) return trials;
  for (let fold = 0; fold < FOLDS; fold++) {
    const { index, model, asked } = yield* withoutFold(entries, fold);
    for (const { id, text } of asked) {
      const parts = [{ text, weight: 1 }];
      const found = rank(parts, index, model, CANDIDATES);
      const hidden = rank(parts, index, model, 1, new Set([id]));
      for (const ranked of found) trials.push({ signals: ranked.signals, right: ranked.id === id });
      for (const ranked of hidden) trials.push({ signals: ranked.signals, right: false });
      yield;
    }
  }
  return trials;
}

function* withoutFold(entries: readonly ShelfEntry[], fold: number) {
  const index = createWordIndex();
  const asked: Lesson[] = [];
  const kept: Lesson[] = [];
  for (const { article, lessons } of entries) {
    const held = new Set(
      article.questions.slice(0, MOST_QUESTIONS).filter((_, number) => number % FOLDS === fold),
    );
    index.put(article.id, {
      article: { ...article, questions: article.questions.filter((question) => !held.has(question)) },
      taught: [],
    });
    for (const lesson of lessons.slice(0, 1 + MOST_QUESTIONS))
      (held.has(lesson.text) ? asked : kept).push(lesson);
    yield;
  }
  const model = yield* trainQuestionModel(kept);
  return { index, model, asked };
}
