import { type ConfidenceWeights, calibrate } from '../search/confidence.ts';
import {
  crossValidate,
  DEFAULT_MEANING_SHARE,
  type TrainingDocument,
  type Vectors,
  vectorsOf,
} from '../search/cross-validation.ts';
import { createVectorIndex } from '../search/semantic/vector-index.ts';
import { createWordIndex, type PackedWords } from '../search/word-index.ts';
import { type LearnedQuestions, questionModelOf, trainQuestionModel } from './question-model.ts';

/** All that the articles of one language tell, in pieces that a thread can hand to another and a file can hold. */
export interface LearnedLanguage {
  words: PackedWords;
  /** Null where there is nothing to tell apart. */
  questions: LearnedQuestions | null;
  meaningShare: number;
  confidence: { lexical: ConfidenceWeights; semantic: ConfidenceWeights };
}

/** As work in small steps. The same documents in the same order give the same. */
export function* learnLanguage(
  documents: readonly TrainingDocument[],
  vectors: Vectors,
  /** Told as soon as the words are there: learning the rest takes longer. */
  onWords: (words: PackedWords) => void,
): Generator<void, LearnedLanguage> {
  const words = createWordIndex();
  for (const document of documents) {
    words.put(document.article.id, document);
    yield;
  }
  const packed = words.pack();
  onWords(packed);
  const questions = yield* trainQuestionModel(
    documents.flatMap(({ trainingQuestions }) => trainingQuestions),
  );
  const meaning = createVectorIndex();
  for (const document of documents) {
    meaning.put(document.article.id, vectorsOf(document, vectors));
    yield;
  }
  const measured =
    questions &&
    (yield* crossValidate(documents, { words, model: questionModelOf(questions), meaning }, vectors));
  return {
    words: packed,
    questions,
    meaningShare: measured?.meaningShare ?? DEFAULT_MEANING_SHARE,
    confidence: {
      lexical: calibrate(measured?.lexical ?? []),
      semantic: calibrate(measured?.semantic ?? [], 'semantic'),
    },
  };
}
