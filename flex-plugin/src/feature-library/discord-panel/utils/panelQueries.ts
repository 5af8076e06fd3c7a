import type { CaseDuplicates, CaseList, CasePrefill } from '@flexcord/shared/panel/case';
import type { Article, ArticleMatches, KnowledgeFeedback } from '@flexcord/shared/panel/knowledge';
import type { MemberNotes, PastConversations } from '@flexcord/shared/panel/member';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';

import { get, post } from '../../../utils/bridge/client.ts';
import { keys } from '../../../utils/bridge/queryClient.ts';

/** The cursor of the page after this one; undefined after the last. */
const nextPage = ({ nextCursor }: { nextCursor: string | null }) => nextCursor ?? undefined;

export const usePastConversations = (memberId: string) =>
  useInfiniteQuery({
    queryKey: keys.conversations(memberId),
    getNextPageParam: nextPage,
    queryFn: ({ signal, pageParam }) =>
      get<PastConversations>(panelRoutes.conversations(memberId), { cursor: pageParam }, signal),
  });

export const useNotes = (memberId: string) =>
  useQuery({
    queryKey: keys.notes(memberId),
    queryFn: ({ signal }) => get<MemberNotes>(panelRoutes.notes(memberId), {}, signal),
  });

export const useCases = (memberId: string) =>
  useInfiniteQuery({
    queryKey: keys.cases(memberId),
    getNextPageParam: nextPage,
    queryFn: ({ signal, pageParam }) =>
      get<CaseList>(panelRoutes.cases, { memberId, cursor: pageParam }, signal),
  });

/** Not cached, because the conversation goes on between two openings of the form. */
export const useCasePrefill = (conversationSid: string | undefined) =>
  useQuery({
    queryKey: ['case-prefill', conversationSid],
    enabled: conversationSid !== undefined,
    cacheTime: 0,
    queryFn: ({ signal }) => get<CasePrefill>(panelRoutes.casePrefill(conversationSid ?? ''), {}, signal),
  });

/** Shorter titles match too many cases. */
const MIN_DUPLICATE_TITLE_LENGTH = 6;

export const useCaseDuplicates = (memberId: string, title: string) =>
  useQuery({
    queryKey: keys.duplicates(memberId, title),
    enabled: title.trim().length >= MIN_DUPLICATE_TITLE_LENGTH,
    keepPreviousData: true,
    queryFn: ({ signal }) => get<CaseDuplicates>(panelRoutes.caseDuplicates, { memberId, title }, signal),
  });

export const useSuggestions = (conversationSid: string | undefined) =>
  useQuery({
    queryKey: keys.suggestions(conversationSid ?? ''),
    enabled: conversationSid !== undefined,
    keepPreviousData: true,
    queryFn: ({ signal }) => get<ArticleMatches>(panelRoutes.suggestions(conversationSid ?? ''), {}, signal),
  });

/** With a conversation, response templates are filled in for it. */
export const useKnowledgeSearch = (query: string, conversation: string | undefined) =>
  useQuery({
    queryKey: keys.search(query, conversation),
    enabled: query.length > 0,
    keepPreviousData: true,
    queryFn: ({ signal }) =>
      get<ArticleMatches>(panelRoutes.knowledgeSearch, { q: query, conversation }, signal),
  });

export const useArticle = (articleId: string) =>
  useQuery({
    queryKey: keys.article(articleId),
    queryFn: ({ signal }) => get<Article>(panelRoutes.article(articleId), {}, signal),
  });

export const useKnowledgeFeedback = () =>
  useMutation({ mutationFn: (feedback: KnowledgeFeedback) => post(panelRoutes.knowledgeFeedback, feedback) });
