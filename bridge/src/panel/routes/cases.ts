import type { FlexUser } from '@flexcord/shared/flex-user';
import {
  CaseCheckIn,
  CaseConflict,
  CaseConversation,
  CaseDetail,
  CaseDuplicates,
  CaseEdit,
  CaseMerge,
  CasePrefill,
  CaseTransition,
  CaseVersion,
  NewCase,
  NewCaseComment,
} from '@flexcord/shared/panel/case';
import { DiscordId } from '@flexcord/shared/panel/member';
import { PanelProblem } from '@flexcord/shared/panel/problem';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Type } from '@sinclair/typebox';
import { Elysia } from 'elysia';
import type { Actor, CaseResult } from '../../cases/case-change.ts';
import { prefill } from '../../cases/prefill.ts';
import { findCase, findDuplicates } from '../../cases/queries.ts';
import { usableTranscript } from '../../messages/usable-words.ts';
import type { Tx } from '../../store/open.ts';
import { type Authenticated, requireSupervisor } from '../auth.ts';
import { actorOf, numberOf, problemOf, settled } from '../case-answers.ts';
import type { PanelDependencies } from '../dependencies.ts';
import { notFound, Problem, refusals } from '../problem.ts';

const byId = Type.Object({ id: Type.String({ maxLength: 64 }) });
const detail = (summary: string) => ({ detail: { summary, tags: ['Cases'] } });
const changeAnswers = {
  200: CaseDetail,
  404: PanelProblem,
  409: CaseConflict,
  422: PanelProblem,
  ...refusals,
};

/** What agents do with one case. */
export function caseRoutes(auth: Authenticated, dependencies: PanelDependencies) {
  const { store, conversations, cases, agentName, transcriptOf } = dependencies;

  /** Makes a change in a transaction of its own. */
  async function change(
    caller: FlexUser,
    work: (tx: Tx, actor: Actor) => Promise<CaseResult>,
  ): Promise<CaseDetail> {
    const actor = await actorOf(caller, agentName);
    return settled(await store.transact((tx) => work(tx, actor)));
  }

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
    .post(
      panelRoutes.cases,
      async ({ body: { source, ...draft }, body, caller }) => {
        const conversationId = await sourceOf(body);
        return change(caller, (tx, actor) =>
          cases.open(
            tx,
            { ...draft, conversationId, assignee: { identity: caller.identity, name: actor.name } },
            actor,
          ),
        );
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
        return prefill(await usableTranscript(store.db, conversation.member_id, said));
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
      ({ params, body, caller }) =>
        change(caller, (tx, actor) => cases.comment(tx, numberOf(params.id), body.version, body, actor)),
      {
        params: byId,
        body: NewCaseComment,
        response: changeAnswers,
        ...detail('Comments on a case; a public comment is sent to the member'),
      },
    )
    .post(
      panelRoutes.caseTransitions(':id'),
      ({ params, body, caller }) =>
        change(caller, (tx, actor) =>
          cases.transition(tx, numberOf(params.id), body.version, body.to, actor),
        ),
      {
        params: byId,
        body: CaseTransition,
        response: changeAnswers,
        ...detail('Moves a case to another status'),
      },
    )
    .post(
      panelRoutes.caseCheckIns(':id'),
      ({ params, body, caller }) =>
        change(caller, (tx, actor) => cases.checkIn(tx, numberOf(params.id), body.version, actor)),
      {
        params: byId,
        body: CaseCheckIn,
        response: changeAnswers,
        ...detail('Asks the member whether an unfinished case is solved'),
      },
    )
    .post(
      panelRoutes.caseEdits(':id'),
      async ({ params, body, caller }) => {
        const { version, assignee, ...content }: CaseEdit = body;
        const taker = assignee == null ? assignee : { identity: assignee, name: await agentName(assignee) };
        return change(caller, (tx, actor) =>
          cases.edit(
            tx,
            numberOf(params.id),
            version,
            { ...content, ...(taker === undefined ? {} : { assignee: taker }) },
            actor,
          ),
        );
      },
      {
        params: byId,
        body: CaseEdit,
        response: changeAnswers,
        ...detail('Changes what a case says, or who has it; supervisors alone assign to others'),
      },
    )
    .post(
      panelRoutes.caseMerge(':id'),
      ({ params, body, caller }) =>
        change(caller, (tx, actor) => cases.merge(tx, numberOf(params.id), body.version, body.into, actor)),
      {
        params: byId,
        body: CaseMerge,
        response: changeAnswers,
        ...detail('Closes a case as a duplicate of another; its followers and votes count there too'),
      },
    )
    .post(
      panelRoutes.caseUnmerge(':id'),
      ({ params, body, caller }) =>
        change(caller, (tx, actor) => cases.unmerge(tx, numberOf(params.id), body.version, actor)),
      {
        params: byId,
        body: CaseVersion,
        response: changeAnswers,
        ...detail('Makes a duplicate a case of its own again, as it was'),
      },
    )
    .post(
      panelRoutes.caseConversations(':id'),
      async ({ params, body, caller }) => {
        const conversation = await conversations.findByTwilioSid(body.conversationSid);
        if (!conversation) throw notFound('The conversation');
        return change(caller, (tx, actor) =>
          cases.linkConversation(
            tx,
            numberOf(params.id),
            body.version,
            { id: conversation.id, twilioSid: body.conversationSid },
            actor,
          ),
        );
      },
      {
        params: byId,
        body: CaseConversation,
        response: changeAnswers,
        ...detail('Links a conversation of the same member to a case'),
      },
    )
    .post(
      panelRoutes.caseDeletion(':id'),
      async ({ params, body, caller }) => {
        requireSupervisor(caller);
        const actor = await actorOf(caller, agentName);
        const outcome = await store.transact((tx) =>
          cases.remove(tx, numberOf(params.id), body.version, actor),
        );
        if (outcome.is !== 'done') throw problemOf(outcome);
        return new Response(null, { status: 204 });
      },
      {
        params: byId,
        body: CaseVersion,
        response: { 204: Type.Null(), 404: PanelProblem, 409: CaseConflict, 422: PanelProblem, ...refusals },
        ...detail('Deletes a case; supervisors'),
      },
    );
}
