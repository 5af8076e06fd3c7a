import { truncate } from '@flexcord/shared/messages/truncate';
import {
  ArticleLanguage,
  GapDismissal,
  LessonUndo,
  type LibraryGap,
  LibraryGaps,
  LibraryLesson,
  LibraryLessons,
} from '@flexcord/shared/panel/library';
import { PanelProblem } from '@flexcord/shared/panel/problem';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Type } from '@sinclair/typebox';
import { Elysia } from 'elysia';
import { type KnowledgeGap, openGaps, settleGaps } from '../../knowledge/feedback/knowledge-gaps.ts';
import { type Lesson, redoLesson, reviewLessons, undoLesson } from '../../knowledge/feedback/lessons.ts';
import { type Authenticated, requireSupervisor } from '../auth.ts';
import type { PanelDependencies } from '../dependencies.ts';
import { notFound, refusals } from '../problem.ts';

const Cursor = Type.String({ pattern: '^[0-9]{1,15}$' });
const detail = (summary: string) => ({ detail: { summary, tags: ['Library'] } });
const MAX_GAPS = 200;

/** What nothing answers, and what was learned from use. */
export function libraryLearningRoutes(auth: Authenticated, dependencies: PanelDependencies) {
  const { store, library, agentName } = dependencies;

  async function titled(lessons: readonly Lesson[]): Promise<LibraryLesson[]> {
    const ids = [...new Set(lessons.map(({ articleId }) => articleId))];
    const rows =
      ids.length === 0
        ? []
        : await store.db
            .selectFrom('articles')
            .select(['id', 'title'])
            .where('id', 'in', ids)
            .where('deleted_at', 'is', null)
            .execute();
    const titles = new Map(rows.map(({ id, title }) => [id, title]));
    return lessons.map(({ id, source, articleId, question, weight, createdAt, undone }) => ({
      id,
      source,
      articleId,
      articleTitle: titles.get(articleId) ?? null,
      question,
      weight,
      at: new Date(createdAt).toISOString(),
      undone: undone && { at: new Date(undone.at).toISOString(), by: undone.by },
    }));
  }

  return new Elysia({ name: 'panel-library-learning' })
    .use(auth)
    .get(
      panelRoutes.libraryGaps,
      async ({ query }) => {
        const gaps = await openGaps(store.db, query);
        return { gaps: gaps.slice(0, MAX_GAPS).map(toLibraryGap), total: gaps.length };
      },
      {
        query: Type.Object({ language: Type.Optional(ArticleLanguage) }),
        response: { 200: LibraryGaps, 422: PanelProblem, ...refusals },
        ...detail('Questions that no article answered, asked most often first'),
      },
    )
    .post(
      panelRoutes.libraryGapDismissal,
      async ({ body, caller }) => {
        requireSupervisor(caller);
        await store.transact((tx) => settleGaps(tx, body.ids, { state: 'dismissed' }));
        return new Response(null, { status: 204 });
      },
      { body: GapDismissal, ...detail('Puts questions away for good (204); supervisors') },
    )
    .get(
      panelRoutes.libraryLessons,
      async ({ query }) => {
        const { lessons, nextCursor } = await reviewLessons(store.db, {
          articleId: query.articleId,
          undone: query.undone === undefined ? undefined : query.undone === 'true',
          before: query.cursor === undefined ? undefined : Number(query.cursor),
        });
        return { lessons: await titled(lessons), nextCursor };
      },
      {
        query: Type.Object({
          articleId: Type.Optional(Type.String({ maxLength: 200 })),
          undone: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
          cursor: Type.Optional(Cursor),
        }),
        response: { 200: LibraryLessons, 422: PanelProblem, ...refusals },
        ...detail('What was learned from use, newest first'),
      },
    )
    .post(
      panelRoutes.libraryLesson(':id'),
      async ({ params, body, caller }) => {
        requireSupervisor(caller);
        const by = await agentName(caller.identity);
        const id = Number(params.id);
        const lesson = await store.transact((tx) =>
          body.undone ? undoLesson(tx, id, by) : redoLesson(tx, id),
        );
        const [shown] = lesson ? await titled([lesson]) : [];
        if (!shown) throw notFound('This lesson');
        await library.refresh();
        return shown;
      },
      {
        params: Type.Object({ id: Cursor }),
        body: LessonUndo,
        response: { 200: LibraryLesson, 404: PanelProblem, 422: PanelProblem, ...refusals },
        ...detail('Takes back what was learned, or lets it hold again; supervisors'),
      },
    );
}

function toLibraryGap({ firstAt, lastAt, ...gap }: KnowledgeGap): LibraryGap {
  const [title = ''] = gap.questions;
  return {
    ...gap,
    firstAt: new Date(firstAt).toISOString(),
    lastAt: new Date(lastAt).toISOString(),
    draft: {
      title: truncate(title, 300),
      questions: gap.questions,
      text: '',
      url: null,
      language: gap.language,
      labels: [],
      responseTemplate: null,
    },
  };
}
