import { recordLesson } from '../knowledge/feedback/lessons.ts';
import type { Tx } from '../store/open.ts';
import { botTurnsOf } from './bot-turns.ts';

/** With one article shown it is clear what helped; with several it is a guess that the first did. */
const ONE_ARTICLE_WEIGHT = 1;
const FIRST_OF_SEVERAL_WEIGHT = 0.5;

/** *That solved it*: the article that was shown last answered the question. */
export async function learnSolved(tx: Tx, conversationId: string): Promise<void> {
  const last = (await botTurnsOf(tx, conversationId)).findLast(
    ({ said }) => said === 'answer' || said === 'unsure',
  );
  const [articleId] = last?.articles ?? [];
  if (!last || articleId === undefined) return;
  await recordLesson(tx, {
    source: 'solved',
    articleId,
    question: last.question,
    weight: last.articles.length === 1 ? ONE_ARTICLE_WEIGHT : FIRST_OF_SEVERAL_WEIGHT,
    conversationId,
  });
}
