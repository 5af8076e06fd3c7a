import { recordLesson } from '../knowledge/feedback/lessons.ts';
import type { Tx } from '../store/open.ts';
import { botTurnsOf } from './bot-turns.ts';

/** With one article shown it is clear what helped; with several it is a guess that the first did. */
const ONE_ARTICLE_WEIGHT = 1;
const FIRST_OF_SEVERAL_WEIGHT = 0.5;

/** *That solved it*: the article that was shown last answered the question. */
export async function learnSolved(tx: Tx, conversationId: string): Promise<void> {
  const turns = await botTurnsOf(tx, conversationId);
  const refused = turns.at(-1)?.refused ?? [];
  const last = turns.findLast(({ said }) => said === 'answer' || said === 'unsure');
  const articleId = last?.articles.find((id) => !refused.includes(id));
  if (!last || articleId === undefined) return;
  await recordLesson(tx, {
    source: 'solved',
    articleId,
    question: last.question,
    weight: last.articles.length === 1 ? ONE_ARTICLE_WEIGHT : FIRST_OF_SEVERAL_WEIGHT,
    conversationId,
  });
}

/** The member says so while an agent is there: the article that the agent sent last answered the question. */
export async function learnSent(tx: Tx, conversationId: string): Promise<void> {
  const sent = await tx
    .selectFrom('knowledge_lessons')
    .select(['article_id', 'question'])
    .where('conversation_id', '=', conversationId)
    .where('source', '=', 'sent')
    .where('undone_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!sent) return;
  await recordLesson(tx, {
    source: 'solved',
    articleId: sent.article_id,
    question: sent.question,
    weight: ONE_ARTICLE_WEIGHT,
    conversationId,
  });
}
