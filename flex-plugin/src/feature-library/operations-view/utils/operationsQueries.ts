import type { Operations, ParkedPage } from '@flexcord/shared/panel/operations';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';

import { get, post } from '../../../utils/bridge/client.ts';
import { queryClient } from '../../../utils/bridge/queryClient.ts';
import { mayShowMedia } from '../../../utils/contentPolicy.ts';

/** How often the view looks again, in ms: there are no live events for what it shows. */
const REFRESH_INTERVAL_MS = 5_000;

const keys = {
  all: ['operations'] as const,
  overview: ['operations', 'overview'] as const,
  parked: ['operations', 'parked'] as const,
  media: ['operations', 'media'] as const,
};

export const useOverview = () =>
  useQuery({
    queryKey: keys.overview,
    refetchInterval: REFRESH_INTERVAL_MS,
    staleTime: 0,
    queryFn: ({ signal }) => get<Operations>(panelRoutes.operations, {}, signal),
  });

export const useParked = () =>
  useInfiniteQuery({
    queryKey: keys.parked,
    refetchInterval: REFRESH_INTERVAL_MS,
    staleTime: 0,
    queryFn: ({ pageParam, signal }) =>
      get<ParkedPage>(panelRoutes.parked, { cursor: pageParam as string | undefined }, signal),
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });

/** Only the page itself can tell; it is asked once, and again on request. */
export const useMayShowMedia = () => useQuery({ queryKey: keys.media, queryFn: mayShowMedia });

async function act(path: string): Promise<void> {
  try {
    await post(path, {});
  } finally {
    // Also where somebody else was faster.
    await queryClient.invalidateQueries([...keys.all]);
  }
}

export const retryParked = (id: number) => act(panelRoutes.parkedRetry(id));
export const discardParked = (id: number) => act(panelRoutes.parkedDiscard(id));
export const refresh = () => queryClient.invalidateQueries([...keys.all]);
