// biome-ignore-all lint/style/noNonNullAssertion: sums over typed arrays, within their bounds
import type { Features } from './vectorizer.ts';

export interface Example {
  /** 0 … classes − 1 */
  label: number;
  features: Features;
  /** How often it counts; 1 is an ordinary example. Below 0 it is an example of what is not this class. */
  weight: number;
}

export interface LinearModel {
  /** The chance of each class, by label; together 1. */
  probabilities(features: Features): Float32Array;
  /** By bucket and class: all that was learned. */
  weights: Float32Array;
}

/** Chosen by cross-validation (see bench/knowledge). */
export interface Training {
  epochs: number;
  rate: number;
}
const DEFAULT_TRAINING: Training = { epochs: 20, rate: 1 };

/** Examples between two pauses. */
const EXAMPLES_PER_STEP = 16;

/**
 * Multinomial logistic regression by stochastic gradient descent. Deterministic: the same examples give the same
 * model. A generator, so that a caller can pause between any two steps (see time-slices.ts).
 */
export function* trainLinearModel(
  examples: readonly Example[],
  classes: number,
  size: number,
  training: Partial<Training> = {},
): Generator<void, LinearModel> {
  const { epochs, rate } = { ...DEFAULT_TRAINING, ...training };
  const weights = new Float32Array(size * classes);
  const scores = new Float32Array(classes);
  const order = examples.map((_, index) => index);
  const random = generator(examples.length * 31 + classes);
  const steps = epochs * examples.length;
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const index of order) {
      const { label, features, weight } = examples[index]!;
      const speed = rate * Math.abs(weight) * (1 - step / steps);
      softmax(weights, classes, features, scores);
      if (weight >= 0) scores[label]! -= 1;
      else turnAway(scores, label);
      descend(weights, classes, features, scores, speed);
      if (++step % EXAMPLES_PER_STEP === 0) yield;
    }
  }
  return linearModelOf(weights, classes);
}

/** A model that was trained before. */
export function linearModelOf(weights: Float32Array, classes: number): LinearModel {
  return {
    weights,
    probabilities(features) {
      const found = new Float32Array(classes);
      softmax(weights, classes, features, found);
      return found;
    },
  };
}

/** A small deterministic source of numbers from 0 to 1 (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function shuffle<T>(items: T[], random: () => number): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
}

function softmax(weights: Float32Array, classes: number, features: Features, into: Float32Array): void {
  into.fill(0);
  for (let index = 0; index < features.buckets.length; index++) {
    const from = features.buckets[index]! * classes;
    const value = features.weights[index]!;
    for (let label = 0; label < classes; label++) into[label]! += value * weights[from + label]!;
  }
  let most = -Infinity;
  for (let label = 0; label < classes; label++) most = Math.max(most, into[label]!);
  let sum = 0;
  for (let label = 0; label < classes; label++) {
    const value = Math.exp(into[label]! - most);
    into[label] = value;
    sum += value;
  }
  for (let label = 0; label < classes; label++) into[label]! /= sum;
}

/** From chances to the gradient of −log(1 − chance of `label`), which stays small however often it is taught. */
function turnAway(chances: Float32Array, label: number): void {
  const chance = Math.min(chances[label]!, 0.999);
  for (let other = 0; other < chances.length; other++) chances[other]! *= -chance / (1 - chance);
  chances[label] = chance;
}

function descend(
  weights: Float32Array,
  classes: number,
  features: Features,
  errors: Float32Array,
  speed: number,
): void {
  for (let index = 0; index < features.buckets.length; index++) {
    const from = features.buckets[index]! * classes;
    const change = speed * features.weights[index]!;
    for (let label = 0; label < classes; label++) {
      weights[from + label]! -= change * errors[label]!;
    }
  }
}
