import type { LearnedLanguage } from '../learning/learn-language.ts';
import { type QuestionModel, questionModelOf } from '../learning/question-model.ts';
import { confidenceOf } from './confidence.ts';
import { DEFAULT_MEANING_SHARE, type TrainingDocument } from './cross-validation.ts';
import { type QueryPart, rank } from './ranking.ts';
import type { Vector } from './semantic/vector.ts';
import { createVectorIndex } from './semantic/vector-index.ts';
import { createWordIndex, type PackedWords, unpackWords, type WordIndex } from './word-index.ts';

export interface ScoredArticle {
  id: string;
  /** The chance that it is what was asked for, 0 to 1. */
  score: number;
}

/** What is known of one language. The words of its articles answer until it is learned. */
export interface LanguageIndex {
  /** Its words are found at once. */
  put(id: string, document: TrainingDocument): void;
  remove(id: string): void;
  find(parts: readonly QueryPart[], limit: number): ScoredArticle[];
  /** From now on, what is put, removed or touched is also to be done to words that are adopted. */
  beginLearning(): void;
  /** Is not any more what it was, and will be put. */
  touch(id: string): void;
  /** Takes words that were indexed elsewhere in place of its own, as work in small steps. */
  adoptWords(packed: PackedWords, documentOf: (id: string) => TrainingDocument | null): Generator<void, void>;
  /** What was learned in one piece; its words are adopted by themselves. */
  adoptLearned(learned: LearnedLanguage, documentOf: (id: string) => TrainingDocument | null): void;
  /** How many articles changed since `beginLearning`; infinite where nothing was learned. */
  readonly changes: number;
  putMeaning(id: string, vectors: readonly Vector[]): void;
}

export function createLanguageIndex(): LanguageIndex {
  let words = createWordIndex();
  const meaning = createVectorIndex();
  let model: QuestionModel | null = null;
  let meaningShare = DEFAULT_MEANING_SHARE;
  let confidence = { lexical: confidenceOf(null), semantic: confidenceOf(null) };
  /** Ids of what was put or removed since `beginLearning`, and which of them adopted words do not have yet. */
  let changedIds = new Set<string>();
  let touched = new Set<string>();

  function change(index: WordIndex, id: string, document: TrainingDocument | null): void {
    if (document) index.put(id, document);
    else index.remove(id);
  }

  return {
    put(id, document) {
      words.put(id, document);
      if (changedIds.has(id)) model?.change(id, document.trainingQuestions);
    },
    remove(id) {
      touched.add(id);
      changedIds.add(id);
      words.remove(id);
      model?.change(id, []);
      meaning.remove(id);
    },
    find(parts, limit) {
      let ceiling = 1;
      return rank(parts, { words, model, meaning, meaningShare }, limit).map(({ id, signals }) => {
        const tell = signals.meaning === null ? confidence.lexical : confidence.semantic;
        ceiling = Math.min(ceiling, tell(signals));
        return { id, score: ceiling };
      });
    },
    get changes() {
      return model ? changedIds.size : Infinity;
    },
    beginLearning() {
      touched = new Set();
      changedIds = new Set();
    },
    touch(id) {
      touched.add(id);
      changedIds.add(id);
    },
    *adoptWords(packed, documentOf) {
      const fresh = yield* unpackWords(packed);
      // A set goes on with what is added meanwhile; what is touched again stands at its end again.
      for (const id of touched) {
        touched.delete(id);
        change(fresh, id, documentOf(id));
        yield;
      }
      words = fresh;
    },
    adoptLearned(learned, documentOf) {
      model = learned.questions && questionModelOf(learned.questions);
      for (const id of changedIds) model?.change(id, documentOf(id)?.trainingQuestions ?? []);
      meaningShare = learned.meaningShare;
      confidence = {
        lexical: confidenceOf(learned.confidence.lexical),
        semantic: confidenceOf(learned.confidence.semantic),
      };
    },
    putMeaning: (id, vectors) => meaning.put(id, vectors),
  };
}
