import { truncate } from '@flexcord/shared/messages/truncate';
import { ARTICLE_LIMITS } from '@flexcord/shared/panel/library-constants';
import { PanelProblem } from '@flexcord/shared/panel/problem';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import {
  type SolvedPost as Shown,
  SolvedPostDecision,
  SolvedPosts,
} from '@flexcord/shared/panel/solved-posts';
import { Type } from '@sinclair/typebox';
import { Elysia } from 'elysia';
import { type SolvedPost, solvedPosts } from '../../forum/learning.ts';
import { type Authenticated, requireSupervisor } from '../auth.ts';
import type { PanelDependencies } from '../dependencies.ts';
import { notFound, refusals } from '../problem.ts';

const MAX_POSTS = 100;
const detail = (summary: string) => ({ detail: { summary, tags: ['Library'] } });

/** Solved posts that may become articles. */
export function solvedPostRoutes(auth: Authenticated, { store }: PanelDependencies) {
  const posts = solvedPosts(store);
  return new Elysia({ name: 'panel-solved-posts' })
    .use(auth)
    .get(
      panelRoutes.librarySolvedPosts,
      async ({ caller }) => {
        requireSupervisor(caller);
        return { posts: (await posts.list({ limit: MAX_POSTS })).map(toShown) };
      },
      {
        response: { 200: SolvedPosts, 422: PanelProblem, ...refusals },
        ...detail('Solved posts that may become articles, newest first; supervisors'),
      },
    )
    .post(
      panelRoutes.librarySolvedPost(':id'),
      async ({ params: { id }, body: { articleId }, caller }) => {
        requireSupervisor(caller);
        const found = await (articleId === null ? posts.dismiss(id) : posts.taken(id, articleId));
        if (!found) throw notFound('This post');
        return new Response(null, { status: 204 });
      },
      {
        params: Type.Object({ id: Type.String({ pattern: '^[0-9]{1,20}$' }) }),
        body: SolvedPostDecision,
        ...detail('An article was made of a solved post, or nobody wants one (204); supervisors'),
      },
    );
}

function toShown({
  thread_id,
  title,
  question,
  answer,
  solver_name,
  language,
  url,
  solved_at,
}: SolvedPost): Shown {
  return {
    ...{ threadId: thread_id, title, question, answer, language, url },
    solverName: solver_name,
    solvedAt: new Date(solved_at).toISOString(),
    draft: {
      title: truncate(title, ARTICLE_LIMITS.title),
      questions: question === '' ? [] : [truncate(question, ARTICLE_LIMITS.question)],
      ...{ text: answer, url, language, labels: [], responseTemplate: null },
    },
  };
}
