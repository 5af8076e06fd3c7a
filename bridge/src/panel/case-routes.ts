import {
  CaseCheckIn,
  CaseConflict,
  CaseDetail,
  CaseDuplicates,
  CaseList,
  CasePrefill,
  CaseTransition,
  NewCase,
  NewCaseComment,
} from '@flexcord/shared/panel/case';
import { DiscordId } from '@flexcord/shared/panel/member';
import { PanelProblem } from '@flexcord/shared/panel/problem';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Type } from '@sinclair/typebox';
import { Elysia } from 'elysia';
import type { Actor, Change } from '../cases/cases.ts';
import { prefill } from '../cases/prefill.ts';
import { findCase, findDuplicates, listCases } from '../cases/queries.ts';
import type { Authenticated } from './auth.ts';
import type { PanelDependencies } from './dependencies.ts';
import { notFound, Problem, refusals } from './problem.ts';
import type { TokenHolder } from './tokens.ts';

const byId = Type.Object({ id: Type.String({ maxLength: 64 }) });
const detail = (summary: string) => ({ detail: { summary, tags: ['Cases'] } });
const changeAnswers = {
  200: CaseDetail,
  404: PanelProblem,
  409: CaseConflict,
  422: PanelProblem,
  ...refusals,
};

/** What agents do with cases. */
export function caseRoutes(auth: Authenticated, dependencies: PanelDependencies) {
  const { store, conversations, cases, agentName, transcriptOf } = dependencies;

  const actorOf = async ({ identity }: TokenHolder): Promise<Actor> => ({
    identity,
    name: await agentName(identity),
  });

  /** The conversation that a new case comes from, which must be one of the member's. */
  async function sourceOf({ memberId, source }: NewCase): Promise<string | null> {
    if (!source) return null;
    const conversation = await conversations.findByTwilioSid(source.conversationSid);
    if (!conversation) throw notFound('The conversation');
    if (conversation.member_id !== memberId) {
      throw new Problem('invalid', 'The conversation is with another member than the case.');
    }
    return conversation.id;
  }

  return new Elysia({ name: 'panel-cases' })
    .use(auth)
    .get(
      panelRoutes.cases,
      ({ query }) =>
        listCases(store, {
          memberId: query.memberId,
          before: query.cursor === undefined ? undefined : Number(query.cursor),
        }),
      {
        query: Type.Object({
          memberId: Type.Optional(DiscordId),
          cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,9}$' })),
        }),
        response: { 200: CaseList, 422: PanelProblem, ...refusals },
        ...detail('Cases, newest first; of one member where one is named'),
      },
    )
    .post(
      panelRoutes.cases,
      async ({ body, caller }) => {
        if (!(await conversations.findMember(body.memberId))) throw notFound('This member');
        return cases.create(body, await sourceOf(body), await actorOf(caller));
      },
      {
        body: NewCase,
        response: { 200: CaseDetail, 404: PanelProblem, 422: PanelProblem, ...refusals },
        ...detail('Opens a case, assigned to whoever opens it'),
      },
    )
    .get(panelRoutes.caseDuplicates, ({ query }) => findDuplicates(store, query.memberId, query.title), {
      query: Type.Object({ memberId: DiscordId, title: Type.String({ maxLength: 200 }) }),
      response: { 200: CaseDuplicates, 422: PanelProblem, ...refusals },
      ...detail('Unfinished cases with a like title, most alike first'),
    })
    .get(
      panelRoutes.casePrefill(':id'),
      async ({ params }) => {
        const conversation = await conversations.findByTwilioSid(params.id);
        const said = conversation && (await transcriptOf(conversation));
        if (!said) throw notFound('This conversation');
        return prefill(said);
      },
      {
        params: byId,
        response: { 200: CasePrefill, 404: PanelProblem, ...refusals },
        ...detail('A draft of a case from a conversation'),
      },
    )
    .get(
      panelRoutes.case(':id'),
      async ({ params }) => {
        const found = await findCase(store.db, numberOf(params.id));
        if (!found) throw notFound('This case');
        return found;
      },
      {
        params: byId,
        response: { 200: CaseDetail, 404: PanelProblem, ...refusals },
        ...detail('A case with its timeline, newest 500 entries, oldest first'),
      },
    )
    .post(
      panelRoutes.caseComments(':id'),
      async ({ params, body, caller }) =>
        settled(await cases.comment(numberOf(params.id), body, await actorOf(caller))),
      {
        params: byId,
        body: NewCaseComment,
        response: changeAnswers,
        ...detail('Comments on a case; a public comment is sent to the member'),
      },
    )
    .post(
      panelRoutes.caseTransitions(':id'),
      async ({ params, body, caller }) =>
        settled(await cases.transition(numberOf(params.id), body, await actorOf(caller))),
      {
        params: byId,
        body: CaseTransition,
        response: changeAnswers,
        ...detail('Moves a case to another status'),
      },
    )
    .post(
      panelRoutes.caseCheckIns(':id'),
      async ({ params, body, caller }) =>
        settled(await cases.checkIn(numberOf(params.id), body, await actorOf(caller))),
      {
        params: byId,
        body: CaseCheckIn,
        response: changeAnswers,
        ...detail('Asks the member whether an unfinished case is solved'),
      },
    );
}

/** The number in the id of a case. */
function numberOf(id: string): number {
  if (!/^[1-9][0-9]{0,8}$/.test(id)) throw notFound('This case');
  return Number(id);
}

/** The case after a change, or the refusal of it. */
function settled(change: Change): CaseDetail {
  switch (change.is) {
    case 'done':
      return change.case;
    case 'missing':
      throw notFound('This case');
    case 'illegal':
      throw new Problem(
        'invalid',
        `A case that is ${change.from} cannot take this step. Look at its present status, then choose another one.`,
      );
    case 'conflict':
      throw new Problem(
        'conflict',
        'Somebody else changed this case meanwhile. Look at its present state, then try again.',
        { case: change.case },
      );
  }
}
