import { type QuestionModel, trainQuestionModel } from '../learning/question-model.ts';
import { calibrate, defaultConfidence } from './confidence.ts';
import {
  crossValidate,
  DEFAULT_MEANING_SHARE,
  type TrainingDocument,
  type Vectors,
  vectorsOf,
} from './cross-validation.ts';
import { type QueryPart, rank } from './ranking.ts';
import { createVectorIndex } from './semantic/vector-index.ts';
import { createWordIndex } from './word-index.ts';

export interface ScoredArticle {
  id: string;
  /** The chance that it is what was asked for, 0 to 1. */
  score: number;
}

/** What is known of one language. The words of its articles answer while it learns. */
export interface LanguageIndex {
  /** Its words are found at once. */
  put(id: string, document: TrainingDocument): void;
  remove(id: string): void;
  find(parts: readonly QueryPart[], limit: number): ScoredArticle[];
  /** Learns its documents anew, as work in small steps. */
  learn(documents: readonly TrainingDocument[], vectors: Vectors): Generator<void, void>;
}

export function createLanguageIndex(): LanguageIndex {
  const words = createWordIndex();
  const meaning = createVectorIndex();
  let model: QuestionModel | null = null;
  let meaningShare = DEFAULT_MEANING_SHARE;
  let confidence = { lexical: defaultConfidence, semantic: defaultConfidence };

  return {
    put: (id, document) => words.put(id, document),
    remove(id) {
      words.remove(id);
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
    *learn(documents, vectors) {
      const learned = yield* trainQuestionModel(
        documents.flatMap(({ trainingQuestions }) => trainingQuestions),
      );
      for (const document of documents) {
        meaning.put(document.article.id, vectorsOf(document, vectors));
        yield;
      }
      const measured =
        learned && (yield* crossValidate(documents, { words, model: learned, meaning }, vectors));
      model = learned;
      meaningShare = measured?.meaningShare ?? DEFAULT_MEANING_SHARE;
      confidence = {
        lexical: calibrate(measured?.lexical ?? []),
        semantic: calibrate(measured?.semantic ?? [], 'semantic'),
      };
    },
  };
}
