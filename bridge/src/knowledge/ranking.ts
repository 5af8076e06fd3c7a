// biome-ignore-all lint/style/noNonNullAssertion: labels are places in the model's own arrays
import type { QuestionModel } from './question-model.ts';
import type { WordIndex, WordMatch } from './word-index.ts';

/** What speaks for an article; confidence is told from it (see confidence.ts). */
export interface Signals {
  /** Share of the question's telling words that the article has; 0 to 1. */
  coverage: number;
  /** How many times likelier than by chance the model holds it, as a logarithm; null without a model. */
  likelihood: number | null;
  /** How far it is before the best of the others (below 0: behind), in standard deviations. */
  lead: number;
}

export interface Ranked {
  id: string;
  mix: number;
  signals: Signals;
}

/** A question, or an earlier message that gives it its context and counts less. */
export interface Part {
  text: string;
  weight: number;
}

/** The model's share of the mix; the words have the rest. By cross-validation (see bench/knowledge). */
const MODEL_SHARE = 0.65;
const SMALLEST_CHANCE = 1e-6;

/** The articles by how well they fit, best first, at most `limit`; those in `without` are passed over. */
export function rank(
  parts: readonly Part[],
  index: WordIndex,
  model: QuestionModel | null,
  limit: number,
  without: ReadonlySet<string> = new Set(),
): Ranked[] {
  const found = new Map<string, Ranked>();
  const whole = parts.reduce((sum, { weight }) => sum + weight, 0);
  for (const { text, weight } of parts) {
    const share = weight / whole;
    addWords(found, index.match(text), index.size, share, model ? 1 - MODEL_SHARE : 1, without);
    if (model) addModel(found, model, text, share, without);
  }
  const best = topOf([...found.values()], limit + 1);
  return best.slice(0, limit).map((ranked, place) => {
    const rival = best[place === 0 ? 1 : 0]?.mix ?? 0;
    return { ...ranked, signals: { ...ranked.signals, lead: ranked.mix - rival } };
  });
}

function addWords(
  found: Map<string, Ranked>,
  matches: Map<string, WordMatch>,
  size: number,
  share: number,
  wordShare: number,
  without: ReadonlySet<string>,
): void {
  let sum = 0;
  let squares = 0;
  for (const { score } of matches.values()) {
    sum += score;
    squares += score * score;
  }
  const mean = sum / Math.max(size, 1);
  const deviation = Math.sqrt(Math.max(squares / Math.max(size, 1) - mean * mean, 0)) || 1;
  for (const [id, { score, coverage }] of matches) {
    if (without.has(id)) continue;
    const ranked = entry(found, id);
    // Counted from 0, not from the mean, as articles without a match are not listed.
    ranked.mix += (share * wordShare * score) / deviation;
    ranked.signals.coverage += share * coverage;
  }
}

function addModel(
  found: Map<string, Ranked>,
  model: QuestionModel,
  text: string,
  share: number,
  without: ReadonlySet<string>,
): void {
  const logs = model.chances(text).map((chance) => Math.log(chance + SMALLEST_CHANCE));
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
  const deviation = Math.sqrt(logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length) || 1;
  model.ids.forEach((id, label) => {
    if (without.has(id)) return;
    const log = logs[label]!;
    const ranked = entry(found, id);
    ranked.mix += (share * MODEL_SHARE * (log - mean)) / deviation;
    ranked.signals.likelihood = (ranked.signals.likelihood ?? 0) + share * (log + Math.log(logs.length));
  });
}

function entry(found: Map<string, Ranked>, id: string): Ranked {
  const known = found.get(id);
  if (known) return known;
  const fresh: Ranked = { id, mix: 0, signals: { coverage: 0, likelihood: null, lead: 0 } };
  found.set(id, fresh);
  return fresh;
}

/** Ties go by id, so that the same question always has the same answer. */
function topOf(ranked: Ranked[], limit: number): Ranked[] {
  return ranked.sort((a, b) => b.mix - a.mix || (a.id < b.id ? -1 : 1)).slice(0, limit);
}
