// biome-ignore-all lint/style/noNonNullAssertion: sums over typed arrays, within their bounds
import type { Example } from './linear-model.ts';
import type { Features } from './vectorizer.ts';

/** What is left out, as if it had never been learned: one question, or all of an article. */
export interface Without {
  example?: number;
  label?: number;
}

/** How like a question is to what each label was asked by. */
export interface Likeness {
  /** The cosine of the likest of its questions, 0 to 1; below 0 where one that it does not answer is as like. */
  nearest: Float32Array;
  /** The cosine of the sum of its questions, 0 to 1. */
  whole: Float32Array;
}

/** The questions of each label by their features, as an inverted index, in pieces that a thread can hand to another. */
export interface PackedExamples {
  /** By bucket: where its questions begin in `owners` and `values`, and last where the last one's end. */
  starts: Uint32Array;
  owners: Uint32Array;
  values: Float32Array;
  /** By question. */
  labels: Uint32Array;
  weights: Float32Array;
  /** By label, the squared length of the sum of its questions. */
  squares: Float64Array;
}

/** Memory and time grow with the questions alone. */
export function* packExamples(
  examples: readonly Example[],
  labels: number,
  size: number,
): Generator<void, PackedExamples> {
  const lengths = examples.map(({ features }) => lengthOf(features) || 1);
  const starts = new Uint32Array(size + 1);
  for (const { features } of examples) {
    for (const bucket of features.buckets) starts[bucket + 1]! += 1;
    yield;
  }
  for (let bucket = 0; bucket < size; bucket++) starts[bucket + 1]! += starts[bucket]!;
  const places = starts.slice();
  const owners = new Uint32Array(starts[size]!);
  const values = new Float32Array(starts[size]!);
  for (const [number, { features }] of examples.entries()) {
    for (let index = 0; index < features.buckets.length; index++) {
      const place = places[features.buckets[index]!]!++;
      owners[place] = number;
      values[place] = features.weights[index]! / lengths[number]!;
    }
    yield;
  }
  return {
    starts,
    owners,
    values,
    labels: Uint32Array.from(examples, ({ label }) => label),
    weights: Float32Array.from(examples, ({ weight }) => weight),
    squares: yield* squaresOf(examples, lengths, labels, size),
  };
}

/** What any question adds can be taken out again, so that it is asked of an index that never saw it. */
export function likenessBy({
  starts,
  owners,
  values,
  labels: labelOf,
  weights: weightOf,
  squares,
}: PackedExamples): (query: Features, without?: Without) => Likeness {
  const products = new Float32Array(labelOf.length);
  const labels = squares.length;

  return (query, without = {}) => {
    products.fill(0);
    const length = lengthOf(query) || 1;
    for (let index = 0; index < query.buckets.length; index++) {
      const bucket = query.buckets[index]!;
      const value = query.weights[index]! / length;
      for (let place = starts[bucket]!; place < starts[bucket + 1]!; place++)
        products[owners[place]!]! += value * values[place]!;
    }
    const nearest = new Float32Array(labels);
    const against = new Float32Array(labels);
    const whole = new Float32Array(labels);
    for (let number = 0; number < products.length; number++) {
      const product = products[number]!;
      if (number === without.example || product === 0) continue;
      const label = labelOf[number]!;
      const weight = weightOf[number]!;
      if (weight > 0) {
        nearest[label] = Math.max(nearest[label]!, product);
        whole[label]! += weight * product;
      } else against[label] = Math.max(against[label]!, Math.min(1, -weight) * product * product);
    }
    const left = without.example ?? -1;
    const leftLabel = labelOf[left];
    for (let label = 0; label < labels; label++) {
      let square = squares[label]!;
      // Without one question, whose product with the others is what is asked for.
      if (leftLabel === label) square -= 2 * weightOf[left]! * whole[label]! + weightOf[left]! ** 2;
      whole[label] = square > 0 ? Math.max(0, whole[label]! / Math.sqrt(square) - against[label]!) : 0;
      nearest[label]! -= against[label]!;
    }
    if (without.label !== undefined) nearest[without.label] = whole[without.label] = 0;
    return { nearest, whole };
  };
}

/** The same for one label whose questions changed since. */
export function likenessTo(examples: readonly Example[]): (query: Features) => { near: number; all: number } {
  const asked = examples.map(({ features, weight }) => {
    const length = lengthOf(features) || 1;
    const values = new Map<number, number>();
    features.buckets.forEach((bucket, index) => {
      values.set(bucket, features.weights[index]! / length);
    });
    return { values, weight };
  });
  const sum = new Map<number, number>();
  for (const { values, weight } of asked)
    if (weight > 0)
      for (const [bucket, value] of values) sum.set(bucket, (sum.get(bucket) ?? 0) + weight * value);
  const wholeLength = Math.hypot(...sum.values());
  return (query) => {
    const length = lengthOf(query) || 1;
    const productWith = (values: ReadonlyMap<number, number>) => {
      let product = 0;
      query.buckets.forEach((bucket, index) => {
        product += ((values.get(bucket) ?? 0) * query.weights[index]!) / length;
      });
      return product;
    };
    let near = 0;
    let against = 0;
    for (const { values, weight } of asked) {
      const product = productWith(values);
      if (weight > 0) near = Math.max(near, product);
      else against = Math.max(against, Math.min(1, -weight) * product * product);
    }
    const all = wholeLength > 0 ? Math.max(0, productWith(sum) / wholeLength - against) : 0;
    return { near: near - against, all };
  };
}

/** By label, the squared length of the sum of its questions, each of length 1 times its weight. */
function* squaresOf(
  examples: readonly Example[],
  lengths: readonly number[],
  labels: number,
  size: number,
): Generator<void, Float64Array> {
  const own: number[][] = Array.from({ length: labels }, () => []);
  examples.forEach(({ label, weight }, number) => {
    if (weight > 0) own[label]!.push(number);
  });
  const squares = new Float64Array(labels);
  const sum = new Float64Array(size);
  for (const [label, numbers] of own.entries()) {
    for (const number of numbers) {
      const { features, weight } = examples[number]!;
      features.buckets.forEach((bucket, index) => {
        const added = (weight * features.weights[index]!) / lengths[number]!;
        // (a + b)² − a²
        squares[label]! += added * (2 * sum[bucket]! + added);
        sum[bucket]! += added;
      });
    }
    for (const number of numbers) for (const bucket of examples[number]!.features.buckets) sum[bucket] = 0;
    yield;
  }
  return squares;
}

function lengthOf({ weights }: Features): number {
  let square = 0;
  for (const weight of weights) square += weight * weight;
  return Math.sqrt(square);
}
