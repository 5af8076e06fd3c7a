import type { ArticleLanguage, LibraryGaps } from '@flexcord/shared/panel/library';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { useQuery } from '@tanstack/react-query';

import { get } from '../utils/bridge/client.ts';
import { keys, queryClient } from '../utils/bridge/queryClient.ts';

/** Questions that the knowledge base could not answer, asked most often first. */
export const useKnowledgeGaps = (language?: ArticleLanguage) =>
  useQuery({
    queryKey: keys.libraryGaps(language),
    keepPreviousData: true,
    // No live event tells of a new unanswered question, so every mount fetches the list.
    staleTime: 0,
    queryFn: async ({ signal }) => {
      const gaps = await get<LibraryGaps>(panelRoutes.libraryGaps, { language }, signal);
      void queryClient.invalidateQueries(keys.libraryCounts);
      return gaps;
    },
  });
