import type { FlexUser } from '@flexcord/shared/flex-user';
import {
  ArticleConflict,
  ArticleDeletion,
  ArticleEdit,
  ArticlePreview,
  ArticlePreviewRequest,
  ArticlePublication,
  ArticleRollback,
  ArticleTrial,
  ArticleTrialRequest,
  ArticleVersions,
  LibraryArticle,
  LibraryCounts,
  LibraryPage,
  LibraryQuery,
  NewArticle,
} from '@flexcord/shared/panel/library';
import { PanelProblem } from '@flexcord/shared/panel/problem';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Type } from '@sinclair/typebox';
import { Elysia } from 'elysia';
import type { Article } from '../../knowledge/article.ts';
import { articleOf, ContentError, checkContent } from '../../knowledge/articles/content.ts';
import type { ArticleChange, Editor } from '../../knowledge/articles/library.ts';
import {
  countArticles,
  listArticles,
  listVersions,
  toLibraryArticle,
} from '../../knowledge/articles/queries.ts';
import { responseOf, unknownPlaceholders } from '../../knowledge/articles/template.ts';
import { tryQuestion } from '../../knowledge/articles/trial.ts';
import { articleCard, cardWords } from '../../knowledge/card.ts';
import { openGaps } from '../../knowledge/feedback/knowledge-gaps.ts';
import { textsFor } from '../../texts/index.ts';
import { type Authenticated, requireSupervisor } from '../auth.ts';
import type { PanelDependencies } from '../dependencies.ts';
import { notFound, Problem, refusals } from '../problem.ts';

const byId = Type.Object({ id: Type.String({ maxLength: 200 }) });
const detail = (summary: string) => ({ detail: { summary, tags: ['Library'] } });
const changeAnswers = {
  200: LibraryArticle,
  404: PanelProblem,
  409: ArticleConflict,
  422: PanelProblem,
  ...refusals,
};
/** The member that previews are made for. */
const DEFAULT_TEMPLATE_VALUES = { 'member.name': 'Ada', 'case.number': '123' };

/** The articles as supervisors keep them. */
export function libraryRoutes(auth: Authenticated, dependencies: PanelDependencies) {
  const { store, library, knowledge, agentName } = dependencies;

  /** Whoever may change articles, by name. */
  async function editorOf(caller: FlexUser): Promise<Editor> {
    requireSupervisor(caller);
    return { identity: caller.identity, name: await agentName(caller.identity) };
  }

  return new Elysia({ name: 'panel-library' })
    .use(auth)
    .get(panelRoutes.library, ({ query }) => listArticles(store, query), {
      query: LibraryQuery,
      response: { 200: LibraryPage, 422: PanelProblem, ...refusals },
      ...detail('Articles, drafts too, that fit a filter'),
    })
    .get(
      panelRoutes.libraryCounts,
      async ({ caller }) => ({
        ...(await countArticles(store, caller.identity)),
        gaps: (await openGaps(store.db)).length,
      }),
      {
        response: { 200: LibraryCounts, ...refusals },
        ...detail('How many articles there are of each kind'),
      },
    )
    .post(
      panelRoutes.library,
      async ({ body, caller }) => {
        const editor = await editorOf(caller);
        return settled(await refusing(() => library.create(body, editor)));
      },
      {
        body: NewArticle,
        response: { 200: LibraryArticle, 422: PanelProblem, ...refusals },
        ...detail('Writes an article; supervisors'),
      },
    )
    .get(
      panelRoutes.libraryArticle(':id'),
      async ({ params }) => {
        const article = await library.find(params.id);
        if (!article) throw notFound('This article');
        return toLibraryArticle(article);
      },
      {
        params: byId,
        response: { 200: LibraryArticle, 404: PanelProblem, ...refusals },
        ...detail('An article as it is kept, also a draft and one that was deleted'),
      },
    )
    .post(
      panelRoutes.libraryArticle(':id'),
      async ({ params, body, caller }) => {
        const editor = await editorOf(caller);
        return settled(await refusing(() => library.edit(params.id, body, editor)));
      },
      {
        params: byId,
        body: ArticleEdit,
        response: changeAnswers,
        ...detail('Edits an article; supervisors'),
      },
    )
    .post(
      panelRoutes.libraryPublication(':id'),
      async ({ params, body, caller }) =>
        settled(await library.publish(params.id, body, await editorOf(caller))),
      {
        params: byId,
        body: ArticlePublication,
        response: changeAnswers,
        ...detail('Publishes an article or takes it back; supervisors'),
      },
    )
    .post(
      panelRoutes.libraryDeletion(':id'),
      async ({ params, body, caller }) =>
        settled(await library.remove(params.id, body, await editorOf(caller))),
      {
        params: byId,
        body: ArticleDeletion,
        response: changeAnswers,
        ...detail('Deletes an article or brings it back; supervisors'),
      },
    )
    .get(
      panelRoutes.libraryVersions(':id'),
      async ({ params, query }) => {
        const found = await listVersions(store, params.id, query.cursor ? Number(query.cursor) : undefined);
        if (found.versions.length === 0 && !(await library.find(params.id))) throw notFound('This article');
        return found;
      },
      {
        params: byId,
        query: Type.Object({ cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,9}$' })) }),
        response: { 200: ArticleVersions, 404: PanelProblem, 422: PanelProblem, ...refusals },
        ...detail(
          'What an article said before; at most 100 versions, `cursor` is the last one of the page before',
        ),
      },
    )
    .post(
      panelRoutes.libraryVersions(':id'),
      async ({ params, body, caller }) =>
        settled(await library.rollBack(params.id, body, await editorOf(caller))),
      {
        params: byId,
        body: ArticleRollback,
        response: changeAnswers,
        ...detail('Makes the content of an earlier version the content again; supervisors'),
      },
    )
    .post(
      panelRoutes.libraryPreview,
      async ({ body: { content }, caller }) => {
        const article = articleOf('preview', content);
        return {
          response: responseOf(article, {
            ...DEFAULT_TEMPLATE_VALUES,
            'agent.name': await agentName(caller.identity),
          }),
          card: cardOf(article),
          unknown: unknownPlaceholders(content.responseTemplate ?? ''),
        };
      },
      {
        body: ArticlePreviewRequest,
        response: { 200: ArticlePreview, 422: PanelProblem, ...refusals },
        ...detail('What an agent would insert, and what a member would see'),
      },
    )
    .post(
      panelRoutes.libraryTrial,
      ({ body }) => refusing(() => tryQuestion(knowledge, { ...body, content: checkContent(body.content) })),
      {
        body: ArticleTrialRequest,
        response: { 200: ArticleTrial, 422: PanelProblem, ...refusals },
        ...detail('How an article fares with a question'),
      },
    );
}

/** What a member sees of an article that answers them. */
function cardOf(article: Article): ArticlePreview['card'] {
  const card = articleCard(article, '');
  const { button, assistant } = textsFor(article.language);
  return {
    title: card.title,
    words: cardWords(card),
    url: card.url ?? null,
    buttons: [...(card.isPart && !card.url ? [assistant.readAll] : []), button.solved, button.person],
  };
}

/** Names what an article cannot be made of. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    const { unknown } = error;
    throw new Problem('invalid', `The article's ${error.message}`, unknown.length > 0 ? { unknown } : {});
  }
}

/** The article after a change, or the refusal of it. */
function settled(change: ArticleChange): LibraryArticle {
  switch (change.is) {
    case 'done':
      return toLibraryArticle(change.article);
    case 'missing':
      throw notFound('This article');
    case 'refused':
      throw new Problem('invalid', change.reason);
    case 'conflict':
      throw new Problem(
        'conflict',
        'Somebody else changed this article meanwhile. Look at what it says now, then try again.',
        { article: toLibraryArticle(change.article) },
      );
  }
}
