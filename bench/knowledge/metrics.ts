import type { Labelled } from './dataset.ts';
import type { Finder } from './searchers.ts';

/** Shares of the queries, from 0 to 1. */
export interface Quality {
  recall1: number;
  recall3: number;
  /** With one right article: 1 / log2(place + 1), 0 below place ten. */
  ndcg10: number;
}

export async function qualityOf(find: Finder, queries: readonly Labelled[]): Promise<Quality> {
  const sum: Quality = { recall1: 0, recall3: 0, ndcg10: 0 };
  for (const { text, category } of queries) {
    const place = (await find(text)).indexOf(category) + 1;
    if (place === 0 || place > 10) continue;
    if (place === 1) sum.recall1 += 1;
    if (place <= 3) sum.recall3 += 1;
    sum.ndcg10 += 1 / Math.log2(place + 1);
  }
  const count = queries.length;
  return { recall1: sum.recall1 / count, recall3: sum.recall3 / count, ndcg10: sum.ndcg10 / count };
}

export function meanOf(all: readonly Quality[]): Quality {
  const mean = (of: (quality: Quality) => number) =>
    all.reduce((sum, quality) => sum + of(quality), 0) / all.length;
  return {
    recall1: mean(({ recall1 }) => recall1),
    recall3: mean(({ recall3 }) => recall3),
    ndcg10: mean(({ ndcg10 }) => ndcg10),
  };
}

export function row(name: string, { recall1, recall3, ndcg10 }: Quality): string {
  const figures = [recall1, recall3, ndcg10].map((figure) => figure.toFixed(3).padStart(9)).join('');
  return `${name.padEnd(34)}${figures}`;
}
