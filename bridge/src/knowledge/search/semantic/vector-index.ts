// biome-ignore-all lint/style/noNonNullAssertion: sums over typed arrays, within their bounds
import { leastOfGreatest } from '../greatest.ts';
import { cosineSimilarity, meanVector, type Vector } from './vector.ts';

export interface VectorMatch {
  id: string;
  /** The cosineSimilarity of the article's nearest text, in standard deviations over the articles; 0 is usual. */
  score: number;
}

/** What an article has for one search instead of its own; nothing where it is to be missing. */
export interface ReplacedVectors {
  id: string;
  vectors: readonly Vector[];
}

export interface VectorIndex {
  readonly size: number;
  /** Of an article's title, questions and text; without any it is found by its words alone. */
  put(id: string, vectors: readonly Vector[]): void;
  remove(id: string): void;
  /** The `limit` articles that mean most alike, at most `MAX_COMPARED`, in no order. */
  match(query: Vector, limit: number, replaced?: ReplacedVectors): VectorMatch[];
}

interface ArticleVectors {
  id: string;
  middle: Vector;
  vectors: readonly Vector[];
}

/** The middles of all articles in one piece, so that comparing with thousands takes few milliseconds. */
interface Middles {
  entries: ArticleVectors[];
  steps: Int8Array;
  dimensions: number;
}

/** Articles whose texts are all compared; of more, only those whose middle is nearest. */
const MAX_COMPARED = 300;

export function createVectorIndex(): VectorIndex {
  const entries = new Map<string, ArticleVectors>();
  let middles: Middles | null = null;

  return {
    get size() {
      return entries.size;
    },
    put(id, vectors) {
      middles = null;
      const middle = meanVector(vectors);
      if (middle) entries.set(id, { id, middle, vectors });
      else entries.delete(id);
    },
    remove(id) {
      middles = null;
      entries.delete(id);
    },
    match(query, limit, replaced) {
      if (middles?.dimensions !== query.steps.length)
        middles = collect([...entries.values()], query.steps.length);
      const alike = cosineSimilarities(query, middles);
      const own = replaced ? middles.entries.findIndex(({ id }) => id === replaced.id) : -1;
      const middle = replaced && own >= 0 ? meanVector(replaced.vectors) : undefined;
      if (middle !== undefined) alike[own] = middle ? cosineSimilarity(query, middle) : -1;
      const nearest = nearestOf(alike, MAX_COMPARED).filter((at) => at !== own || middle);
      for (const at of nearest) {
        for (const vector of at === own ? replaced!.vectors : middles.entries[at]!.vectors)
          alike[at] = Math.max(alike[at]!, cosineSimilarity(query, vector));
      }
      const mean = alike.reduce((sum, like) => sum + like, 0) / alike.length;
      const variance = alike.reduce((sum, like) => sum + (like - mean) ** 2, 0) / alike.length;
      const deviation = Math.sqrt(variance) || 1;
      return nearest
        .sort((a, b) => alike[b]! - alike[a]!)
        .slice(0, limit)
        .map((at) => ({ id: middles!.entries[at]!.id, score: (alike[at]! - mean) / deviation }));
    },
  };
}

/** Those of another model's have other dimensions, and mean nothing to this one's. */
function collect(all: readonly ArticleVectors[], dimensions: number): Middles {
  const entries = all.filter(({ middle }) => middle.steps.length === dimensions);
  const steps = new Int8Array(entries.length * dimensions);
  entries.forEach(({ middle }, at) => {
    steps.set(middle.steps, at * dimensions);
  });
  return { entries, steps, dimensions };
}

function cosineSimilarities(query: Vector, { entries, steps, dimensions }: Middles): Float64Array {
  const asked = query.steps;
  const alike = new Float64Array(entries.length);
  for (let at = 0, from = 0; at < alike.length; at++, from += dimensions) {
    let product = 0;
    for (let index = 0; index < dimensions; index++) product += asked[index]! * steps[from + index]!;
    alike[at] = product / (query.length * entries[at]!.middle.length || 1);
  }
  return alike;
}

/** Places of the greatest values, at most `most`, in no order. */
function nearestOf(alike: Float64Array, most: number): number[] {
  const least = leastOfGreatest(alike, most);
  return Array.from(alike.keys())
    .filter((at) => alike[at]! >= least)
    .slice(0, most);
}
