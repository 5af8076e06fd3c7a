import type { Article } from '@flexcord/bridge/knowledge/article';
import { type Banking77, byCategory, type Labelled } from './dataset.ts';

/** Articles, one a category, and questions that none of them has seen. */
export interface Split {
  seed: number;
  articles: Article[];
  queries: Labelled[];
}

/** Of the test. Settings must not be chosen by them. */
export const SEEDS = [1, 2, 3];
/** Of `--cv`. */
export const CV_SEEDS = [21, 22, 23];
/** Held-out training questions a category. */
const CV_EACH = 14;
/** One in this many categories has no article where questions without an answer are asked for. */
const MISSING_ONE_IN = 5;

/** All test questions; articles have `most` training questions each at most. */
export function testSplits({ train, test }: Banking77, most: number): Split[] {
  return SEEDS.map((seed) => ({ seed, articles: articlesOf(byCategory(train, seed), most), queries: test }));
}

/** Training questions alone, on splits that the test never uses. */
export function cvSplits({ train }: Banking77, most: number): Split[] {
  return CV_SEEDS.map((seed) => {
    const groups = byCategory(train, seed);
    const queries = [...groups].flatMap(([category, texts]) =>
      texts.slice(0, CV_EACH).map((text) => ({ text, category })),
    );
    const learned = new Map([...groups].map(([category, texts]) => [category, texts.slice(CV_EACH)]));
    return { seed, articles: articlesOf(learned, most), queries };
  });
}

/** The same questions, about a fifth of which now have no article; which ones depends on the seed. */
export function withUnanswerable({ seed, articles, queries }: Split): Split {
  const kept = articles.filter((_, number) => number % MISSING_ONE_IN !== seed % MISSING_ONE_IN);
  return { seed, articles: kept, queries };
}

function articlesOf(groups: Map<string, string[]>, most: number): Article[] {
  return [...groups].map(([category, texts]) => ({
    id: category,
    title: category.replaceAll('_', ' '),
    questions: texts.slice(0, most),
    text: '',
    language: 'en',
  }));
}
