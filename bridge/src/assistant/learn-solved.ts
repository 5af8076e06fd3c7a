import { recordLesson } from '../knowledge/learning/lessons.ts';
import type { Tx } from '../store/open.ts';
import { botTurnsOf } from './memory.ts';

/** With one article shown it is clear what helped; with several it is a guess that the first did. */
const CLEAR = 1;
const GUESS = 0.5;

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
    weight: last.articles.length === 1 ? CLEAR : GUESS,
    conversationId,
  });
}
