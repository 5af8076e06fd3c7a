import {
  type Example,
  type LinearModel,
  linearModelOf,
  trainLinearModel,
} from '../../knowledge/learning/linear-model.ts';
import {
  type Features,
  fitVectorizer,
  type Vectorizer,
  vectorizerOf,
} from '../../knowledge/learning/vectorizer.ts';
import { expandPattern, linesOf } from './expand-pattern.ts';
import { createUnknownWordCounter, type UnknownWordCounter } from './unknown-words.ts';

/** What is said to an answer: it was none, that was tried before, something else is asked, or yes. */
export type Reaction = 'unhelpful' | 'tried' | 'another' | 'agreed';

/** What a message is for, where that can be told without the articles; `about` asks what the virtual agent is. */
export type Intent = 'handoff' | 'greeting' | 'thanks' | 'goodbye' | 'solved' | 'about' | Reaction | 'other';

/** Sets of example sentences by intent; see expand-pattern.ts for how they are written. */
export type IntentExamples = readonly Partial<Record<Intent, string>>[];

export interface IntentModel {
  /** The likeliest intent and its chance, 0 to 1. */
  detect(sentence: string): { intent: Intent; chance: number };
  /** All that was learned; with the same examples, `restoreIntentModel` makes the same model of it. */
  learned: IntentWeights;
}

export interface IntentWeights {
  rarity: Float32Array;
  weights: Float32Array;
}

interface Line {
  label: number;
  texts: string[];
}

export const BUCKETS = 2 ** 14;
const EPOCHS = 12;
const MAX_UNKNOWN_WORDS = 4;
const SIZE = BUCKETS + MAX_UNKNOWN_WORDS + 1;

/** Takes some 500 ms. */
export function* trainIntentModel(examples: IntentExamples): Generator<void, IntentModel> {
  const { intents, lines, asking, unknownWords } = read(examples);
  const vectorizer = yield* fitVectorizer(
    lines.flatMap(({ texts }) => texts),
    BUCKETS,
  );
  const sentences: Example[] = [];
  const features = vectorizer.fitted[Symbol.iterator]();
  for (const line of lines) {
    const place = asking.indexOf(line);
    const but = place < 0 ? undefined : place;
    for (const text of line.texts)
      sentences.push({
        label: line.label,
        features: withCount(features.next().value as Features, unknownWords.count(text, but)),
        weight: 1,
      });
    yield;
  }
  const model = yield* trainLinearModel(sentences, intents.length, SIZE, { epochs: EPOCHS });
  return modelOf(intents, unknownWords, vectorizer, model);
}

/** What was learned from the same examples before; null where it does not fit them. */
export function restoreIntentModel(
  examples: IntentExamples,
  { rarity, weights }: IntentWeights,
): IntentModel | null {
  const intents = intentsOf(examples);
  if (rarity.length !== BUCKETS || weights.length !== SIZE * intents.length) return null;
  // The sentences of the other intents are not needed any more, and to make them all takes time and memory at each start.
  const unknownWords = createUnknownWordCounter(sentencesOf(examples, 'handoff'));
  return modelOf(intents, unknownWords, vectorizerOf(rarity), linearModelOf(weights, intents.length));
}

function intentsOf(examples: IntentExamples): Intent[] {
  return [...new Set(examples.flatMap((set) => Object.keys(set) as Intent[]))];
}

/** By line, what an intent's examples stand for. */
const sentencesOf = (examples: IntentExamples, intent: Intent): string[][] =>
  examples.flatMap((set) => linesOf(set[intent] ?? '')).map(expandPattern);

function read(examples: IntentExamples) {
  const intents = intentsOf(examples);
  const lines: Line[] = intents.flatMap((intent, label) =>
    sentencesOf(examples, intent).map((texts) => ({ label, texts })),
  );
  const asking = lines.filter(({ label }) => intents[label] === 'handoff');
  return { intents, lines, asking, unknownWords: createUnknownWordCounter(asking.map(({ texts }) => texts)) };
}

function modelOf(
  intents: readonly Intent[],
  unknownWords: UnknownWordCounter,
  { vectorize, rarity }: Vectorizer,
  { probabilities, weights }: LinearModel,
): IntentModel {
  return {
    learned: { rarity, weights },
    detect(sentence) {
      const chances = probabilities(withCount(vectorize(sentence), unknownWords.count(sentence)));
      const chance = Math.max(...chances);
      return { intent: intents[chances.indexOf(chance)] ?? 'other', chance };
    },
  };
}

/** One bucket for each word that is strange, up to the most, and one that is always there. */
function withCount({ buckets, weights }: Features, count: number): Features {
  const more = Math.min(count, MAX_UNKNOWN_WORDS) + 1;
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
