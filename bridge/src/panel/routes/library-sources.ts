import {
  LibraryFindings,
  LibrarySource,
  LibrarySources,
  NewSource,
  ProposalDecision,
  WithdrawalDecision,
} from '@flexcord/shared/panel/library-sources';
import { PanelProblem } from '@flexcord/shared/panel/problem';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Type } from '@sinclair/typebox';
import { Elysia } from 'elysia';
import { findingsOf } from '../../knowledge/articles/findings.ts';
import { ImportError } from '../../knowledge/import/records.ts';
import { sourcesWithHealth } from '../../knowledge/sources/health.ts';
import { decideProposal, decideWithdrawals, listProposals } from '../../knowledge/sources/proposals.ts';
import { type SourceSettings, settingsOf } from '../../knowledge/sources/source.ts';
import { type Authenticated, requireSupervisor } from '../auth.ts';
import type { PanelDependencies } from '../dependencies.ts';
import { notFound, Problem, refusals } from '../problem.ts';

const byId = Type.Object({ id: Type.String({ pattern: '^[0-9]{1,15}$' }) });
const detail = (summary: string) => ({ detail: { summary, tags: ['Library'] } });

/** Sources of articles that are read again and again, and what they put before people. */
export function librarySourceRoutes(auth: Authenticated, dependencies: PanelDependencies) {
  const { store, library, sources, agentName, live } = dependencies;

  async function sourceOf(id: number): Promise<LibrarySource> {
    const found = (await sourcesWithHealth(store)).find((source) => source.id === id);
    if (!found) throw notFound('This source');
    return found;
  }

  /** Articles were changed, or what waits for a person. */
  async function changed(): Promise<void> {
    await library.refresh();
    live.publish({ type: 'knowledge-changed' });
  }

  return new Elysia({ name: 'panel-library-sources' })
    .use(auth)
    .get(
      panelRoutes.librarySources,
      async ({ caller }) => {
        requireSupervisor(caller);
        return {
          sources: await sourcesWithHealth(store),
          ...(await listProposals(store)),
          allowedHosts: [...sources.allowedHosts],
        };
      },
      {
        response: { 200: LibrarySources, ...refusals },
        ...detail(
          'Sources that are read again and again, how they fare, and what waits for a person; supervisors',
        ),
      },
    )
    .get(
      panelRoutes.libraryFindings,
      ({ caller }) => {
        requireSupervisor(caller);
        return findingsOf(store);
      },
      {
        response: { 200: LibraryFindings, ...refusals },
        ...detail(
          'Links that lead nowhere, articles nobody is shown, and articles that do not help; supervisors',
        ),
      },
    )
    .post(
      panelRoutes.librarySources,
      async ({ body, caller }) => {
        requireSupervisor(caller);
        const settings = settingsIn(body, sources.allowedHosts);
        const { id } = await sources.add(settings, await agentName(caller.identity));
        sources.look();
        live.publish({ type: 'knowledge-changed' });
        return sourceOf(id);
      },
      {
        body: NewSource,
        response: { 200: LibrarySource, 422: PanelProblem, ...refusals },
        ...detail('Adds a source, or changes the one of the same place; supervisors'),
      },
    )
    .post(
      panelRoutes.librarySourceReading(':id'),
      async ({ params, caller }) => {
        requireSupervisor(caller);
        if (!(await sources.makeDue(Number(params.id)))) throw notFound('This source');
        sources.look();
        return sourceOf(Number(params.id));
      },
      {
        params: byId,
        response: { 200: LibrarySource, 404: PanelProblem, ...refusals },
        ...detail('Reads a source now; the answer comes before it is read. Supervisors'),
      },
    )
    .post(
      panelRoutes.librarySourceRemoval(':id'),
      async ({ params, caller }) => {
        requireSupervisor(caller);
        if (!(await sources.remove(Number(params.id)))) throw notFound('This source');
        live.publish({ type: 'knowledge-changed' });
        return new Response(null, { status: 204 });
      },
      {
        params: byId,
        response: { 204: Type.Null(), 404: PanelProblem, ...refusals },
        ...detail('Forgets a source; its articles stay. Supervisors'),
      },
    )
    .post(
      panelRoutes.librarySourceWithdrawals(':id'),
      async ({ params, body, caller }) => {
        requireSupervisor(caller);
        const editor = { identity: caller.identity, name: await agentName(caller.identity) };
        await sourceOf(Number(params.id));
        await decideWithdrawals(store, Number(params.id), body.accept, editor);
        await changed();
        return sourceOf(Number(params.id));
      },
      {
        params: byId,
        body: WithdrawalDecision,
        response: { 200: LibrarySource, 404: PanelProblem, ...refusals },
        ...detail('Withdraws everything that is gone at a source, or keeps all of it; supervisors'),
      },
    )
    .post(
      panelRoutes.libraryProposals,
      async ({ body, caller }) => {
        requireSupervisor(caller);
        const editor = { identity: caller.identity, name: await agentName(caller.identity) };
        const done = await decideProposal(store, body, editor);
        if (done === 'missing') throw notFound('This proposal');
        if (done === 'conflict')
          throw new Problem(
            'conflict',
            'Somebody changed this article meanwhile. Look at what it says now, then decide again.',
          );
        await changed();
        return new Response(null, { status: 204 });
      },
      {
        body: ProposalDecision,
        response: { 204: Type.Null(), 404: PanelProblem, 409: PanelProblem, ...refusals },
        ...detail('Takes what a source wants of an article, or keeps it as it is; supervisors'),
      },
    );
}

function settingsIn(body: NewSource, allowedHosts: readonly string[]): SourceSettings {
  try {
    const settings = settingsOf(body);
    const [host] = settings.hosts;
    if (host === undefined || !allowedHosts.includes(host))
      throw new ImportError(
        'Only addresses on hosts that KNOWLEDGE_SOURCE_HOSTS names can be added here. Ask whoever runs the bridge, who can add any source.',
      );
    return settings;
  } catch (error) {
    if (!(error instanceof ImportError)) throw error;
    throw new Problem('invalid', error.message);
  }
}
