// biome-ignore-all lint/style/noNonNullAssertion: sums over typed arrays, within their bounds
import { truncate } from '@flexcord/shared/messages/truncate';
import { allWords, languageOf, lettersOf } from '../text/terms.ts';

/** A sparse vector: `weights[i]` stands at `buckets[i]`. */
export interface Features {
  buckets: Int32Array;
  weights: Float32Array;
}

/** What a text is made of, by kind; each kind is made equally long so that many letters do not drown few words. */
type Counts = Map<number, number>[];

export interface Vectorizer {
  vectorize(text: string): Features;
  /** By bucket, how much a feature counts: all that was learned. */
  rarity: Float32Array;
}

export interface FittedVectorizer extends Vectorizer {
  /** Of the texts that it was fitted to, in their order; each text is read only once that way. */
  fitted: readonly Features[];
}

/** How much words, pairs of words and runs of letters count; chosen by cross-validation (see bench/knowledge). */
const KIND_WEIGHTS = [1, 0.6, 1];
/** Runs of letters carry typing errors and word parts; Japanese needs shorter ones as its words are shorter. */
const RUNS = { en: [3, 5], ja: [1, 3] } as const;
const MAX_TEXT_LENGTH = 2_000;

/** Learns from `texts` how rare each feature is; features are hashed to `size` buckets (a power of two). */
export function* fitVectorizer(texts: Iterable<string>, size: number): Generator<void, FittedVectorizer> {
  const seen = new Float32Array(size);
  const counted: Counts[] = [];
  for (const text of texts) {
    const kinds = countFeatures(text, size - 1);
    for (const kind of kinds) for (const bucket of kind.keys()) seen[bucket]! += 1;
    counted.push(kinds);
    yield;
  }
  const rarity = seen.map((times) => Math.log((1 + counted.length) / (1 + times)) + 1);
  const fitted: Features[] = [];
  for (const kinds of counted) {
    fitted.push(weigh(kinds, rarity));
    yield;
  }
  return { ...vectorizerOf(rarity), fitted };
}

/** A vectorizer that was fitted before. */
export function vectorizerOf(rarity: Float32Array): Vectorizer {
  return { rarity, vectorize: (text) => weigh(countFeatures(text, rarity.length - 1), rarity) };
}

function weigh(kinds: Counts, rarity: Float32Array): Features {
  const total = kinds.reduce((sum, kind) => sum + kind.size, 0);
  const buckets = new Int32Array(total);
  const weights = new Float32Array(total);
  let at = 0;
  kinds.forEach((kind, number) => {
    const from = at;
    let square = 0;
    for (const [bucket, times] of kind) {
      const weight = (1 + Math.log(times)) * rarity[bucket]!;
      square += weight * weight;
      buckets[at] = bucket;
      weights[at++] = weight;
    }
    const scale = square > 0 ? KIND_WEIGHTS[number]! / Math.sqrt(square) : 0;
    for (let index = from; index < at; index++) weights[index]! *= scale;
  });
  return { buckets, weights };
}

function countFeatures(text: string, mask: number): Counts {
  const short = truncate(text, MAX_TEXT_LENGTH);
  const all = allWords(short);
  const single = new Map<number, number>();
  const pairs = new Map<number, number>();
  const runs = new Map<number, number>();
  for (const word of all) add(single, hash(word, 1) & mask);
  for (let index = 1; index < all.length; index++) {
    add(pairs, hash(`${all[index - 1]} ${all[index]}`, 2) & mask);
  }
  const [shortest, longest] = RUNS[languageOf(short)];
  const letters = ` ${lettersOf(short)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `;
  for (let start = 0; start < letters.length; start++) {
    let running = FNV_OFFSET ^ 3;
    const end = Math.min(letters.length, start + longest);
    for (let index = start; index < end; index++) {
      const code = letters.charCodeAt(index);
      running = Math.imul(running ^ code, FNV_PRIME);
      if (index - start + 1 >= shortest) add(runs, mix(running) & mask);
      // A run does not go on over the end of a word: pairs of words have their own kind.
      if (code === 32 && index > start) break;
    }
  }
  return [single, pairs, runs];
}

function add(counts: Map<number, number>, bucket: number): void {
  counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** FNV-1a over UTF-16 units, then mixed, as its low bits alone collide. https://www.rfc-editor.org/rfc/rfc9923 */
function hash(text: string, seed: number): number {
  let running = FNV_OFFSET ^ seed;
  for (let index = 0; index < text.length; index++) {
    running = Math.imul(running ^ text.charCodeAt(index), FNV_PRIME);
  }
  return mix(running);
}

function mix(value: number): number {
  const mixed = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 12)) >>> 0;
}
