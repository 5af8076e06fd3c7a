// biome-ignore-all lint/style/noNonNullAssertion: every id was given a label above

import { likenessBy, likenessTo, type PackedExamples, packExamples, type Without } from './likeness.ts';
import { type Example, linearModelOf, trainLinearModel } from './linear-model.ts';
import { type Features, fitVectorizer, vectorizerOf } from './vectorizer.ts';

/** What an article was asked by: its title, its sample questions, and what was taught. */
export interface TrainingQuestion {
  id: string;
  text: string;
  weight: number;
}

/** What the model says of a query; each by the place of an id in `ids`. */
export interface Judgement {
  /** The chance that it is what the query asks for; together 1. */
  chances: Float32Array;
  /** The same by likeness to its questions alone. It holds also for what is left out, so confidence is told from it. */
  likely: Float32Array;
  /** How like it is to the questions of each, as a cosine, 0 to 1: of all, the best may be little. */
  likeness: Float32Array;
}

export interface QuestionModel {
  /** Also of what is gone. */
  ids: readonly string[];
  /** From 0, few questions were learned for an article, to 1, many. */
  experience: number;
  /** With `without`, as if that had not been learned. */
  judge(query: string, without?: Without): Judgement;
  /**
   * What an article is asked by from now on: by likeness at once, while what was trained stays as it is. Takes as long as its
   * own questions do, and makes each question after it a little slower.
   */
  change(id: string, questions: readonly TrainingQuestion[]): void;
}

/** All that was learned, in pieces that a thread can hand to another; `questionModelOf` makes the same model of it. */
export interface LearnedQuestions {
  ids: string[];
  experience: number;
  rarity: Float32Array;
  examples: PackedExamples;
  /** Of the linear model; null where none was trained. */
  weights: Float32Array | null;
  /** By label: how much of all that was learned is about it. */
  shares: Float64Array;
}

/** Above this many articles training takes too long and too much memory; likeness alone finds them. */
const MAX_TRAINED = 1_000;
/** 64 MB of weights at most. */
const MAX_WEIGHTS = 2 ** 24;
const MAX_BUCKETS = 2 ** 16;
/** Questions an article from which training gains over likeness. By cross-validation (bench/knowledge, `--cv`). */
const MIN_TRAINED_QUESTIONS = 10;
/** More gains nothing, with few examples or many; by cross-validation as well, as all below. */
const EPOCHS = 6;
/** Questions an article. Below the first, experience is 0; from the second on, 1. */
const FEW_QUESTIONS = 20;
const MANY_QUESTIONS = 100;
/** How much it counts, with experience, that much the same was asked before. */
const NEARNESS = 3.5;
/** Of the likeness of the likest question and of all together, how much the latter counts, and how sharp their sum tells. */
const WHOLE_SHARE = 0.8;
const SHARPNESS = 20;

/** Learns which article is asked for from how it was asked for. Null where there is nothing to tell apart. */
export function* trainQuestionModel(
  questions: readonly TrainingQuestion[],
): Generator<void, LearnedQuestions | null> {
  const ids = [...new Set(questions.map(({ id }) => id))];
  if (ids.length < 2) return null;
  const each = questions.length / ids.length;
  const trained = each >= MIN_TRAINED_QUESTIONS && ids.length <= MAX_TRAINED;
  const size = trained
    ? Math.min(MAX_BUCKETS, 2 ** Math.floor(Math.log2(MAX_WEIGHTS / ids.length)))
    : MAX_BUCKETS;
  const vectorizer = yield* fitVectorizer(
    questions.map(({ text }) => text),
    size,
  );
  const labels = new Map(ids.map((id, label) => [id, label]));
  const examples: Example[] = [];
  questions.forEach(({ id, weight }, index) => {
    examples.push({ label: labels.get(id)!, features: vectorizer.fitted[index]!, weight });
  });
  const packed = yield* packExamples(examples, ids.length, size);
  const model = trained ? yield* trainLinearModel(examples, ids.length, size, { epochs: EPOCHS }) : null;
  return {
    ids,
    experience: experienceOf(each),
    rarity: vectorizer.rarity,
    examples: packed,
    weights: model?.weights ?? null,
    shares: sharesOf(examples, ids.length),
  };
}

export function questionModelOf(learned: LearnedQuestions): QuestionModel {
  const { experience, shares } = learned;
  const ids = [...learned.ids];
  const { vectorize } = vectorizerOf(learned.rarity);
  const likenessOf = likenessBy(learned.examples);
  const model = learned.weights && linearModelOf(learned.weights, ids.length);
  const changed = new Map<number, (query: Features) => { near: number; all: number }>();
  return {
    ids,
    experience,
    judge(query, without) {
      const features = vectorize(query);
      const likeness = likenessOf(features, without);
      const [nearest, whole] = [longer(likeness.nearest, ids.length), longer(likeness.whole, ids.length)];
      for (const [label, likenessIn] of changed) {
        const { near, all } = likenessIn(features);
        nearest[label] = near;
        whole[label] = all;
      }
      const alike = nearest.map((near, label) => (1 - WHOLE_SHARE) * near + WHOLE_SHARE * whole[label]!);
      const likely = normal(alike.map((value) => Math.exp(SHARPNESS * value)));
      if (!model || without) return { chances: likely, likely, likeness: alike };
      const even = longer(evened(model.probabilities(features), shares), ids.length);
      // Nothing was trained for those that are new.
      for (let label = learned.ids.length; label < ids.length; label++) even[label] = likely[label]!;
      const near = even.map((chance, label) => chance * Math.exp(NEARNESS * experience * nearest[label]!));
      return { chances: normal(near), likely, likeness: alike };
    },
    change(id, questions) {
      const known = ids.indexOf(id);
      const label = known < 0 ? ids.push(id) - 1 : known;
      changed.set(
        label,
        likenessTo(questions.map(({ text, weight }) => ({ label, features: vectorize(text), weight }))),
      );
    },
  };
}

/** With zeros at its end. */
function longer(values: Float32Array, length: number): Float32Array {
  if (values.length === length) return values;
  const all = new Float32Array(length);
  all.set(values);
  return all;
}

function experienceOf(questionsEach: number): number {
  const way = Math.log(questionsEach / FEW_QUESTIONS) / Math.log(MANY_QUESTIONS / FEW_QUESTIONS);
  return Math.min(1, Math.max(0, way));
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
