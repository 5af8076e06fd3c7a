import type { CaseDetail } from '@flexcord/shared/panel/case';
import type { PanelEvent } from '@flexcord/shared/panel/events';
import { QueryClient } from '@tanstack/react-query';

import { BridgeProblem } from './client.ts';

/** How often a query on the screen retries while the bridge does not answer, in ms. */
const OFFLINE_RETRY_INTERVAL_MS = 5_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The browser's own idea of "online" says nothing about the bridge.
      networkMode: 'always',
      retry: false,
      staleTime: 30_000,
      cacheTime: 5 * 60_000,
      refetchInterval: (_, query) => {
        const { error } = query.state;
        return error instanceof BridgeProblem && error.code === 'offline' ? OFFLINE_RETRY_INTERVAL_MS : false;
      },
    },
    mutations: { networkMode: 'always' },
  },
});

export const keys = {
  agents: ['agents'] as const,
  member: (memberId: string) => ['member', memberId] as const,
  conversations: (memberId: string) => ['conversations', memberId] as const,
  notes: (memberId: string) => ['notes', memberId] as const,
  transcript: (conversationSid: string) => ['transcript', conversationSid] as const,
  fields: ['fields'] as const,
  cases: (memberId: string) => ['cases', memberId] as const,
  case: (caseId: string) => ['case', caseId] as const,
  post: (postId: string) => ['post', postId] as const,
  duplicates: (memberId: string, title: string) => ['duplicates', memberId, title] as const,
  suggestions: (conversationSid: string) => ['suggestions', conversationSid] as const,
  search: (query: string, conversation: string | undefined) => ['search', query, conversation] as const,
  article: (articleId: string) => ['article', articleId] as const,
  /** Prefix of everything that the Knowledge view shows. */
  library: ['library'] as const,
  libraryCounts: ['library', 'counts'] as const,
  libraryGaps: (language: string | undefined) => ['library', 'gaps', language] as const,
};

/**
 * The newer of a fetched case and the cached one. A slow response may arrive after that of a change; showing the older
 * version would make the agent's next change conflict with their own.
 */
export function newestCase(detail: CaseDetail): CaseDetail {
  const cached = queryClient.getQueryData<CaseDetail>(keys.case(detail.id));
  return cached && cached.version > detail.version ? cached : detail;
}

/** Puts the answer to a change into the cache, so that the agent sees it without another request. */
export function cacheCase(detail: CaseDetail): CaseDetail {
  queryClient.setQueryData(keys.case(detail.id), newestCase(detail));
  void queryClient.invalidateQueries(keys.cases(detail.memberId));
  return detail;
}

/** Invalidates the queries that an event makes stale; those on the screen are fetched again at once. */
export function applyPanelEvent(event: PanelEvent): void {
  const stale = (queryKey: readonly string[]) => void queryClient.invalidateQueries([...queryKey]);
  switch (event.type) {
    case 'resync':
      void queryClient.invalidateQueries();
      break;
    case 'member-changed':
      stale(keys.member(event.memberId));
      stale(keys.conversations(event.memberId));
      break;
    case 'notes-changed':
      stale(keys.notes(event.memberId));
      break;
    case 'case-changed':
      stale(keys.cases(event.memberId));
      stale(keys.case(event.caseId));
      stale(keys.member(event.memberId));
      break;
    case 'suggestions-changed':
      stale(keys.suggestions(event.conversationSid));
      break;
    case 'knowledge-changed':
      // Suggestions and searches are fetched again with the next message or keystroke anyway.
      stale(keys.library);
      break;
    case 'post-changed':
      stale(keys.post(event.postId));
      break;
    case 'incident-changed':
      // The view that shows incidents follows them by itself.
      break;
    case 'activity':
      break;
  }
}
