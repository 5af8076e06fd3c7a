// biome-ignore-all lint/style/noNonNullAssertion: labels are places in the model's own arrays

import type { Without } from '../learning/likeness.ts';
import type { QuestionModel } from '../learning/question-model.ts';
import { leastOfGreatest } from './greatest.ts';
import type { Vector } from './semantic/vector.ts';
import type { VectorIndex, VectorMatch } from './semantic/vector-index.ts';
import type { LeftOut, WordIndex, WordMatch } from './word-index.ts';

/** What speaks for an article; confidence is told from it (see confidence.ts). */
export interface RelevanceSignals {
  /** Share of the question's telling words that the article has; 0 to 1. */
  coverage: number;
  /** How like the question is to those that it was asked by, as a cosine; null without a model. */
  likeness: number | null;
  /**
   * How near its meaning is to the question's, in standard deviations above what the best of as many has by chance; null
   * where nothing tells what they mean.
   */
  meaning: number | null;
  /** How far it is before the best of the others (below 0: behind), in standard deviations. */
  lead: number;
}

export interface RankedArticle {
  id: string;
  /** By this they stand in order. */
  mix: number;
  /** The same without what was trained, which cannot be asked as if it had not seen a question. */
  evidence: number;
  signals: RelevanceSignals;
}

/** A question, or an earlier message that gives it its context and counts less. */
export interface QueryPart {
  text: string;
  weight: number;
  /** What it means, where a model tells it. */
  vector?: Vector | null;
}

/** What articles are found by. */
export interface RankingSources {
  words: WordIndex;
  model: QuestionModel | null;
  meaning: VectorIndex;
  /** How much the meaning counts in the mix, from 0 to 1; words and model have the rest. */
  meaningShare: number;
}

/**
 * The model's share of the mix, without experience and with it; the words have the rest. By cross-validation on
 * training questions (bench/knowledge, `--cv`).
 */
const SHARE = { least: 0.75, most: 0.96 };
/** By how much less the least is where all words are of texts, which the model does not read, and from which share on. */
const UNREAD = { from: 0.7, less: 0.4 };
/** Of the articles that words find, without a model to bring forward one that they put far behind. */
const MAX_MATCHES = 50;
/** With a model. */
const MAX_LIKELY = 1_000;
const MIN_CHANCE = 1e-6;
/** A model that holds all articles nearly as likely knows nothing, and must not have its small differences blown up. */
const MIN_DEVIATION = 1;

/** A question that is asked as if it had not been learned, or its article did not exist. */
export interface HeldOut extends LeftOut {
  /** Its number among what the model learned. */
  example?: number;
  vectors: readonly Vector[];
}

/** The articles by how well they fit, best first, at most `limit`. */
export function rank(
  parts: readonly QueryPart[],
  { words, model, meaning, meaningShare }: RankingSources,
  limit: number,
  held?: HeldOut,
): RankedArticle[] {
  const found = new Map<string, RankedArticle>();
  const modelShare = model ? shareOf(model, words.textShare) : 0;
  const whole = parts.reduce((sum, { weight }) => sum + weight, 0);
  for (const { text, weight, vector } of parts) {
    const share = weight / whole;
    const means = vector && meaning.size > 0 ? meaning.match(vector, MAX_LIKELY, held) : [];
    const rest = means.length > 0 ? share * (1 - meaningShare) : share;
    const matches = words.match(text, model ? MAX_LIKELY : MAX_MATCHES, held);
    addWords(found, matches, rest * (1 - modelShare), share);
    if (model) addModel(found, model, text, rest * modelShare, share, held);
    addMeaning(found, means, meaning.size, share * meaningShare, share);
  }
  const best = topOf([...found.values()], limit + 1);
  return best.slice(0, limit).map((ranked, place) => {
    const rival = best.reduce(
      (most, { evidence }, other) => (other === place ? most : Math.max(most, evidence)),
      0,
    );
    return { ...ranked, signals: { ...ranked.signals, lead: ranked.evidence - rival } };
  });
}

function shareOf({ experience }: QuestionModel, textShare: number): number {
  const unread = Math.max(0, textShare - UNREAD.from) / (1 - UNREAD.from);
  const least = SHARE.least - UNREAD.less * unread;
  return least + (SHARE.most - least) * experience;
}

function addWords(
  found: Map<string, RankedArticle>,
  matches: readonly WordMatch[],
  weight: number,
  share: number,
): void {
  for (const { id, score, coverage } of matches) {
    const ranked = entry(found, id);
    ranked.mix += weight * score;
    ranked.evidence += weight * score;
    ranked.signals.coverage += share * coverage;
  }
}

function addModel(
  found: Map<string, RankedArticle>,
  model: QuestionModel,
  text: string,
  weight: number,
  share: number,
  held: HeldOut | undefined,
): void {
  const { chances, likely, likeness } = model.judge(text, held && withoutOf(model, held));
  const standard = standardized(chances);
  const evidence = likely === chances ? standard : standardized(likely);
  const least = leastOfGreatest(standard, MAX_LIKELY);
  model.ids.forEach((id, label) => {
    if (id === held?.id && held.question === undefined) return;
    if (standard[label]! < least && !found.has(id)) return;
    const ranked = entry(found, id);
    ranked.mix += weight * standard[label]!;
    ranked.evidence += weight * evidence[label]!;
    ranked.signals.likeness = (ranked.signals.likeness ?? 0) + share * likeness[label]!;
  });
}

function withoutOf({ ids }: QuestionModel, { id, question, example }: HeldOut): Without {
  return question === undefined ? { label: ids.indexOf(id) } : example === undefined ? {} : { example };
}

/** How far the logarithm of each chance is above their mean, in standard deviations. */
function standardized(chances: Float32Array): Float32Array {
  const logs = chances.map((chance) => Math.log(chance + MIN_CHANCE));
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length;
  const deviation = Math.max(MIN_DEVIATION, Math.sqrt(variance));
  return logs.map((log) => (log - mean) / deviation);
}

function addMeaning(
  found: Map<string, RankedArticle>,
  means: readonly VectorMatch[],
  size: number,
  weight: number,
  share: number,
): void {
  // About the greatest of as many normal deviations. https://en.wikipedia.org/wiki/Extreme_value_theory
  const byChance = Math.sqrt(2 * Math.log(size));
  for (const { id, score } of means) {
    const ranked = entry(found, id);
    ranked.mix += weight * score;
    ranked.evidence += weight * score;
    ranked.signals.meaning = (ranked.signals.meaning ?? 0) + share * (score - byChance);
  }
}

function entry(found: Map<string, RankedArticle>, id: string): RankedArticle {
  const known = found.get(id);
  if (known) return known;
  const fresh: RankedArticle = {
    id,
    mix: 0,
    evidence: 0,
    signals: { coverage: 0, likeness: null, meaning: null, lead: 0 },
  };
  found.set(id, fresh);
  return fresh;
}

/** Best first, of few. Ties go by id, so that the same question always has the same answer. */
function topOf(ranked: RankedArticle[], limit: number): RankedArticle[] {
  const least = leastOfGreatest(
    Float64Array.from(ranked, ({ mix }) => mix),
    limit,
  );
  return ranked
    .filter(({ mix }) => mix >= least)
    .sort((a, b) => b.mix - a.mix || (a.id < b.id ? -1 : 1))
    .slice(0, limit);
}
