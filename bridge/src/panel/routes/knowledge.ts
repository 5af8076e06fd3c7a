import type { FlexUser } from '@flexcord/shared/flex-user';
import { truncate } from '@flexcord/shared/messages/truncate';
import {
  Article,
  type ArticleMatch,
  ArticleMatches,
  KnowledgeFeedback,
  SendArticle,
} from '@flexcord/shared/panel/knowledge';
import { PanelProblem } from '@flexcord/shared/panel/problem';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Type } from '@sinclair/typebox';
import { Elysia } from 'elysia';
import { plainLines } from '../../formats/markdown/to-plain.ts';
import { responseOf, type TemplateValues } from '../../knowledge/articles/template.ts';
import { articleCard } from '../../knowledge/card.ts';
import { recordFeedback } from '../../knowledge/feedback/agent-feedback.ts';
import type { Hit } from '../../knowledge/knowledge.ts';
import { piecesOf } from '../../knowledge/search/highlight.ts';
import { findMember } from '../../members/members.ts';
import type { Conversation } from '../../support/conversations.ts';
import type { Authenticated } from '../auth.ts';
import type { PanelDependencies } from '../dependencies.ts';
import { notFound, Problem, refusals } from '../problem.ts';

const byId = Type.Object({ id: Type.String({ maxLength: 200 }) });
const detail = (summary: string) => ({ detail: { summary, tags: ['Knowledge'] } });

const MAX_SUGGESTIONS = 3;
const MAX_MATCHES = 10;
/**
 * The least chance that an article is what is wanted. Below it an agent is better left alone, and a search has found
 * nothing: words that no article has still score up to 0.08 by how articles are asked for.
 */
const MIN_SCORE = 0.1;
/** Of what the member last asked, what is shown as the query. */
const MAX_SHOWN_QUERY_LENGTH = 200;

/** Articles for agents: found, read, judged and sent. */
export function knowledgeRoutes(auth: Authenticated, dependencies: PanelDependencies) {
  const { store, conversations, knowledge, sendArticle, agentName } = dependencies;

  /** The hits as the panel shows them; names are looked up only where a template asks for them. */
  async function toMatches(
    hits: readonly Hit[],
    caller: FlexUser,
    conversation: Conversation | undefined,
  ): Promise<ArticleMatch[]> {
    const asks = hits.some(({ article }) => article.responseTemplate?.includes('{{'));
    const values = asks ? await valuesFor(caller, conversation) : {};
    return hits.map((hit) => toMatch(hit, values));
  }

  async function valuesFor(
    caller: FlexUser,
    conversation: Conversation | undefined,
  ): Promise<TemplateValues> {
    const [agent, member] = await Promise.all([
      agentName(caller.identity).catch(() => null),
      conversation && findMember(store.db, conversation.member_id),
    ]);
    const number = conversation?.case_number;
    return { 'agent.name': agent, 'member.name': member?.name, 'case.number': number ? `${number}` : null };
  }

  return new Elysia({ name: 'panel-knowledge' })
    .use(auth)
    .get(
      panelRoutes.knowledgeSearch,
      async ({ query: { q, conversation: sid }, caller }) => {
        await knowledge.prepare?.([q]);
        const hits = knowledge
          .search(q, { language: null, limit: MAX_MATCHES })
          .filter(({ score }) => score >= MIN_SCORE);
        const conversation = sid === undefined ? undefined : await conversations.findByTwilioSid(sid);
        return { query: q, matches: await toMatches(hits, caller, conversation) };
      },
      {
        query: Type.Object({
          q: Type.String({ maxLength: 500 }),
          conversation: Type.Optional(Type.String({ maxLength: 64 })),
        }),
        response: { 200: ArticleMatches, 422: PanelProblem, ...refusals },
        ...detail('Articles that speak of something, best first'),
      },
    )
    .get(
      panelRoutes.suggestions(':id'),
      async ({ params, caller }) => {
        const conversation = await conversations.findByTwilioSid(params.id);
        if (!conversation) throw notFound('This conversation');
        const suggest = async (text: string) => ({
          query: truncate(text, MAX_SHOWN_QUERY_LENGTH),
          matches: await toMatches(
            knowledge
              .search(text, { language: null, limit: MAX_SUGGESTIONS })
              .filter(({ score }) => score >= MIN_SCORE),
            caller,
            conversation,
          ),
        });
        const latest = await suggest(conversation.matter_text ?? '');
        // "it is ada@example.com" says nothing of the matter; what the conversation is about does.
        return latest.matches.length === 0 && conversation.topic ? suggest(conversation.topic) : latest;
      },
      {
        params: byId,
        response: { 200: ArticleMatches, 404: PanelProblem, ...refusals },
        ...detail('At most three articles for what the member last asked'),
      },
    )
    .get(
      panelRoutes.article(':id'),
      ({ params }) => {
        const article = knowledge.find(params.id);
        if (!article) throw notFound('This article');
        return {
          id: article.id,
          title: article.title,
          body: plainLines(article.text),
          url: article.url ?? null,
        };
      },
      {
        params: byId,
        response: { 200: Article, 404: PanelProblem, ...refusals },
        ...detail('An article'),
      },
    )
    .post(
      panelRoutes.knowledgeFeedback,
      async ({ body, caller }) => {
        if ((body.verdict === 'none-fits') !== (body.articleId === null)) {
          throw new Problem('invalid', 'A thumb needs an article, and "none fits" has none.');
        }
        if (body.articleId !== null && !knowledge.find(body.articleId)) throw notFound('This article');
        await recordFeedback(store, body, caller.identity);
        return new Response(null, { status: 204 });
      },
      {
        body: KnowledgeFeedback,
        ...detail('Judges an article for a question, or says that none fits (204)'),
      },
    )
    .post(
      panelRoutes.sendArticle,
      async ({ body, caller }) => {
        const article = knowledge.find(body.articleId);
        if (!article) throw notFound('This article');
        const conversation = await conversations.findByTwilioSid(body.conversationSid);
        if (!conversation) throw notFound('This conversation');
        if (conversation.phase === 'closed') {
          throw new Problem('invalid', 'This conversation is over: nothing can be sent in it.');
        }
        await sendArticle(
          conversation,
          articleCard(article, conversation.matter_text ?? conversation.topic ?? ''),
          { identity: caller.identity, name: await agentName(caller.identity) },
        );
        return new Response(null, { status: 204 });
      },
      { body: SendArticle, ...detail('Sends an article to the member as a card (204)') },
    );
}

function toMatch({ article, score, extract, highlights }: Hit, values: TemplateValues): ArticleMatch {
  return {
    id: article.id,
    title: piecesOf(article.title, highlights.title),
    extract: piecesOf(extract, highlights.extract),
    url: article.url ?? null,
    responseTemplate: responseOf(article, values),
    score,
  };
}
