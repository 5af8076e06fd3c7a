import { CaseStats, CaseStatsQuery } from '@flexcord/shared/panel/case-stats';
import { PanelProblem } from '@flexcord/shared/panel/problem';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { Elysia } from 'elysia';
import { caseStats, statsCsv } from '../../cases/stats.ts';
import { type Authenticated, requireSupervisor } from '../auth.ts';
import type { PanelDependencies } from '../dependencies.ts';
import { Problem, refusals } from '../problem.ts';

const detail = (summary: string) => ({ detail: { summary, tags: ['Charts'] } });

/** Figures for charts; for supervisors. */
export function statsRoutes(auth: Authenticated, { store }: Pick<PanelDependencies, 'store'>) {
  async function statsOf(query: CaseStatsQuery): Promise<CaseStats> {
    const result = await caseStats(store, query);
    if (result.is === 'done') return result.stats;
    throw new Problem(
      'invalid',
      'The range wants two days such as 2026-11-01, the first not after the second, at most 366 days, and a time zone such as Asia/Tokyo.',
    );
  }

  return new Elysia({ name: 'panel-stats' })
    .use(auth)
    .get(
      panelRoutes.caseStats,
      ({ query, caller }) => {
        requireSupervisor(caller);
        return statsOf(query);
      },
      {
        query: CaseStatsQuery,
        response: { 200: CaseStats, 422: PanelProblem, ...refusals },
        ...detail('Cases, response times, ratings and deflection day by day; supervisors'),
      },
    )
    .get(
      panelRoutes.caseStatsExport,
      async ({ query, caller }) => {
        requireSupervisor(caller);
        return new Response(statsCsv(await statsOf(query)), {
          headers: {
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': 'attachment; filename="cases-by-day.csv"',
          },
        });
      },
      { query: CaseStatsQuery, ...detail('The same as CSV; supervisors') },
    );
}
