import { expect, test } from 'bun:test';
import { generator } from '../learning/linear-model.ts';
import { type CalibrationSample, calibrate, confidenceOf } from './confidence.ts';
import type { RelevanceSignals } from './ranking.ts';

const defaultConfidence = confidenceOf(null);
const calibrated = (...given: Parameters<typeof calibrate>) => confidenceOf(calibrate(...given));

/** How it is in knowledge where words say little and a lead says much. */
const chanceOf = ({ coverage, likeness, lead }: RelevanceSignals) =>
  1 / (1 + Math.exp(1.5 - 0.5 * coverage - 4 * (likeness ?? 0) - 1.5 * lead));

function samplesOf(count: number, seed: number): CalibrationSample[] {
  const random = generator(seed);
  return Array.from({ length: count }, () => {
    const signals = {
      coverage: random(),
      likeness: random() * 0.6 - 0.2,
      lead: random() * 3 - 1.5,
      meaning: null,
    };
    return { signals, right: random() < chanceOf(signals), weight: 1 };
  });
}

function distance(confidence: (signals: RelevanceSignals) => number): number {
  const asked = samplesOf(500, 99);
  return asked.reduce((sum, { signals }) => sum + Math.abs(confidence(signals) - chanceOf(signals)), 0) / 500;
}

test('approaches the true probability with more samples', () => {
  const none = distance(defaultConfidence);
  const some = distance(calibrated(samplesOf(300, 1)));
  const many = distance(calibrated(samplesOf(5_000, 1)));
  expect(none).toBeGreaterThan(0.1);
  expect(some).toBeLessThan(none / 1.5);
  expect(many).toBeLessThan(0.03);
});

test('learns from few samples too', () => {
  expect(distance(calibrated(samplesOf(40, 5)))).toBeLessThan(distance(defaultConfidence) - 0.02);
});

test('counts a sample of weight two like two samples', () => {
  const samples = samplesOf(200, 2);
  const twice = calibrated(samples.map((sample, index) => ({ ...sample, weight: index < 50 ? 2 : 1 })));
  const repeated = calibrated([...samples, ...samples.slice(0, 50)]);
  for (const { signals } of samplesOf(50, 3)) expect(twice(signals)).toBeCloseTo(repeated(signals), 3);
});

test('is not misled by too few samples or by samples that are all alike', () => {
  const signals = { coverage: 0.8, likeness: 0.3, lead: 1, meaning: null };
  const few = calibrated(samplesOf(3, 4).map((sample) => ({ ...sample, right: false })));
  expect(few(signals)).toBeGreaterThan(defaultConfidence(signals) - 0.2);
  const same = calibrated(Array.from({ length: 500 }, () => ({ signals, right: true, weight: 1 })));
  expect(same(signals)).toBeGreaterThan(0.95);
  expect(same(signals)).toBeLessThanOrEqual(1);
  expect(same({ coverage: 0, likeness: 0, lead: -1, meaning: null })).toBeLessThan(0.1);
});

test('uses meaning where it is known, and ignores it where it says nothing', () => {
  const random = generator(7);
  const byMeaning = (signals: RelevanceSignals) => 1 / (1 + Math.exp(1 - 2 * (signals.meaning ?? 0)));
  const drawn = (): RelevanceSignals => ({
    coverage: random(),
    likeness: random() * 0.6 - 0.2,
    lead: random() * 3 - 1.5,
    meaning: random() * 4 - 2,
  });
  const samples = Array.from({ length: 5_000 }, () => {
    const signals = drawn();
    return { signals, right: random() < byMeaning(signals), weight: 1 };
  });
  const told = calibrated(samples, 'semantic');
  const asked = Array.from({ length: 200 }, drawn);
  const off = asked.reduce((sum, signals) => sum + Math.abs(told(signals) - byMeaning(signals)), 0) / 200;
  expect(off).toBeLessThan(0.04);
  const lexical = { coverage: 0.8, likeness: 0.3, lead: 1, meaning: null };
  expect(calibrated([], 'semantic')(lexical)).toBe(defaultConfidence(lexical));
});

test('a close meaning makes up for missing words while there is no question model', () => {
  const strange = { coverage: 0, likeness: null, lead: 0.5 };
  expect(defaultConfidence({ ...strange, meaning: null })).toBeLessThan(0.2);
  expect(defaultConfidence({ ...strange, meaning: 2 })).toBeGreaterThan(0.5);
  expect(defaultConfidence({ ...strange, meaning: -1 })).toBeLessThan(0.3);
});
