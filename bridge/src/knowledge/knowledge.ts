import { truncate } from '@flexcord/shared/messages/truncate';
import type { Article } from './article.ts';
import { type Learner, LearningError, learnHere } from './learning/learner.ts';
import type { TrainingQuestion } from './learning/question-model.ts';
import { runInSlices } from './learning/time-slices.ts';
import { type TrainingDocument, vectorsOf } from './search/cross-validation.ts';
import { extractOf, highlightsOf, type Range } from './search/extract.ts';
import { createLanguageIndex, type LanguageIndex } from './search/language-index.ts';
import type { QueryPart } from './search/ranking.ts';
import { createArticleVectors } from './search/semantic/article-vectors.ts';
import type { Embeddings } from './search/semantic/embeddings.ts';
import { textsToEmbed } from './search/semantic/texts-to-embed.ts';
import type { PackedWords } from './search/word-index.ts';
import { baseLanguage } from './text/language-tag.ts';
import { mayBeIn, words } from './text/terms.ts';

export interface Hit {
  article: Article;
  /** The chance, from 0 to 1, that the article is what was asked for. */
  score: number;
  /** The part of the article's text, as plain text, that speaks most of what was asked for. */
  extract: string;
  /** Words of the question in `extract` and in the title, in UTF-16 units. */
  highlights: { extract: Range[]; title: Range[] };
}

/** `none`: nothing fits well enough to be shown. The virtual agent never invents. */
export type Answer = { is: 'answer' | 'unsure'; hits: Hit[] } | { is: 'none'; hits: [] };

export interface AskOptions {
  /** A BCP 47 tag, of which the language alone counts; null: whichever the question may be in. */
  language: string | null;
  /** What the member wrote before, oldest first: it says what "that" is. Only the last one counts. */
  previous?: readonly string[];
  /** Ids of articles that are not wanted. */
  without?: readonly string[];
}

export interface Knowledge {
  /** Adds articles, or replaces those of the same id. The first are found at once, a large number soon after. */
  put(articles: readonly Article[]): void;
  remove(articleIds: readonly string[]): void;
  find(articleId: string): Article | undefined;
  /** The best articles, best first. */
  search(query: string, options: AskOptions & { limit?: number }): Hit[];
  /** At most three articles, of another language where none of this fits, and whether they are worth showing. */
  ask(query: string, options: AskOptions): Answer;
  /**
   * What was taught for an article, oldest first, in place of what was before: questions that it answered (`weight` > 0)
   * or did not (< 0). Weights of one question add up, within ±5; the newest 200 questions count. An article that is put
   * later has it too.
   */
  learn(articleId: string, lessons: readonly { question: string; weight: number }[]): void;
  /**
   * Finds out what questions mean, so that the next search takes it into account. Whether that is now known. Takes bounded
   * time and never rejects. Null where no model tells it.
   */
  prepare: ((questions: readonly string[]) => Promise<boolean>) | null;
  /** What `change` puts, removes and teaches is learned in one go when it is over. */
  together(change: () => Promise<void>): Promise<void>;
  /** One without articles, which asks the same model. */
  empty(): Knowledge;
  /** When everything put and taught so far is found and learned. */
  ready(): Promise<void>;
}

/** From this confidence on, an article is an answer; below the lower one it is not shown. */
export const MIN_ANSWER_SCORE = 0.6;
export const MIN_SHOWN_SCORE = 0.25;
const MAX_HITS = 3;
/** Articles that `put` indexes before it returns; an article takes about 0.5 ms. */
const BATCH_SIZE = 10;
/** Of more that are new at once, the learner indexes the words, too. */
const MAX_INDEXED_HERE = 300;
/** After a failure it is learned again so much later. */
const RETRY_MS = 300_000;
const MAX_QUERY_LENGTH = 1_000;
const MAX_TAUGHT = 200;
const MAX_WEIGHT = 5;
const CONTEXT_WEIGHT = 0.6;
const MEANT_WEIGHT = 2;
/** "On Android?" says too little by itself. */
const FEW_WORDS = 1;
/** Nor does "how long does it take?", whatever article speaks of taking long. */
const FEW_WORDS_MEANT = 2;
/** Words that point at what was said before. */
const POINTING =
  /^(?:and|or|but|what about|how about)\b|\b(?:it|that|this|there|those|these|them|then|instead|same|also|else|either|too)\b|それ|これ|その|この|そこ|あれ|(?:では|だと|の場合)(?:は|も)?(?:どう|$|[?？。])|[はも][?？]?$/i;

/** Words that can mean nothing but what was said before. */
const MEANT =
  /\b(?:do|did|does|doing|done|try) (?:that|this|the same)\b|\b(?:does|did|will|would|can|could|has) (?:it|that|they)\b|それ|その(?:方法|やり方|手順)|同じ(?:こと|方法)|^.{1,20}[はも][?？]$/i;

/**
 * Help articles in memory: words (BM25+), a model of how articles are asked for, and, where `meaning` is given, what a
 * model of meaning makes of them, mixed; see ranking.ts.
 */
export function createKnowledge(meaning: Embeddings | null = null, learner: Learner = learnHere): Knowledge {
  const articles = new Map<string, Article>();
  const taught = new Map<string, Map<string, number>>();
  const indexes = new Map<string, LanguageIndex>();
  const unindexed = new Set<string>();
  const unlearned = new Set<string>();
  const meanings = new Map<string, ReturnType<typeof createArticleVectors>>();
  /** By language. */
  const learning = new Map<string, Promise<void>>();
  let indexing: Promise<void> | null = null;
  let together: Promise<unknown> = Promise.resolve();

  function indexOf({ language }: Article): LanguageIndex {
    const base = baseLanguage(language);
    const index = indexes.get(base) ?? createLanguageIndex();
    indexes.set(base, index);
    return index;
  }

  function vectorsIn(language: string) {
    if (!meaning) return null;
    const vectors = meanings.get(language) ?? createArticleVectors(meaning, () => changed(language));
    meanings.set(language, vectors);
    return vectors;
  }

  /** Those that a question may be in. */
  function indexesFor(text: string, language: string | null): LanguageIndex[] {
    if (language !== null) return [indexes.get(baseLanguage(language))].flatMap((index) => index ?? []);
    const fitting = [...indexes].flatMap(([base, index]) => (mayBeIn(text, base) ? [index] : []));
    return fitting.length > 0 ? fitting : [...indexes.values()];
  }

  function documentOf(article: Article): TrainingDocument {
    const trainingQuestions: TrainingQuestion[] = [article.title, ...article.questions].map((text) => ({
      id: article.id,
      text,
      weight: 1,
    }));
    const learned = [...(taught.get(article.id) ?? [])].filter(([, weight]) => weight !== 0);
    for (const [text, weight] of learned) trainingQuestions.push({ id: article.id, text, weight });
    return {
      article,
      learnedQuestions: learned.filter(([, weight]) => weight > 0).map(([text]) => text),
      trainingQuestions,
    };
  }

  function indexArticle(id: string): void {
    unindexed.delete(id);
    const article = articles.get(id);
    if (article) indexOf(article).put(id, documentOf(article));
  }

  function changed(language: string): void {
    unlearned.add(language);
    if (!learning.has(language))
      learning.set(
        language,
        learnChanges(language).finally(() => learning.delete(language)),
      );
    indexing ??= indexFew().finally(() => {
      indexing = null;
    });
  }

  /** Begins again with what changed meanwhile. */
  async function learnChanges(language: string): Promise<void> {
    await Bun.sleep(0);
    while (unlearned.has(language)) {
      await together;
      unlearned.delete(language);
      try {
        await learn(language);
      } catch (error) {
        if (!(error instanceof LearningError)) throw error;
        if (error.why === 'stopped') return;
        await runInSlices(indexAll());
        setTimeout(() => changed(language), RETRY_MS).unref();
      }
    }
  }

  async function indexFew(): Promise<void> {
    await Bun.sleep(0);
    await together;
    if (unindexed.size <= MAX_INDEXED_HERE) await runInSlices(indexAll());
  }

  async function learn(language: string): Promise<void> {
    const index = indexes.get(language);
    if (!index) return;
    await learner.worth(() => index.changes, articles.size);
    // By id, as what is learned depends on the order.
    const ids = [...articles.values()]
      .filter((article) => baseLanguage(article.language) === language)
      .map(({ id }) => id)
      .sort();
    index.beginLearning();
    const documents: TrainingDocument[] = [];
    await runInSlices(
      (function* () {
        for (const id of ids) {
          const document = documentIn(language, id);
          if (document) documents.push(document);
          yield;
        }
      })(),
    );
    const vectors = (await vectorsIn(language)?.of(documents.flatMap(textsToEmbed))) ?? new Map();
    let adopting: Promise<void> | undefined;
    const adopt = async (words: PackedWords) => {
      await runInSlices(index.adoptWords(words, (id) => documentIn(language, id)));
      for (const id of unindexed)
        if (baseLanguage(articles.get(id)?.language ?? language) === language) unindexed.delete(id);
    };
    const learned = await learner.learn({
      language,
      documents,
      vectors,
      onWords(words) {
        adopting = adopt(words);
      },
    });
    await (adopting ?? adopt(learned.words));
    await runInSlices(
      (function* () {
        for (const document of vectors.size > 0 ? documents : []) {
          index.putMeaning(document.article.id, vectorsOf(document, vectors));
          yield;
        }
      })(),
    );
    index.adoptLearned(learned, (id) => documentIn(language, id));
  }

  /** What is to be found by this language; null for what was removed, or is in another one by now. */
  function documentIn(language: string, id: string): TrainingDocument | null {
    const article = articles.get(id);
    return article && baseLanguage(article.language) === language ? documentOf(article) : null;
  }

  function* indexAll(): Generator<void, void> {
    for (const id of unindexed) {
      indexArticle(id);
      yield;
    }
  }

  function take(article: Article): void {
    const before = articles.get(article.id);
    const language = baseLanguage(article.language);
    if (before && baseLanguage(before.language) !== language) {
      indexOf(before).remove(article.id);
      changed(baseLanguage(before.language));
    }
    articles.set(article.id, article);
    indexOf(article).touch(article.id);
    unindexed.add(article.id);
    changed(language);
  }

  function search(
    query: string,
    { language, previous, without = [], limit: wanted = MAX_HITS }: AskOptions & { limit?: number },
  ): Hit[] {
    const text = truncate(query, MAX_QUERY_LENGTH);
    if (text.trim() === '') return [];
    const limit = wanted + without.length;
    const best = (parts: readonly QueryPart[]) =>
      indexesFor(text, language)
        .flatMap((index) => index.find(parts, limit))
        .sort((a, b) => b.score - a.score)
        .slice(0, limit);
    const vectorOf = (question: string) => meaning?.of(question) ?? null;
    const alone: QueryPart[] = [{ text, weight: 1, vector: vectorOf(text) }];
    const context = truncate(previous?.at(-1) ?? '', MAX_QUERY_LENGTH);
    let found = best(alone);
    // A question with words of its own is a new one, and what was said before would only mislead.
    if (context && (POINTING.test(text) || words(text).length <= FEW_WORDS)) {
      const meant = MEANT.test(text);
      const weight = meant ? MEANT_WEIGHT : CONTEXT_WEIGHT;
      const together = best([...alone, { text: context, weight, vector: vectorOf(context) }]);
      const own = found[0]?.score ?? 0;
      const yields = meant && (own < MIN_ANSWER_SCORE || words(text).length <= FEW_WORDS_MEANT);
      const least = yields ? Math.min(own, MIN_SHOWN_SCORE) : own;
      if ((together[0]?.score ?? 0) > least) found = together;
    }
    return found
      .filter(({ id }) => !without.includes(id))
      .slice(0, wanted)
      .flatMap(({ id, score }) => {
        const article = articles.get(id);
        return article ? [hitOf(article, score, text)] : [];
      });
  }

  /**
   * Better an article in another language than none; whoever shows it says so. But where one that fits was refused, those of
   * other languages would be no more than its translations.
   */
  function searchAny(query: string, asking: AskOptions): Hit[] {
    const own = search(query, asking);
    const fits = (hits: readonly Hit[]) => (hits[0]?.score ?? 0) >= MIN_SHOWN_SCORE;
    if (asking.language === null || fits(own)) return own;
    if (asking.without?.length && fits(search(query, { ...asking, without: [] }))) return own;
    const asked = baseLanguage(asking.language);
    const others = [...indexes.keys()].filter((language) => language !== asked);
    return others
      .map((language) => search(foreignTo(language, query), { ...asking, language }))
      .reduce((best, found) => ((found[0]?.score ?? 0) > (best[0]?.score ?? 0) ? found : best), own);
  }

  return {
    put(given) {
      for (const article of given) take(article);
      for (const { id } of given.slice(0, BATCH_SIZE)) indexArticle(id);
    },
    find: (id) => articles.get(id),
    remove(ids) {
      for (const id of ids) {
        const article = articles.get(id);
        if (!article) continue;
        articles.delete(id);
        unindexed.delete(id);
        indexOf(article).remove(id);
        changed(baseLanguage(article.language));
      }
    },
    search,
    ask(query, asking) {
      const hits = searchAny(query, asking);
      const best = hits[0]?.score ?? 0;
      if (best < MIN_SHOWN_SCORE) return { is: 'none', hits: [] };
      return {
        is: best >= MIN_ANSWER_SCORE ? 'answer' : 'unsure',
        hits: hits.filter(({ score }) => score >= Math.max(MIN_SHOWN_SCORE / 2, best * 0.3)),
      };
    },
    learn(articleId, lessons) {
      const sums = new Map<string, number>();
      for (const { question, weight } of lessons) {
        const text = truncate(question, MAX_QUERY_LENGTH).trim();
        if (text === '' || !Number.isFinite(weight)) continue;
        const sum = (sums.get(text) ?? 0) + weight;
        sums.delete(text);
        sums.set(text, Math.max(-MAX_WEIGHT, Math.min(MAX_WEIGHT, sum)));
      }
      if (sums.size === 0 && !taught.has(articleId)) return;
      if (sums.size === 0) taught.delete(articleId);
      else taught.set(articleId, new Map([...sums].slice(-MAX_TAUGHT)));
      const article = articles.get(articleId);
      if (!article) return;
      indexOf(article).touch(articleId);
      indexArticle(articleId);
      changed(baseLanguage(article.language));
    },
    prepare:
      meaning && ((questions) => meaning.prepare(questions.map((text) => truncate(text, MAX_QUERY_LENGTH)))),
    together(change) {
      const done = change();
      together = Promise.allSettled([together, done]);
      return done;
    },
    empty: () => createKnowledge(meaning),
    async ready() {
      while (learning.size > 0 || indexing) await Promise.all([...learning.values(), indexing]);
    },
  };
}

/** What of a question the articles of another language can have: names of products in Latin letters, of a Japanese one. */
const foreignTo = (language: string, query: string): string =>
  ['ja', 'ko', 'zh'].includes(language)
    ? query
    : query.replace(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\p{Script=Hangul}ー]+/gu, ' ');

function hitOf(article: Article, score: number, query: string): Hit {
  const { text, highlights } = extractOf(article.text, query);
  return {
    article,
    score,
    extract: text,
    highlights: { extract: highlights, title: highlightsOf(article.title, query) },
  };
}
