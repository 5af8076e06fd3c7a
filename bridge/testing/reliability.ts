/** What was found first for a question whose right article is known, or that no article answers. */
export interface Prediction {
  /** 0 to 1; 0 where nothing was found. */
  confidence: number;
  right: boolean;
}

/** How far confidence can be relied on. Shares are from 0 to 1. */
export interface Reliability {
  questions: number;
  /** Share of the questions whose first hit is right. */
  base: number;
  /**
   * Expected calibration error: how far the mean confidence of a bin is from its share of right ones, in the mean over
   * bins of equally many questions. https://arxiv.org/abs/1909.10155
   */
  ece: number;
  /** Mean squared distance of confidence from right (1) or wrong (0). */
  brier: number;
  /** How much less that is than for always saying `base`; 1 is perfect, 0 is no better, below 0 is worse. */
  skill: number;
  /** The chance that a right hit has a higher confidence than a wrong one; null where all are right, or none. */
  auroc: number | null;
  /** Share of the questions that are answered, as confidence reaches `sure`. */
  answered: number;
  /** Share of the answered that are right; null where nothing is answered. */
  answeredRight: number | null;
  /** Share of the right hits that are not shown, as confidence is below `unsure`; null where none is right. */
  lost: number | null;
}

/** From which confidence on a hit is an answer, and below which it is not shown. */
export interface Bounds {
  sure: number;
  unsure: number;
}

const BINS = 10;

/** @throws RangeError without any question, about which nothing can be said. */
export function reliabilityOf(judged: readonly Prediction[], { sure, unsure }: Bounds): Reliability {
  if (judged.length === 0) throw new RangeError('Reliability needs at least one question.');
  const right = judged.filter(({ right }) => right);
  const answered = judged.filter(({ confidence }) => confidence >= sure);
  const base = right.length / judged.length;
  const brier = mean(judged.map(({ confidence, right }) => (confidence - Number(right)) ** 2));
  const usual = base * (1 - base);
  return {
    questions: judged.length,
    base,
    ece: calibrationError(judged),
    brier,
    skill: usual === 0 ? 0 : 1 - brier / usual,
    auroc: areaUnderCurve(judged),
    answered: answered.length / judged.length,
    answeredRight: answered.length === 0 ? null : mean(answered.map(({ right }) => Number(right))),
    lost: right.length === 0 ? null : mean(right.map(({ confidence }) => Number(confidence < unsure))),
  };
}

function calibrationError(judged: readonly Prediction[]): number {
  const sorted = judged.toSorted((a, b) => a.confidence - b.confidence);
  let sum = 0;
  for (let bin = 0; bin < BINS; bin++) {
    const own = sorted.slice(
      Math.round((bin * sorted.length) / BINS),
      Math.round(((bin + 1) * sorted.length) / BINS),
    );
    sum += Math.abs(own.reduce((gap, { confidence, right }) => gap + confidence - Number(right), 0));
  }
  return sum / judged.length;
}

/** By ranks (Mann–Whitney); equals share theirs. */
function areaUnderCurve(judged: readonly Prediction[]): number | null {
  const sorted = judged.toSorted((a, b) => a.confidence - b.confidence);
  let wrongBefore = 0;
  let pairsWon = 0;
  let rights = 0;
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to]?.confidence === sorted[from]?.confidence) to++;
    const equals = sorted.slice(from, to);
    const right = equals.filter(({ right }) => right).length;
    const wrong = equals.length - right;
    pairsWon += right * (wrongBefore + wrong / 2);
    wrongBefore += wrong;
    rights += right;
  }
  return rights === 0 || wrongBefore === 0 ? null : pairsWon / (rights * wrongBefore);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
