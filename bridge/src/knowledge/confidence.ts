// biome-ignore-all lint/style/noNonNullAssertion: sums over rows of one length
import type { Signals } from './ranking.ts';

/** Tells from what speaks for an article the chance, from 0 to 1, that it is what was asked for. */
export type Confidence = (signals: Signals) => number;

/** An article that was found for a question whose right article is known. */
export interface Trial {
  signals: Signals;
  right: boolean;
}

/** Fewer trials than this say nothing reliable. */
export const FEWEST_TRIALS = 80;
const ROUNDS = 400;
const RATE = 0.5;
/** Pulls towards `USUAL`, so that few trials cannot lead far away from what is known to work. */
const PULL = 0.01;

/** Bias, coverage, likelihood, lead, coverage with likelihood, and meaning, as fitted on cross-validated sample questions. */
const USUAL = [-4.2, 2.5, 0.7, 0.9, 0.5, 0];
/** While there is no model yet: bias, coverage, lead. */
const BY_WORDS = [-3.3, 5.6, 0.2];

/** What holds for knowledge that is too small to measure. */
export const usualConfidence: Confidence = (signals) => confidenceBy(USUAL, signals);

/** Logistic regression over the signals of held-out questions (Platt's calibration). */
export function calibrate(trials: readonly Trial[]): Confidence {
  if (trials.length < FEWEST_TRIALS) return usualConfidence;
  const weights = [...USUAL];
  const rows = trials.map(({ signals, right }) => ({ inputs: inputsOf(signals), right: right ? 1 : 0 }));
  for (let round = 0; round < ROUNDS; round++) {
    const slope = weights.map((weight, index) => PULL * (weight - USUAL[index]!));
    for (const { inputs, right } of rows) {
      const error = (sigmoid(dot(weights, inputs)) - right) / rows.length;
      inputs.forEach((input, index) => {
        slope[index]! += error * input;
      });
    }
    slope.forEach((value, index) => {
      weights[index]! -= RATE * value;
    });
  }
  return (signals) => confidenceBy(weights, signals);
}

function confidenceBy(weights: readonly number[], signals: Signals): number {
  if (signals.likelihood === null) {
    return sigmoid(dot(BY_WORDS, [1, signals.coverage, bounded(signals.lead)]));
  }
  return sigmoid(dot(weights, inputsOf(signals)));
}

function inputsOf({ coverage, likelihood, meaning, lead }: Signals): number[] {
  const likely = Math.max(likelihood ?? 0, -2);
  return [1, coverage, likely, bounded(lead), coverage * likely, meaning ?? 0];
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
