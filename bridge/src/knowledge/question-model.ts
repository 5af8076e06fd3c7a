// biome-ignore-all lint/style/noNonNullAssertion: every id was given a label above
import { fitVectorizer } from './features.ts';
import { type Example, trainLinearModel } from './linear-model.ts';

/** What an article was asked by: its title, its sample questions, and what was taught. */
export interface Lesson {
  id: string;
  text: string;
  weight: number;
}

export interface QuestionModel {
  ids: readonly string[];
  /** How many questions it learned for an article, on average. */
  lessonsEach: number;
  /** For each of `ids`, the chance that it is what `query` asks for; together 1. */
  chances(query: string): Float32Array;
}

/** Above this many articles training takes too long and too much memory; words alone find them. */
export const MOST_MODELLED = 1_000;
/** 64 MB of weights at most. */
const MOST_WEIGHTS = 2 ** 24;
const MOST_BUCKETS = 2 ** 16;

/** Learns which article is asked for from how it was asked for. Null where there is nothing to tell apart. */
export function* trainQuestionModel(lessons: readonly Lesson[]): Generator<void, QuestionModel | null> {
  const ids = [...new Set(lessons.map(({ id }) => id))];
  if (ids.length < 2 || ids.length > MOST_MODELLED) return null;
  const size = Math.min(MOST_BUCKETS, 2 ** Math.floor(Math.log2(MOST_WEIGHTS / ids.length)));
  const vectorizer = yield* fitVectorizer(
    lessons.map(({ text }) => text),
    size,
  );
  const labels = new Map(ids.map((id, label) => [id, label]));
  const examples: Example[] = [];
  for (const { id, text, weight } of lessons) {
    examples.push({ label: labels.get(id)!, features: vectorizer.vectorize(text), weight });
    yield;
  }
  const model = yield* trainLinearModel(examples, ids.length, size, { epochs: epochsFor(examples.length) });
  return {
    ids,
    lessonsEach: lessons.length / ids.length,
    chances: (query) => model.probabilities(vectorizer.vectorize(query)),
  };
}

/** Few examples are looked at more often. */
function epochsFor(examples: number): number {
  return Math.max(8, Math.min(20, Math.round(60_000 / examples)));
}
