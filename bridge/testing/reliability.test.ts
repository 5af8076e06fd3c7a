import { describe, expect, test } from 'bun:test';
import fc from 'fast-check';
import { generator } from '../src/knowledge/learning/linear-model.ts';
import { type Prediction, reliabilityOf } from './reliability.ts';

const bounds = { sure: 0.5, unsure: 0.2 };
const judged = (...given: [confidence: number, right: boolean][]): Prediction[] =>
  given.map(([confidence, right]) => ({ confidence, right }));

/** Questions whose confidences are the chances that they are right. */
function honest(count: number): Prediction[] {
  const random = generator(5);
  return Array.from({ length: count }, () => {
    const confidence = random();
    return { confidence, right: random() < confidence };
  });
}

describe('figures counted by hand', () => {
  const reliability = reliabilityOf(
    judged([0.9, true], [0.8, true], [0.6, false], [0.4, true], [0.1, true], [0.1, false]),
    bounds,
  );

  test('shares', () => {
    expect(reliability.questions).toBe(6);
    expect(reliability.base).toBeCloseTo(4 / 6);
    expect(reliability.answered).toBeCloseTo(3 / 6);
    expect(reliability.answeredRight).toBeCloseTo(2 / 3);
    expect(reliability.lost).toBeCloseTo(1 / 4);
  });

  test('scores', () => {
    // One question a bin: each gap counts as it is.
    expect(reliability.ece).toBeCloseTo((0.1 + 0.2 + 0.6 + 0.6 + 0.9 + 0.1) / 6);
    expect(reliability.brier).toBeCloseTo((0.01 + 0.04 + 0.36 + 0.36 + 0.81 + 0.01) / 6);
    expect(reliability.skill).toBeCloseTo(1 - reliability.brier / (2 / 9));
    // Of 4 × 2 pairs of right and wrong, 0.4 and 0.1 lose to 0.6, and 0.1 draws with 0.1.
    expect(reliability.auroc).toBeCloseTo(5.5 / 8);
  });
});

test('calibration errors cancel out within a bin, not between bins', () => {
  const even = Array.from({ length: 10 }, () => judged([0.5, true], [0.5, false])).flat();
  expect(reliabilityOf(even, bounds).ece).toBeCloseTo(0);
  const opposed = Array.from({ length: 10 }, () => judged([0.7, false], [0.3, true])).flat();
  expect(reliabilityOf(opposed, bounds).ece).toBeCloseTo(0.7);
});

test('true probabilities have no calibration error, overconfident ones have', () => {
  const questions = honest(20_000);
  expect(reliabilityOf(questions, bounds).ece).toBeLessThan(0.02);
  const certain = questions.map(({ confidence, right }) => ({
    confidence: confidence > 0.5 ? (1 + confidence) / 2 : confidence / 2,
    right,
  }));
  expect(reliabilityOf(certain, bounds).ece).toBeGreaterThan(0.1);
  expect(reliabilityOf(certain, bounds).auroc).toBeCloseTo(reliabilityOf(questions, bounds).auroc ?? 0);
});

test('does not depend on the order of questions, and gives shares from 0 to 1', () => {
  const question = fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() });
  fc.assert(
    fc.property(
      fc.uniqueArray(question, { minLength: 1, selector: (one) => one.confidence }),
      (questions) => {
        const reliability = reliabilityOf(questions, bounds);
        const { ece, auroc, brier } = reliabilityOf(questions.toReversed(), bounds);
        expect(ece).toBeCloseTo(reliability.ece);
        expect(brier).toBeCloseTo(reliability.brier);
        expect(auroc).toBe(reliability.auroc);
        for (const share of [ece, brier, auroc ?? 0, reliability.answered, reliability.lost ?? 0]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
      },
    ),
  );
});

test('gives null for figures that need cases which did not occur', () => {
  expect(reliabilityOf(judged([0.1, true], [0.3, true]), bounds)).toMatchObject({
    auroc: null,
    answeredRight: null,
    skill: 0,
  });
  expect(reliabilityOf(judged([0.9, false]), bounds)).toMatchObject({ lost: null, answeredRight: 0 });
  expect(() => reliabilityOf([], bounds)).toThrow(RangeError);
});
