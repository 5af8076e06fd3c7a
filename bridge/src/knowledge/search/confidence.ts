// biome-ignore-all lint/style/noNonNullAssertion: sums over rows of one length
import type { RelevanceSignals } from './ranking.ts';

/** Tells from what speaks for an article the chance, from 0 to 1, that it is what was asked for. */
export type Confidence = (signals: RelevanceSignals) => number;

/** An article that was found for a question whose right article is known. */
export interface CalibrationSample {
  signals: RelevanceSignals;
  right: boolean;
  /** How often it counts. */
  weight: number;
}

/** Fitting ends after this many steps, or when one moves no weight further than `MIN_STEP`. */
const MAX_STEPS = 200;
const MIN_STEP = 1e-4;
/** Pulls towards `DEFAULT_WEIGHTS`: few samples cannot lead far away from what is known to work, many outweigh it. */
const REGULARIZATION = 5;

/** By what articles were found: words and the model of questions, or what a model makes of the meaning as well. */
export type SignalKind = 'lexical' | 'semantic';

/**
 * Bias, coverage, lead, likeness, and meaning. The first are fitted on training questions of banking77 and CLINC150, of 8 to 150
 * articles, where a fifth of what is asked has no article.
 */
const DEFAULT_WEIGHTS: Record<SignalKind, readonly number[]> = {
  lexical: [-4.1, 1.5, 0.7, 8.8, 0],
  semantic: [-1.5, 0.3, 1.4, 2.5, 0.57],
};
/** While there is no model of questions: bias, coverage, lead, likeness (there is none), and meaning. */
const WEIGHTS_WITHOUT_MODEL: Record<SignalKind, readonly number[]> = {
  lexical: [-3.3, 5.6, 0.2, 0, 0],
  semantic: [-0.5, 0.6, 0.8, 0, 1.1],
};

/** What `calibrate` found; null where nothing was asked. */
export type ConfidenceWeights = readonly number[] | null;

export const confidenceOf =
  (weights: ConfidenceWeights): Confidence =>
  (signals) =>
    confidenceBy(weights ?? DEFAULT_WEIGHTS[signalKindOf(signals)], signals);

/**
 * Logistic regression over the signals of held-out questions (Platt's calibration), by steps that can only improve
 * it: https://doi.org/10.1007/BF00049423
 */
export function calibrate(
  samples: readonly CalibrationSample[],
  kind: SignalKind = 'lexical',
): ConfidenceWeights {
  if (samples.length === 0) return null;
  const defaults = DEFAULT_WEIGHTS[kind];
  const rows = samples.map(({ signals, right, weight }) => ({
    inputs: inputsOf(signals),
    right: right ? 1 : 0,
    weight,
  }));
  const bend = defaults.map((_, one) =>
    defaults.map((_, other) => {
      const sum = rows.reduce((sum, { inputs, weight }) => sum + weight * inputs[one]! * inputs[other]!, 0);
      return sum / 4 + (one === other ? REGULARIZATION : 0);
    }),
  );
  const weights = [...defaults];
  for (let count = 0; count < MAX_STEPS; count++) {
    const slope = weights.map((weight, index) => REGULARIZATION * (weight - defaults[index]!));
    for (const { inputs, right, weight } of rows) {
      const error = weight * (sigmoid(dot(weights, inputs)) - right);
      inputs.forEach((input, index) => {
        slope[index]! += error * input;
      });
    }
    const step = solve(bend, slope);
    step.forEach((change, index) => {
      weights[index]! -= change;
    });
    if (step.every((change) => Math.abs(change) < MIN_STEP)) break;
  }
  return weights;
}

function confidenceBy(weights: readonly number[], signals: RelevanceSignals): number {
  const fitting = signals.likeness === null ? WEIGHTS_WITHOUT_MODEL[signalKindOf(signals)] : weights;
  return sigmoid(dot(fitting, inputsOf(signals)));
}

const signalKindOf = ({ meaning }: RelevanceSignals): SignalKind =>
  meaning === null ? 'lexical' : 'semantic';

/** What the weights of `DEFAULT_WEIGHTS` stand for, in their order. */
function inputsOf({ coverage, likeness, meaning, lead }: RelevanceSignals): number[] {
  return [1, coverage, bounded(lead), likeness ?? 0, meaning ?? 0];
}

/** A lead beyond this says no more. */
function bounded(lead: number): number {
  return Math.max(-3, Math.min(3, lead));
}

function dot(weights: readonly number[], inputs: readonly number[]): number {
  return inputs.reduce((sum, input, index) => sum + input * (weights[index] ?? 0), 0);
}

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

/** What `matrix`, symmetric and positive definite, makes `vector` of; by Gaussian elimination. */
function solve(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, vector[index]!]);
  const size = rows.length;
  for (let pivot = 0; pivot < size; pivot++) {
    for (let below = pivot + 1; below < size; below++) {
      const factor = rows[below]![pivot]! / rows[pivot]![pivot]!;
      for (let column = pivot; column <= size; column++)
        rows[below]![column]! -= factor * rows[pivot]![column]!;
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let index = size - 1; index >= 0; index--) {
    const known = dot(rows[index]!.slice(0, size), solution);
    solution[index] = (rows[index]![size]! - known) / rows[index]![index]!;
  }
  return solution;
}
