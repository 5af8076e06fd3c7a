import type { CaseBulkResult } from '@flexcord/shared/panel/case-list';
import type {
  CommunityAction,
  CommunityBulk,
  CommunityOverview,
  CommunityPostDetail,
  CommunityPosts,
  CommunityStats,
} from '@flexcord/shared/panel/community';
import type { PanelEvent } from '@flexcord/shared/panel/events';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { DAY_MS } from '@flexcord/shared/time';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import * as React from 'react';

import { useLiveUpdates } from '../../../hooks/useLiveUpdates.ts';
import { get, post } from '../../../utils/bridge/client.ts';
import { keys, queryClient } from '../../../utils/bridge/queryClient.ts';
import type { Filters } from './communityLocation.ts';

/** Prefix of the keys of this view's lists. */
const ROOT = 'community';
/** Changes within this time are fetched together, in ms. A busy forum has one every few seconds. */
const REFRESH_DELAY_MS = 800;

export const usePosts = (filters: Filters) =>
  useInfiniteQuery({
    queryKey: [ROOT, 'list', filters],
    keepPreviousData: true,
    getNextPageParam: ({ nextCursor }: CommunityPosts) => nextCursor ?? undefined,
    queryFn: ({ signal, pageParam }) =>
      get<CommunityPosts>(panelRoutes.communityPosts, { ...filters, cursor: pageParam }, signal),
  });

/** Posts that fit some words, whatever their state; the newest first. */
export const useFoundPosts = (q: string) =>
  useQuery({
    queryKey: [ROOT, 'found', q],
    enabled: q !== '',
    keepPreviousData: true,
    queryFn: ({ signal }) =>
      get<CommunityPosts>(
        panelRoutes.communityPosts,
        { q, state: 'all', sort: 'newest', limit: '6' },
        signal,
      ),
  });

export const useOverview = () =>
  useQuery({
    queryKey: [ROOT, 'overview'],
    queryFn: ({ signal }) => get<CommunityOverview>(panelRoutes.communityOverview, {}, signal),
  });

export const usePost = (postId: string) =>
  useQuery({
    queryKey: keys.post(postId),
    queryFn: ({ signal }) => get<CommunityPostDetail>(panelRoutes.communityPost(postId), {}, signal),
  });

/** `2026-11-24`, in the supervisor's time zone. */
const dayOf = (ms: number) => new Intl.DateTimeFormat('en-CA').format(ms);

/** Figures of the last `days` days, today included, or of those `ago` times as long before. */
export const useStats = (days: number, ago = 0) =>
  useQuery({
    queryKey: [ROOT, 'stats', days, ago],
    keepPreviousData: true,
    queryFn: ({ signal }) => {
      const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
      const last = Date.now() - ago * days * DAY_MS;
      const range = { from: dayOf(last - (days - 1) * DAY_MS), to: dayOf(last), timeZone };
      return get<CommunityStats>(panelRoutes.communityStats, range, signal);
    },
  });

/** Does the same to each post; the answer says for which it failed, and why. */
export async function actOnPosts(ids: string[], action: CommunityAction): Promise<CaseBulkResult['results']> {
  const { results } = await post<CommunityBulk, CaseBulkResult>(panelRoutes.communityActions, {
    ids,
    action,
  });
  for (const id of ids) void queryClient.invalidateQueries([...keys.post(id)]);
  await queryClient.invalidateQueries([ROOT]);
  return results;
}

/** Keeps the view up to date with what happens on Discord and with what others do. */
export function useLivePosts(): void {
  const timer = React.useRef<ReturnType<typeof setTimeout>>();
  const onEvent = React.useCallback((event: PanelEvent) => {
    if (event.type !== 'post-changed') return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void queryClient.invalidateQueries([ROOT]), REFRESH_DELAY_MS);
  }, []);
  useLiveUpdates(onEvent);
  React.useEffect(() => () => clearTimeout(timer.current), []);
}
