// biome-ignore-all lint/style/noNonNullAssertion: every id was given a label above

import { type Example, trainLinearModel } from './linear-model.ts';
import { type Features, fitVectorizer } from './vectorizer.ts';

/** What an article was asked by: its title, its sample questions, and what was taught. */
export interface TrainingQuestion {
  id: string;
  text: string;
  weight: number;
}

export interface QuestionModel {
  ids: readonly string[];
  /** From 0, few questions were learned for an article, to 1, many. */
  experience: number;
  /** For each of `ids`, the chance that it is what `query` asks for; together 1. */
  chances(query: string): Float32Array;
}

/** Above this many articles training takes too long and too much memory; words alone find them. */
export const MAX_MODELLED = 1_000;
/** 64 MB of weights at most. */
const MAX_WEIGHTS = 2 ** 24;
const MAX_BUCKETS = 2 ** 16;
/** More gains nothing, with few examples or many; by cross-validation (bench/knowledge, `--cv`). */
const EPOCHS = 6;
/** Questions an article. Below the first, experience is 0; from the second on, 1. */
const FEW_QUESTIONS = 20;
const MANY_QUESTIONS = 100;
/** How much it counts, with experience, that much the same was asked before. By cross-validation as well. */
const NEARNESS = 3.5;

/** Learns which article is asked for from how it was asked for. Null where there is nothing to tell apart. */
export function* trainQuestionModel(
  questions: readonly TrainingQuestion[],
): Generator<void, QuestionModel | null> {
  const ids = [...new Set(questions.map(({ id }) => id))];
  if (ids.length < 2 || ids.length > MAX_MODELLED) return null;
  const size = Math.min(MAX_BUCKETS, 2 ** Math.floor(Math.log2(MAX_WEIGHTS / ids.length)));
  const vectorizer = yield* fitVectorizer(
    questions.map(({ text }) => text),
    size,
  );
  const labels = new Map(ids.map((id, label) => [id, label]));
  const examples: Example[] = [];
  questions.forEach(({ id, weight }, index) => {
    examples.push({ label: labels.get(id)!, features: vectorizer.fitted[index]!, weight });
  });
  const model = yield* trainLinearModel(examples, ids.length, size, { epochs: EPOCHS });
  const shares = sharesOf(examples, ids.length);
  const experience = experienceOf(questions.length / ids.length);
  const nearest = experience > 0 ? createNearest(examples, ids.length, size) : null;
  return {
    ids,
    experience,
    chances(query) {
      const features = vectorizer.vectorize(query);
      const chances = evened(model.probabilities(features), shares);
      if (!nearest) return chances;
      const near = nearest(features);
      return normal(chances.map((chance, label) => chance * Math.exp(NEARNESS * experience * near[label]!)));
    },
  };
}

function experienceOf(questionsEach: number): number {
  const way = Math.log(questionsEach / FEW_QUESTIONS) / Math.log(MANY_QUESTIONS / FEW_QUESTIONS);
  return Math.min(1, Math.max(0, way));
}

/** For each label, how like the query the likest of its examples is: 0 to 1, the cosine of their angle. */
function createNearest(examples: readonly Example[], classes: number, size: number) {
  const own = examples
    .filter(({ weight }) => weight > 0)
    .map(({ label, features }) => ({ label, features, length: lengthOf(features) }));
  const asked = new Float32Array(size);
  return (query: Features): Float32Array => {
    const near = new Float32Array(classes);
    const length = lengthOf(query);
    if (length === 0) return near;
    query.buckets.forEach((bucket, index) => {
      asked[bucket]! += query.weights[index]!;
    });
    for (const { label, features, length: ownLength } of own) {
      let product = 0;
      for (let index = 0; index < features.buckets.length; index++) {
        product += features.weights[index]! * asked[features.buckets[index]!]!;
      }
      near[label] = Math.max(near[label]!, product / (length * ownLength || 1));
    }
    for (const bucket of query.buckets) asked[bucket] = 0;
    return near;
  };
}

function lengthOf({ weights }: Features): number {
  return Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0));
}

/** How much of all that was learned is about each label. */
function sharesOf(examples: readonly Example[], classes: number): Float64Array {
  const sums = new Float64Array(classes);
  for (const { label, weight } of examples) sums[label]! += Math.max(0, weight);
  return sums.map((sum) => Math.max(sum, 1));
}

/** As if each article had been asked for equally often: what was taught most must not draw every question to itself. */
function evened(chances: Float32Array, shares: Float64Array): Float32Array {
  return normal(chances.map((chance, label) => chance / shares[label]!));
}

function normal(chances: Float32Array): Float32Array {
  const sum = chances.reduce((total, chance) => total + chance, 0);
  return chances.map((chance) => chance / sum);
}
