import { type QuestionModel, trainQuestionModel } from '../learning/question-model.ts';
import { calibrate, defaultConfidence } from './confidence.ts';
import {
  DEFAULT_MEANING_SHARE,
  type IndexedArticle,
  measure,
  type Vectors,
  vectorsOf,
} from './held-out-measure.ts';
import { createMeaningIndex } from './meaning/meaning-index.ts';
import { type Part, rank } from './ranking.ts';
import { createWordIndex } from './word-index.ts';

export interface Found {
  id: string;
  /** The chance that it is what was asked for, 0 to 1. */
  score: number;
}

/** What is known of one language. The words of its articles answer while it learns. */
export interface LanguageIndex {
  /** Its words are found at once. */
  put(id: string, entry: IndexedArticle): void;
  remove(id: string): void;
  find(parts: readonly Part[], limit: number): Found[];
  /** Learns its entries anew, as work in small steps. */
  learn(entries: readonly IndexedArticle[], vectors: Vectors): Generator<void, void>;
}

export function createLanguageIndex(): LanguageIndex {
  const words = createWordIndex();
  const meaning = createMeaningIndex();
  let model: QuestionModel | null = null;
  let meaningShare = DEFAULT_MEANING_SHARE;
  let confidence = { plain: defaultConfidence, meant: defaultConfidence };

  return {
    put: (id, entry) => words.put(id, entry),
    remove(id) {
      words.remove(id);
      meaning.remove(id);
    },
    find(parts, limit) {
      let ceiling = 1;
      return rank(parts, { words, model, meaning, meaningShare }, limit).map(({ id, signals }) => {
        const tell = signals.meaning === null ? confidence.plain : confidence.meant;
        ceiling = Math.min(ceiling, tell(signals));
        return { id, score: ceiling };
      });
    },
    *learn(entries, vectors) {
      const learned = yield* trainQuestionModel(entries.flatMap(({ lessons }) => lessons));
      const measured = learned && (yield* measure(entries, vectors));
      for (const entry of entries) {
        meaning.put(entry.article.id, vectorsOf(entry, vectors));
        yield;
      }
      model = learned;
      meaningShare = measured?.meaningShare ?? DEFAULT_MEANING_SHARE;
      confidence = {
        plain: calibrate(measured?.plain ?? []),
        meant: calibrate(measured?.meant ?? [], 'meant'),
      };
    },
  };
}
