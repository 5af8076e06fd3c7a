import { truncate } from '@flexcord/shared/messages/truncate';
import { plainText } from '../../../formats/markdown/to-plain.ts';
import type { SearchDocument } from '../word-index.ts';

/** A model takes a few hundred words at once; what an article is about stands at its beginning. */
const MAX_OPENING_LENGTH = 1_200;
const MAX_TEXTS = 24;

/** The texts of an article that are compared with a question by what they mean: its title with its beginning, and questions. */
export function textsToEmbed({ article, learnedQuestions }: SearchDocument): string[] {
  const opening = `${article.title}\n${truncate(plainText(article.text), MAX_OPENING_LENGTH)}`.trim();
  const texts = [opening, article.title, ...article.questions, ...learnedQuestions];
  return [...new Set(texts)].filter((text) => text.trim() !== '').slice(0, MAX_TEXTS);
}
