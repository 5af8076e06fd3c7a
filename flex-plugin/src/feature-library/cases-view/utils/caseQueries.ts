import type { CaseList, CaseStatus } from '@flexcord/shared/panel/case';
import type { CaseBulk, CaseBulkAction, CaseBulkResult, CaseTiles } from '@flexcord/shared/panel/case-list';
import type { CaseStats } from '@flexcord/shared/panel/case-stats';
import type { LibraryGaps } from '@flexcord/shared/panel/library';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Manager } from '@twilio/flex-ui';
import * as React from 'react';

import { get, post } from '../../../utils/bridge/client.ts';
import { followPanelEvents } from '../../../utils/bridge/live.ts';
import { applyPanelEvent, queryClient } from '../../../utils/bridge/queryClient.ts';
import type { Filters } from './caseUrl.ts';

export const statuses: readonly CaseStatus[] = ['open', 'elevated', 'waiting', 'resolved', 'closed'];
export const UNFINISHED = 'open,elevated,waiting';

/** Everything this view asks for begins with this. */
const ROOT = 'all-cases';
/** Several changes in a row are fetched once, in ms. */
const CALM_MS = 400;

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

const DAY_MS = 24 * 60 * 60 * 1000;
/** The day of a moment where the supervisor is. */
const dayOf = (ms: number) => new Intl.DateTimeFormat('en-CA').format(ms);

/** The last days, today included. */
export const useStats = (days: number) =>
  useQuery({
    queryKey: [ROOT, 'stats', days],
    keepPreviousData: true,
    queryFn: ({ signal }) => {
      const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
      const now = Date.now();
      const range = { from: dayOf(now - (days - 1) * DAY_MS), to: dayOf(now), timeZone };
      return get<CaseStats>(panelRoutes.caseStats, range, signal);
    },
  });

export const useGaps = () =>
  useQuery({
    queryKey: [ROOT, 'gaps'],
    queryFn: ({ signal }) => get<LibraryGaps>(panelRoutes.libraryGaps, {}, signal),
  });

/** What is on the screen is fetched again. */
export const refresh = () => queryClient.invalidateQueries([ROOT]);

/** The same for each; the answer says for which it did not work. */
export async function changeCases(ids: string[], action: CaseBulkAction): Promise<CaseBulkResult['results']> {
  const { results } = await post<CaseBulk, CaseBulkResult>(panelRoutes.caseBulk, { ids, action });
  for (const id of ids) void queryClient.invalidateQueries(['case', id]);
  await refresh();
  return results;
}

/** Keeps the view as the bridge has it. */
export function useLiveCases(): void {
  React.useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void refresh(), CALM_MS);
    };
    let wasConnected = true;
    const stop = followPanelEvents({
      onEvent: (event) => {
        applyPanelEvent(event);
        if (event.type === 'case-changed') later();
      },
      onConnection: (connected) => {
        if (connected && !wasConnected) void queryClient.invalidateQueries();
        wasConnected = connected;
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
}

export const isSupervisor = () =>
  Manager.getInstance().user.roles.some((role) => role === 'supervisor' || role === 'admin');
