// biome-ignore-all lint/style/noNonNullAssertion: sums over typed arrays, within their bounds
import { truncate } from '@flexcord/shared/messages/truncate';
import { allWords, languageOf, lettersOf } from '../text/terms.ts';

/** A sparse vector: `weights[i]` stands at `buckets[i]`. */
export interface Features {
  buckets: Int32Array;
  weights: Float32Array;
}

/**
 * What a text is made of: how often each feature is in it, one kind after another, and where each kind ends. Each kind is
 * made equally long so that many letters do not drown few words.
 */
interface Counts {
  buckets: Int32Array;
  times: Float32Array;
  ends: number[];
}

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
    const counts = countFeatures(text, size - 1);
    for (const bucket of counts.buckets) seen[bucket]! += 1;
    counted.push(counts);
    yield;
  }
  const rarity = seen.map((times) => Math.log((1 + counted.length) / (1 + times)) + 1);
  const fitted: Features[] = [];
  for (const counts of counted) {
    fitted.push(weigh(counts, rarity));
    yield;
  }
  return { ...vectorizerOf(rarity), fitted };
}

/** A vectorizer that was fitted before. */
export function vectorizerOf(rarity: Float32Array): Vectorizer {
  return { rarity, vectorize: (text) => weigh(countFeatures(text, rarity.length - 1), rarity) };
}

/** The weights stand in the place of the counts. */
function weigh({ buckets, times: weights, ends }: Counts, rarity: Float32Array): Features {
  let from = 0;
  ends.forEach((end, kind) => {
    let square = 0;
    for (let at = from; at < end; at++) {
      const weight = (1 + Math.log(weights[at]!)) * rarity[buckets[at]!]!;
      square += weight * weight;
      weights[at] = weight;
    }
    const scale = square > 0 ? KIND_WEIGHTS[kind]! / Math.sqrt(square) : 0;
    for (let at = from; at < end; at++) weights[at]! *= scale;
    from = end;
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
  return packed([single, pairs, runs]);
}

/** Thousands of texts as maps would take much memory. */
function packed(kinds: readonly Map<number, number>[]): Counts {
  const size = kinds.reduce((sum, kind) => sum + kind.size, 0);
  const counts: Counts = { buckets: new Int32Array(size), times: new Float32Array(size), ends: [] };
  let at = 0;
  for (const kind of kinds) {
    for (const [bucket, times] of kind) {
      counts.buckets[at] = bucket;
      counts.times[at++] = times;
    }
    counts.ends.push(at);
  }
  return counts;
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
