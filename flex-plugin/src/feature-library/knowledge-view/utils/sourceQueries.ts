import type {
  LibraryFindings,
  LibrarySource,
  LibrarySources,
  NewSource,
} from '@flexcord/shared/panel/library-sources';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { useQuery } from '@tanstack/react-query';

import { get, post } from '../../../utils/bridge/client.ts';
import { keys, queryClient } from '../../../utils/bridge/queryClient.ts';

const [LIBRARY] = keys.library;

export const useSources = () =>
  useQuery({
    queryKey: [LIBRARY, 'sources'],
    keepPreviousData: true,
    queryFn: ({ signal }) => get<LibrarySources>(panelRoutes.librarySources, {}, signal),
  });

export const useFindings = () =>
  useQuery({
    queryKey: [LIBRARY, 'findings'],
    queryFn: ({ signal }) => get<LibraryFindings>(panelRoutes.libraryFindings, {}, signal),
  });

export const addSource = (source: NewSource) => change(panelRoutes.librarySources, source);
export const readSource = (id: number) => change(panelRoutes.librarySourceReading(id), {});
export const removeSource = (id: number) => change(panelRoutes.librarySourceRemoval(id), {});

/** Of a source of which too much is gone: withdraws all that is, or keeps it. */
export const decideWithdrawals = (id: number, accept: boolean) =>
  change(panelRoutes.librarySourceWithdrawals(id), { accept });

export const decideProposal = (decision: { articleId: string; accept: boolean; version: number }) =>
  change(panelRoutes.libraryProposals, decision);

async function change(path: string, body: unknown): Promise<void> {
  try {
    await post<unknown, LibrarySource | undefined>(path, body);
  } finally {
    await queryClient.invalidateQueries(keys.library);
  }
}
