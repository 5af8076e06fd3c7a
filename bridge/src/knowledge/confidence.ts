// biome-ignore-all lint/style/noNonNullAssertion: sums over rows of one length
import type { Signals } from './ranking.ts';

/** Tells from what speaks for an article the chance, from 0 to 1, that it is what was asked for. */
export type Confidence = (signals: Signals) => number;

/** An article that was found for a question whose right article is known. */
export interface Trial {
  signals: Signals;
  right: boolean;
  /** How often it counts. */
  weight: number;
}

/** Fewer trials than this say nothing reliable. */
export const FEWEST_TRIALS = 80;
/** Fitting ends after this many steps, or when one moves no weight further than `STILL`. */
const MOST_STEPS = 200;
const STILL = 1e-4;
/** Pulls towards `USUAL`: few trials cannot lead far away from what is known to work, many outweigh it. */
const PULL = 10;

/** Bias, coverage, likelihood, lead, and coverage with likelihood, as fitted on cross-validated sample questions. */
const USUAL = [-4.2, 2.5, 0.7, 0.9, 0.5];
/** While there is no model yet: bias, coverage, lead. */
const BY_WORDS = [-3.3, 5.6, 0.2];

/** What holds for knowledge that is too small to measure. */
export const usualConfidence: Confidence = (signals) => confidenceBy(USUAL, signals);

/**
 * Logistic regression over the signals of held-out questions (Platt's calibration), by steps that can only improve
 * it: https://doi.org/10.1007/BF00049423
 */
export function calibrate(trials: readonly Trial[]): Confidence {
  if (trials.length < FEWEST_TRIALS) return usualConfidence;
  const rows = trials.map(({ signals, right, weight }) => ({
    inputs: inputsOf(signals),
    right: right ? 1 : 0,
    weight,
  }));
  const bend = USUAL.map((_, one) =>
    USUAL.map((_, other) => {
      const sum = rows.reduce((sum, { inputs, weight }) => sum + weight * inputs[one]! * inputs[other]!, 0);
      return sum / 4 + (one === other ? PULL : 0);
    }),
  );
  const weights = [...USUAL];
  for (let count = 0; count < MOST_STEPS; count++) {
    const slope = weights.map((weight, index) => PULL * (weight - USUAL[index]!));
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
    if (step.every((change) => Math.abs(change) < STILL)) break;
  }
  return (signals) => confidenceBy(weights, signals);
}

function confidenceBy(weights: readonly number[], signals: Signals): number {
  if (signals.likelihood === null) {
    return sigmoid(dot(BY_WORDS, [1, signals.coverage, bounded(signals.lead)]));
  }
  return sigmoid(dot(weights, inputsOf(signals)));
}

/** What the weights of `USUAL` stand for, in their order. */
function inputsOf({ coverage, likelihood, lead }: Signals): number[] {
  const likely = Math.max(likelihood ?? 0, -2);
  return [1, coverage, likely, bounded(lead), coverage * likely];
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
