import type { TrainingDocument, Vectors } from '../search/cross-validation.ts';
import type { PackedWords } from '../search/word-index.ts';
import { type LearnedLanguage, learnLanguage } from './learn-language.ts';
import { runInSlices } from './time-slices.ts';

export interface LearningJob {
  /** The BCP 47 tag that the documents have in common. */
  language: string;
  /** By id. */
  documents: readonly TrainingDocument[];
  vectors: Vectors;
  /** Told where the words are there before the rest. */
  onWords(words: PackedWords): void;
}

/** Where articles are learned. */
export interface Learner {
  /** Resolves when so many changes of one language are worth learning all anew. Meanwhile they are found by likeness. */
  worth(changes: () => number, articles: number): Promise<void>;
  /** @throws LearningError */
  learn(job: LearningJob): Promise<LearnedLanguage>;
}

/** Why articles were not learned. `stopped`: the bridge ends. */
export class LearningError extends Error {
  override readonly name = 'LearningError';

  constructor(
    message: string,
    readonly why: 'stopped' | 'died',
  ) {
    super(message);
  }
}

/** In this thread, in slices: for few articles, and where nothing else runs. */
export const learnHere: Learner = {
  worth: async () => {},
  learn: ({ documents, vectors, onWords }) => runInSlices(learnLanguage(documents, vectors, onWords)),
};
