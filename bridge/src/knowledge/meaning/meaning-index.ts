import { between, likeness, type Vector } from './vector.ts';

export interface MeaningMatch {
  id: string;
  /** The likeness of the article's nearest text, in standard deviations over the articles; 0 is usual. */
  score: number;
}

export interface MeaningIndex {
  readonly size: number;
  /** Of an article's title, questions and text; without any it is found by its words alone. */
  put(id: string, vectors: readonly Vector[]): void;
  remove(id: string): void;
  /** The `limit` articles that mean most alike, in no order. */
  match(query: Vector, limit: number): MeaningMatch[];
}

interface Entry {
  id: string;
  middle: Vector;
  vectors: readonly Vector[];
}

/** Articles whose texts are all compared; of more, only those whose middle is nearest. */
const MOST_COMPARED = 300;

export function createMeaningIndex(): MeaningIndex {
  const entries = new Map<string, Entry>();

  return {
    get size() {
      return entries.size;
    },
    put(id, vectors) {
      const middle = between(vectors);
      if (middle) entries.set(id, { id, middle, vectors });
      else entries.delete(id);
    },
    remove: (id) => entries.delete(id),
    match(query, limit) {
      const alike = [...entries.values()]
        .map((entry) => ({ entry, like: likeness(query, entry.middle) }))
        .sort((a, b) => b.like - a.like);
      for (const candidate of alike.slice(0, MOST_COMPARED)) {
        for (const vector of candidate.entry.vectors)
          candidate.like = Math.max(candidate.like, likeness(query, vector));
      }
      const mean = alike.reduce((sum, { like }) => sum + like, 0) / alike.length;
      const deviation =
        Math.sqrt(alike.reduce((sum, { like }) => sum + (like - mean) ** 2, 0) / alike.length) || 1;
      return alike
        .slice(0, MOST_COMPARED)
        .sort((a, b) => b.like - a.like)
        .slice(0, limit)
        .map(({ entry, like }) => ({ id: entry.id, score: (like - mean) / deviation }));
    },
  };
}
