import type { ArticleCard } from '../messages/notices.ts';
import type { Article } from './article.ts';
import { extractOf, MAX_ANSWER_LENGTH } from './search/extract.ts';

/** An article as a member sees it who asked `question`; empty where nothing was asked. */
export function articleCard({ id, title, text, url }: Article, question: string): ArticleCard {
  const { markdown, isPart } = extractOf(text, question, MAX_ANSWER_LENGTH);
  return {
    id,
    title,
    extract: extractOf(text, question).text,
    ...(markdown ? { markdown } : {}),
    ...(isPart ? { isPart } : {}),
    ...(url ? { url } : {}),
  };
}
