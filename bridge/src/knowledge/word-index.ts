import MiniSearch from 'minisearch';
import type { Article } from './article.ts';
import { words } from './terms.ts';

/** What is looked for: an article with the questions that were taught for it. */
export interface Entry {
  article: Article;
  taught: string[];
}

export interface WordMatch {
  /** BM25+; comparable within one query only. */
  score: number;
  /** Share of the query's telling words, by rarity, that the article has; from 0 to 1. */
  coverage: number;
}

export interface WordIndex {
  readonly size: number;
  put(id: string, entry: Entry): void;
  remove(id: string): void;
  match(query: string): Map<string, WordMatch>;
}

interface Indexed {
  id: string;
  title: string;
  questions: string;
  text: string;
}

/** A word that no article has counts this many times the rarest one: it shows that something else is meant. */
const UNKNOWN = 1;

/** BM25+ over title, sample questions and text of the articles of one language, tolerant of typing errors. */
export function createWordIndex(): WordIndex {
  const index = new MiniSearch<Indexed>({
    fields: ['title', 'questions', 'text'],
    tokenize: words,
    processTerm: (term) => term,
    searchOptions: {
      boost: { title: 2, questions: 1, text: 0.5 },
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
      weights: { fuzzy: 0.45, prefix: 0.375 },
    },
  });

  return {
    get size() {
      return index.documentCount;
    },
    put(id, { article, taught }) {
      if (index.has(id)) index.discard(id);
      index.add({
        id,
        title: article.title,
        questions: [...article.questions, ...taught].join('\n'),
        text: article.text,
      });
    },
    remove(id) {
      if (index.has(id)) index.discard(id);
    },
    match(query) {
      const terms = [...new Set(words(query))];
      const found = terms.length > 0 ? index.search(query, { tokenize: () => terms }) : [];
      const having = new Map(terms.map((term) => [term, 0]));
      for (const { queryTerms } of found) {
        for (const term of queryTerms) having.set(term, (having.get(term) ?? 0) + 1);
      }
      const rarity = new Map(
        terms.map((term) => {
          const times = having.get(term) ?? 0;
          return [term, Math.log(1 + index.documentCount / Math.max(times, 1)) * (times === 0 ? UNKNOWN : 1)];
        }),
      );
      const whole = terms.reduce((sum, term) => sum + (rarity.get(term) ?? 0), 0);
      return new Map(
        found.map(({ id, score, queryTerms }) => {
          const spoken = queryTerms.reduce((sum, term) => sum + (rarity.get(term) ?? 0), 0);
          return [String(id), { score, coverage: whole > 0 ? spoken / whole : 0 }];
        }),
      );
    },
  };
}
