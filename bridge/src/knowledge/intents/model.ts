import { type Features, fitVectorizer } from '../features.ts';
import { type Example, trainLinearModel } from '../linear-model.ts';
import { expand, linesOf } from './expand.ts';
import { createStrangers } from './strangers.ts';

/** What a message is for, where that can be told without the articles; `about` asks what the virtual agent is. */
export type Intent = 'handoff' | 'greeting' | 'thanks' | 'goodbye' | 'solved' | 'about' | 'other';

export interface IntentModel {
  /** The likeliest intent and its chance, 0 to 1. */
  detect(sentence: string): { intent: Intent; chance: number };
}

const BUCKETS = 2 ** 14;
const EPOCHS = 12;
const MOST_STRANGERS = 4;

/** Learns from sets of example sentences by intent; see expand.ts for how they are written. Takes some 300 ms. */
export function* trainIntents(
  sets: readonly Partial<Record<Intent, string>>[],
): Generator<void, IntentModel> {
  const intents = [...new Set(sets.flatMap((set) => Object.keys(set) as Intent[]))];
  const lines = intents.flatMap((intent, label) =>
    sets.flatMap((set) => linesOf(set[intent] ?? '')).map((line) => ({ label, texts: expand(line) })),
  );
  const asking = lines.filter(({ label }) => intents[label] === 'handoff');
  const strangers = createStrangers(asking.map(({ texts }) => texts));
  const texts = lines.flatMap((line) => line.texts);
  const vectorizer = yield* fitVectorizer(texts, BUCKETS);
  const examples: Example[] = [];
  const features = vectorizer.fitted[Symbol.iterator]();
  for (const line of lines) {
    const place = asking.indexOf(line);
    const but = place < 0 ? undefined : place;
    for (const text of line.texts)
      examples.push({
        label: line.label,
        features: withCount(features.next().value as Features, strangers.count(text, but)),
        weight: 1,
      });
    yield;
  }
  const size = BUCKETS + MOST_STRANGERS + 1;
  const model = yield* trainLinearModel(examples, intents.length, size, { epochs: EPOCHS });
  return {
    detect(sentence) {
      const chances = model.probabilities(
        withCount(vectorizer.vectorize(sentence), strangers.count(sentence)),
      );
      const chance = Math.max(...chances);
      return { intent: intents[chances.indexOf(chance)] ?? 'other', chance };
    },
  };
}

/** One bucket for each word that is strange, up to the most, and one that is always there. */
function withCount({ buckets, weights }: Features, count: number): Features {
  const more = Math.min(count, MOST_STRANGERS) + 1;
  const all = {
    buckets: new Int32Array(buckets.length + more),
    weights: new Float32Array(weights.length + more),
  };
  all.buckets.set(buckets);
  all.weights.set(weights);
  for (let number = 0; number < more; number++) all.buckets[buckets.length + number] = BUCKETS + number;
  all.weights.fill(1, weights.length);
  return all;
}
