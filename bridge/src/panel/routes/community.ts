import { CaseBulkResult } from '@flexcord/shared/panel/case-list';
import { CaseStatsQuery } from '@flexcord/shared/panel/case-stats';
import {
  CommunityBulk,
  CommunityOverview,
  CommunityPostDetail,
  CommunityPosts,
  CommunityQuery,
  CommunityStats,
} from '@flexcord/shared/panel/community';
import { COMMUNITY_LIMITS } from '@flexcord/shared/panel/community-constants';
import { PanelProblem } from '@flexcord/shared/panel/problem';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Type } from '@sinclair/typebox';
import { Elysia } from 'elysia';
import type { Logger } from 'pino';
import type { ActRefusal } from '../../support/public/team-acts.ts';
import { latestTitles, postFigures } from '../../threads/post-figures.ts';
import { createOverview, listPosts } from '../../threads/post-list.ts';
import { type Authenticated, requireSupervisor } from '../auth.ts';
import { actorOf, problemOf } from '../case-answers.ts';
import type { PanelDependencies } from '../dependencies.ts';
import { postDetail } from '../post-detail.ts';
import { notFound, Problem, refusals } from '../problem.ts';
import { topQuestions } from '../top-questions.ts';

const detail = (summary: string, description?: string) => ({
  detail: { summary, tags: ['Community'], ...(description ? { description } : {}) },
});

const byId = Type.Object({ id: Type.String() });

const SHUT = {
  locked: 'The thread is locked on Discord. Unlock it there, then try again.',
  'read-only': 'The bot may not write in this channel. Give it the right on Discord, then try again.',
  hidden: 'The bot does not see this channel any more. Give it the right on Discord, then try again.',
};

/** Why an action was refused, in a sentence. */
function sentenceOf(refusal: ActRefusal): string {
  switch (refusal.is) {
    case 'missing':
      return notFound('This post').message;
    case 'author-erased':
      return 'Whoever asked this was erased, so it can neither be answered here nor become a case. Answer on Discord.';
    case 'shut':
      return SHUT[refusal.why];
    case 'not-open':
      return 'This post is not open any more. Open it again first.';
    case 'is-open':
      return 'This post is open already.';
    case 'bad-target':
      return 'It cannot be merged into that post: it is the same one, a duplicate itself, or gone. Choose another one.';
    case 'no-such-tag':
      return 'The channel of this post does not have that tag. Look at the tags that it has, then choose another one.';
    case 'no-such-message':
      return 'That message is not in this post any more. Choose another one.';
    case 'refused-case':
      return problemOf(refusal.refusal).message;
  }
}

/** Posts in public, for supervisors: lists, details, actions and figures. */
export function communityRoutes(auth: Authenticated, dependencies: PanelDependencies & { logger: Logger }) {
  const { store, channels, actOnPost, agentName, logger } = dependencies;
  const overview = createOverview(store, channels);

  return new Elysia({ name: 'panel-community' })
    .use(auth)
    .get(
      panelRoutes.communityPosts,
      ({ query, caller }) => {
        requireSupervisor(caller);
        return listPosts(store, channels, query);
      },
      {
        query: CommunityQuery,
        response: { 200: CommunityPosts, 422: PanelProblem, ...refusals },
        ...detail(
          'Posts in public that fit every filter, a page at a time; supervisors',
          'Open ones unless asked for otherwise, those whose author has waited longest first.',
        ),
      },
    )
    .get(
      panelRoutes.communityOverview,
      ({ caller }) => {
        requireSupervisor(caller);
        return overview();
      },
      {
        response: { 200: CommunityOverview, ...refusals },
        ...detail('Channels that are served in public, and how many posts are open; supervisors'),
      },
    )
    .get(
      panelRoutes.communityPost(':id'),
      async ({ params, caller }) => {
        requireSupervisor(caller);
        const post = await postDetail(store, channels, params.id);
        if (!post) throw notFound('This post');
        return post;
      },
      {
        params: byId,
        response: { 200: CommunityPostDetail, 404: PanelProblem, ...refusals },
        ...detail('A post with what was written in it; supervisors'),
      },
    )
    .post(
      panelRoutes.communityActions,
      async ({ body, caller }) => {
        requireSupervisor(caller);
        const { ids, action }: CommunityBulk = body;
        const isOfOne = action.is === 'answer' || (action.is === 'solve' && action.messageId !== null);
        if (isOfOne && ids.length > 1)
          throw new Problem('invalid', 'This is done to one post at a time. Name one alone.');
        const actor = { ...(await actorOf(caller, agentName)), identity: caller.identity };
        const results: CaseBulkResult['results'] = [];
        for (const id of ids) {
          const problem = await actOnPost(id, action, actor).then(
            (result) => (result.is === 'done' ? null : sentenceOf(result)),
            (error: unknown) => {
              logger.error({ err: error, post: id, action: action.is }, 'an action on a post failed');
              return 'The bridge failed on this post; its log says why. Try again.';
            },
          );
          results.push({ id, problem });
        }
        return { results };
      },
      {
        body: CommunityBulk,
        response: { 200: CaseBulkResult, 422: PanelProblem, ...refusals },
        ...detail(
          'Does the same to each post: assign, tag, answer, solve, close, merge, convert …; supervisors',
          'Each by itself: where one fails the others are done all the same. What is written in the thread or changed on Discord follows a moment later.',
        ),
      },
    )
    .get(
      panelRoutes.communityStats,
      async ({ query, caller }) => {
        requireSupervisor(caller);
        const result = await postFigures(store, query);
        if (result.is !== 'done')
          throw new Problem(
            'invalid',
            'The range wants two days such as 2026-11-01, the first not after the second, at most 366 days, and a time zone such as Asia/Tokyo.',
          );
        const { figures, from, to } = result;
        const titles = await latestTitles(store, from, to, COMMUNITY_LIMITS.groupedQuestions);
        return { ...figures, topQuestions: topQuestions(titles, COMMUNITY_LIMITS.topQuestions) };
      },
      {
        query: CaseStatsQuery,
        response: { 200: CommunityStats, 422: PanelProblem, ...refusals },
        ...detail('Posts by day, who answered them and how soon, and what is asked most; supervisors'),
      },
    );
}
