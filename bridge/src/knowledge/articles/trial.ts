import type { ArticleContent, ArticleTrial } from '@flexcord/shared/panel/library';
import type { Hit, Knowledge } from '../knowledge.ts';
import { piecesOf } from '../search/highlight.ts';
import { articleOf, hashOf } from './content.ts';

const MAX_RANK = 50;
/** Published articles that an article being edited is tried against: those that fit the question best. */
const MAX_RIVALS = 30;
const MAX_SHOWN = 5;

/**
 * How an article fares with a question among the published ones. As it is published, the very index that answers members
 * is asked; as it is being edited, a small one of its own, with the rivals that matter.
 */
export async function tryQuestion(
  knowledge: Knowledge,
  { question, content, articleId }: { question: string; content: ArticleContent; articleId: string | null },
): Promise<ArticleTrial> {
  const { language } = content;
  const own = articleOf(articleId ?? 'new', content);
  const published = knowledge.find(own.id);
  let asked = knowledge;
  if (!published || hashOf(contentLike(published)) !== hashOf(content)) {
    const rivals = knowledge
      .search(question, { language, limit: MAX_RIVALS + 1 })
      .map(({ article }) => article)
      .filter(({ id }) => id !== own.id)
      .slice(0, MAX_RIVALS);
    asked = knowledge.empty();
    asked.put([...rivals, own]);
    await asked.ready();
  }
  await asked.prepare?.([question]);
  const hits = asked.search(question, { language, limit: MAX_RANK });
  const answer = asked.ask(question, { language });
  const isOwn = ({ article }: Hit) => article.id === own.id;
  return {
    rank: hits.findIndex(isOwn) + 1 || null,
    kind: answer.is,
    shown: answer.hits.some(isOwn),
    best: hits.slice(0, MAX_SHOWN).map((hit) => ({
      id: hit.article.id,
      title: piecesOf(hit.article.title, hit.highlights.title),
      score: hit.score,
      own: isOwn(hit),
    })),
  };
}

function contentLike({ title, questions, text, url, language, labels, responseTemplate }: Hit['article']) {
  return {
    title,
    questions,
    text,
    language,
    url: url ?? null,
    labels: labels ?? [],
    responseTemplate: responseTemplate ?? null,
  };
}
