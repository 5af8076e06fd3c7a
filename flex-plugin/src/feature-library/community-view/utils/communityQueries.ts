import type { CaseBulkResult } from '@flexcord/shared/panel/case-list';
import type {
  CommunityAction,
  CommunityBulk,
  CommunityOverview,
  CommunityPostDetail,
  CommunityPosts,
  CommunityStats,
} from '@flexcord/shared/panel/community';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';

import { useLiveRefresh } from '../../../hooks/useLiveRefresh.ts';
import { get, post } from '../../../utils/bridge/client.ts';
import { keys, queryClient } from '../../../utils/bridge/queryClient.ts';
import { lastDays } from '../../../utils/lastDays.ts';
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

/** Figures of the last `days` days, today included, or of those `ago` times as long before. */
export const useStats = (days: number, ago = 0) =>
  useQuery({
    queryKey: [ROOT, 'stats', days, ago],
    keepPreviousData: true,
    queryFn: ({ signal }) => get<CommunityStats>(panelRoutes.communityStats, lastDays(days, ago), signal),
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
export const useLivePosts = (): void => useLiveRefresh(ROOT, 'post-changed', REFRESH_DELAY_MS);
