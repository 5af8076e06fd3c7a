import { isSupervisor } from '@flexcord/shared/flex-user';
import { IncidentAction, IncidentDetail, Incidents } from '@flexcord/shared/panel/incident';
import { PanelProblem } from '@flexcord/shared/panel/problem';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Type } from '@sinclair/typebox';
import { Elysia } from 'elysia';
import type { IncidentRefusal } from '../../incidents/acts.ts';
import { type Authenticated, requireSupervisor } from '../auth.ts';
import { actorOf, numberOf, problemOf } from '../case-answers.ts';
import type { PanelDependencies } from '../dependencies.ts';
import { notFound, Problem, refusals } from '../problem.ts';

const detail = (summary: string, description?: string) => ({
  detail: { summary, tags: ['Community'], ...(description ? { description } : {}) },
});

const byId = Type.Object({ id: Type.String() });

/** Why an action was refused. */
function refusalOf(refusal: IncidentRefusal): Problem {
  switch (refusal.is) {
    case 'missing':
      return notFound('This incident');
    case 'conflict':
      return new Problem(
        'conflict',
        'Somebody else has published a notice meanwhile. Look at what it says, then try again.',
      );
    case 'not-open':
      return new Problem('invalid', 'This incident is over. Open its case again first.');
    case 'empty':
      return new Problem('invalid', 'Write a title and a text, in one language at least.');
    case 'no-such-channel':
      return new Problem(
        'invalid',
        'Nothing can be sent to one of these channels any more. Look at the list, then choose again.',
      );
    case 'refused-case':
      return problemOf(refusal.refusal);
  }
}

/** Incidents, for supervisors. */
export function incidentRoutes(
  auth: Authenticated,
  { incidents, actOnIncident, agentName }: PanelDependencies,
) {
  async function found(id: string): Promise<IncidentDetail> {
    const incident = await incidents.find(numberOf(id));
    if (!incident) throw notFound('This incident');
    return incident;
  }

  return new Elysia({ name: 'panel-incidents' })
    .use(auth)
    .get(
      panelRoutes.incidents,
      async ({ caller }) => {
        requireSupervisor(caller);
        return { incidents: await incidents.list() };
      },
      {
        response: { 200: Incidents, ...refusals },
        ...detail(
          'Much the same, asked by more members than usual: those that are open, and the latest that are over; supervisors',
        ),
      },
    )
    .get(
      panelRoutes.incident(':id'),
      ({ params, caller }) => {
        requireSupervisor(caller);
        return found(params.id);
      },
      {
        params: byId,
        response: { 200: IncidentDetail, 404: PanelProblem, ...refusals },
        ...detail('An incident with its questions, and what is said of it; supervisors'),
      },
    )
    .post(
      panelRoutes.incidentActions(':id'),
      async ({ params, body, caller }) => {
        if (body.is !== 'take-out') requireSupervisor(caller);
        const done = await actOnIncident(numberOf(params.id), body, await actorOf(caller, agentName));
        if (done.is !== 'done') throw refusalOf(done);
        const incident = await found(params.id);
        // Who asked what is for supervisors.
        return isSupervisor(caller) ? incident : { ...incident, reports: [] };
      },
      {
        params: byId,
        body: IncidentAction,
        response: {
          200: IncidentDetail,
          404: PanelProblem,
          409: PanelProblem,
          422: PanelProblem,
          ...refusals,
        },
        ...detail(
          'Publishes a notice, resolves or dismisses an incident, or takes questions out of it; supervisors',
          'Agents may take questions out, too, and are answered without the questions. What is said on Discord follows a moment later.',
        ),
      },
    );
}
