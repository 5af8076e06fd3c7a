import MiniSearch from 'minisearch';
import type { Article } from './article.ts';
import { plainText } from './plain.ts';
import { words } from './words.ts';

export interface Hit {
  article: Article;
  /** Share of what was asked that the article speaks of, from 0 to 1. */
  score: number;
  /** The article's beginning as plain text. */
  extract: string;
}

/** `none`: nothing fits well enough to be shown. The virtual agent never invents. */
export type Answer = { kind: 'answer' | 'unsure'; hits: Hit[] } | { kind: 'none'; hits: [] };

export interface Knowledge {
  put(articles: readonly Article[]): void;
  find(id: string): Article | undefined;
  /** The best articles, best first, of one language. */
  search(query: string, options: { language: Article['language']; limit?: number }): Hit[];
  ask(query: string, options: { language: Article['language'] }): Answer;
}

/** From this much of a question on, an article is an answer; below the lower one it is not shown. */
const SURE = 0.6;
const UNSURE = 0.34;
const MOST_HITS = 3;
const EXTRACT_LENGTH = 180;

/** Help articles in memory: BM25+ over title, sample questions and text, tolerant of typing errors. */
export function createKnowledge(): Knowledge {
  const articles = new Map<string, Article>();
  /** In how many articles each word is; asking the index would cost a whole search for each word. */
  const spread = new Map<string, number>();
  const index = new MiniSearch<Article>({
    fields: ['title', 'questions', 'text'],
    extractField: (article, field) =>
      field === 'questions' ? article.questions.join('\n') : String(article[field as keyof Article] ?? ''),
    tokenize: words,
    processTerm: (term) => term,
    searchOptions: {
      boost: { title: 3, questions: 2 },
      // A word that some article has is no typing error, and looking for its neighbours is most of a search's cost.
      fuzzy: (term) => (term.length > 4 && !spread.has(term) ? 0.2 : false),
      prefix: (term) => term.length > 3,
    },
  });

  function count(article: Article, change: 1 | -1): void {
    for (const word of new Set(words([article.title, ...article.questions, article.text].join('\n')))) {
      const left = (spread.get(word) ?? 0) + change;
      if (left > 0) spread.set(word, left);
      else spread.delete(word);
    }
  }

  /** Rare words say more about what is meant: each weighs by how few articles have it. */
  const weigh = (term: string) => Math.log(1 + articles.size / (1 + (spread.get(term) ?? 0)));

  function search(
    query: string,
    { language, limit = MOST_HITS }: { language: Article['language']; limit?: number },
  ): Hit[] {
    const terms = [...new Set(words(query))];
    const weights = new Map(terms.map((term) => [term, weigh(term)]));
    const whole = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
    if (whole === 0) return [];
    return index
      .search(query, { filter: ({ id }) => articles.get(id)?.language === language })
      .slice(0, limit)
      .flatMap(({ id, queryTerms }) => {
        const article = articles.get(id);
        if (!article) return [];
        const spoken = queryTerms.reduce((sum, term) => sum + (weights.get(term) ?? 0), 0);
        return [{ article, score: spoken / whole, extract: beginning(article.text) }];
      });
  }

  return {
    put(given) {
      for (const article of given) {
        const earlier = articles.get(article.id);
        if (earlier) {
          count(earlier, -1);
          index.replace(article);
        } else index.add(article);
        count(article, 1);
        articles.set(article.id, article);
      }
    },
    find: (id) => articles.get(id),
    search,
    ask(query, { language }) {
      const hits = search(query, { language });
      const best = Math.max(0, ...hits.map(({ score }) => score));
      const shown = hits.filter(({ score }) => score >= Math.max(UNSURE, best * 0.6));
      if (shown.length === 0) return { kind: 'none', hits: [] };
      return { kind: best >= SURE ? 'answer' : 'unsure', hits: shown };
    },
  };
}

/** The first words of an article as plain text. */
export function beginning(markdown: string): string {
  const text = plainText(markdown);
  if (text.length <= EXTRACT_LENGTH) return text;
  const cut = text.slice(0, EXTRACT_LENGTH);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), EXTRACT_LENGTH - 30))}…`;
}
