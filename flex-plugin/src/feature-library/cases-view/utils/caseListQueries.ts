import type { CaseList } from '@flexcord/shared/panel/case';
import type { CaseBulk, CaseBulkAction, CaseBulkResult, CaseTiles } from '@flexcord/shared/panel/case-list';
import type { CaseStats } from '@flexcord/shared/panel/case-stats';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';

import { useLiveRefresh } from '../../../hooks/useLiveRefresh.ts';
import { get, post } from '../../../utils/bridge/client.ts';
import { keys, queryClient } from '../../../utils/bridge/queryClient.ts';
import { lastDays } from '../../../utils/lastDays.ts';
import type { Filters } from './casesLocation.ts';

/** The value of the status filter for cases that are neither resolved nor closed. */
export const UNFINISHED = 'open,elevated,waiting';

/** Prefix of the keys of this view's queries. */
const ROOT = 'all-cases';
/** Changes within this time are fetched together, in ms. */
const REFRESH_DELAY_MS = 400;

export const useCaseList = (filters: Filters) =>
  useInfiniteQuery({
    queryKey: [ROOT, 'list', filters],
    keepPreviousData: true,
    getNextPageParam: ({ nextCursor }: CaseList) => nextCursor ?? undefined,
    queryFn: ({ signal, pageParam }) =>
      get<CaseList>(panelRoutes.cases, { ...filters, cursor: pageParam }, signal),
  });

export const useTiles = () =>
  useQuery({
    queryKey: [ROOT, 'tiles'],
    queryFn: ({ signal }) => get<CaseTiles>(panelRoutes.caseTiles, {}, signal),
  });

/** Statistics of the last `days` days, today included, or of those `ago` times as long before. */
export const useStats = (days: number, ago = 0) =>
  useQuery({
    queryKey: [ROOT, 'stats', days, ago],
    keepPreviousData: true,
    queryFn: ({ signal }) => get<CaseStats>(panelRoutes.caseStats, lastDays(days, ago), signal),
  });

/** Makes the same change to each case; the answer says for which it failed, and why. */
export async function changeCases(ids: string[], action: CaseBulkAction): Promise<CaseBulkResult['results']> {
  const { results } = await post<CaseBulk, CaseBulkResult>(panelRoutes.caseBulk, { ids, action });
  for (const id of ids) void queryClient.invalidateQueries(keys.case(id));
  await queryClient.invalidateQueries([ROOT]);
  return results;
}

/** Keeps the view up to date with changes that others make. */
export const useLiveCases = (): void => useLiveRefresh(ROOT, 'case-changed', REFRESH_DELAY_MS);
