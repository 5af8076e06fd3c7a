import { foldCase } from '@flexcord/shared/messages/fold';
import { CaseList } from '@flexcord/shared/panel/case';
import {
  CaseBulk,
  type CaseBulkAction,
  CaseBulkResult,
  CaseFilters,
  CaseListQuery,
  CaseTiles,
} from '@flexcord/shared/panel/case-list';
import { PanelProblem } from '@flexcord/shared/panel/problem';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import type { Result } from '@flexcord/shared/result';
import { momentOf } from '@flexcord/shared/time';
import { Elysia } from 'elysia';
import type { Actor, CaseRefusal } from '../../cases/case-change.ts';
import { createTiles } from '../../cases/counts.ts';
import { exportCases } from '../../cases/export.ts';
import { listCases } from '../../cases/list.ts';
import { findCase } from '../../cases/queries.ts';
import type { Tx } from '../../store/open.ts';
import { type Authenticated, requireSupervisor } from '../auth.ts';
import { actorOf, problemOf } from '../case-answers.ts';
import type { PanelDependencies } from '../dependencies.ts';
import { Problem, refusals } from '../problem.ts';

const detail = (summary: string, description?: string) => ({
  detail: { summary, tags: ['Cases'], ...(description ? { description } : {}) },
});

/** A day such as 31 February has the form of one, and would be taken for another. */
function refuseNoMoments(filters: CaseFilters): void {
  for (const name of ['createdFrom', 'createdTo', 'updatedFrom', 'updatedTo'] as const) {
    const given = filters[name];
    if (given !== undefined && momentOf(given) === null)
      throw new Problem(
        'invalid',
        `${name} is ${given}, which is no moment. Write one such as 2026-11-24T09:30Z.`,
      );
  }
}

/** Lists, counts, exports and bulk changes of cases. */
export function caseListRoutes(auth: Authenticated, dependencies: PanelDependencies) {
  const { store, cases, agentName } = dependencies;
  const tiles = createTiles(store);

  /** One case of a bulk action, in a transaction of its own. */
  async function act(
    tx: Tx,
    number: number,
    action: CaseBulkAction,
    assigneeName: string,
    actor: Actor,
  ): Promise<Result<object, CaseRefusal>> {
    switch (action.is) {
      case 'transition':
        return cases.transition(tx, number, null, action.to, actor);
      case 'priority':
        return cases.edit(tx, number, null, { priority: action.priority }, actor);
      case 'assign': {
        const assignee = action.assignee === null ? null : { identity: action.assignee, name: assigneeName };
        return cases.edit(tx, number, null, { assignee }, actor);
      }
      case 'add-tag':
      case 'remove-tag': {
        const present = await findCase(tx, number);
        if (!present) return { is: 'missing' };
        const others = present.tags.filter((tag) => foldCase(tag) !== foldCase(action.tag.trim()));
        const tags = action.is === 'add-tag' ? [...others, action.tag] : others;
        // Names the version that was read, so that a concurrent change of the tags is not lost.
        return cases.edit(tx, number, present.version, { tags }, actor);
      }
      case 'delete':
        return cases.remove(tx, number, null, actor);
    }
  }

  return new Elysia({ name: 'panel-case-lists' })
    .use(auth)
    .get(
      panelRoutes.cases,
      ({ query }) => {
        refuseNoMoments(query);
        return listCases(store, query);
      },
      {
        query: CaseListQuery,
        response: { 200: CaseList, 422: PanelProblem, ...refusals },
        ...detail('Cases that fit every filter, a page at a time; newest first unless asked for otherwise'),
      },
    )
    .get(panelRoutes.caseTiles, () => tiles(), {
      response: { 200: CaseTiles, ...refusals },
      ...detail('How many cases there are of each status'),
    })
    .get(
      panelRoutes.caseExport,
      ({ query, caller }) => {
        requireSupervisor(caller);
        refuseNoMoments(query);
        return new Response(exportCases(store, query), {
          headers: {
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': 'attachment; filename="cases.csv"',
            'cache-control': 'no-store',
          },
        });
      },
      {
        query: CaseFilters,
        ...detail(
          'The cases that fit every filter as CSV, oldest first; supervisors',
          'Streams however many there are, in UTF-8 with a byte order mark. Text that a spreadsheet would take for a formula begins with an apostrophe. Opened by a double click, spreadsheets round `member id`, and make 7 of a title 007: read the file with every column as text, or take `member mention`.',
        ),
      },
    )
    .post(
      panelRoutes.caseBulk,
      async ({ body, caller }) => {
        const { ids, action }: CaseBulk = body;
        if (action.is === 'assign' || action.is === 'delete') requireSupervisor(caller);
        const actor = await actorOf(caller, agentName);
        const assigneeName =
          action.is === 'assign' && action.assignee ? await agentName(action.assignee) : '';
        const results: CaseBulkResult['results'] = [];
        for (const id of ids) {
          const problem = await store
            .transact((tx) => act(tx, Number(id), action, assigneeName, actor))
            .then(
              (result) => (result.is === 'done' ? null : problemOf(result).message),
              () => 'The bridge failed on this case; its log says why. Try again.',
            );
          results.push({ id, problem });
        }
        return { results };
      },
      {
        body: CaseBulk,
        response: { 200: CaseBulkResult, 422: PanelProblem, ...refusals },
        ...detail(
          'Does the same to many cases',
          'Each by itself, at its present version; what became of each is in the answer. Assigning and deleting are for supervisors.',
        ),
      },
    );
}
