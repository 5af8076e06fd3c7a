import type {
  CaseCheckIn,
  CaseDetail,
  CaseDuplicates,
  CaseList,
  CasePrefill,
  CaseTransition,
  NewCase,
  NewCaseComment,
} from '@flexcord/shared/panel/case';
import type {
  Article,
  ArticleMatches,
  KnowledgeFeedback,
  SendArticle,
} from '@flexcord/shared/panel/knowledge';
import type {
  MemberNote,
  MemberNotes,
  MemberProfile,
  NewMemberNote,
  PastConversations,
  Transcript,
} from '@flexcord/shared/panel/member';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { useMutation, useQuery } from '@tanstack/react-query';

import { get, post } from './client.ts';
import { keys, queryClient } from './queryClient.ts';

export const useMember = (memberId: string) =>
  useQuery({
    queryKey: keys.member(memberId),
    queryFn: ({ signal }) => get<MemberProfile>(panelRoutes.member(memberId), {}, signal),
  });

export const usePastConversations = (memberId: string) =>
  useQuery({
    queryKey: keys.conversations(memberId),
    queryFn: ({ signal }) => get<PastConversations>(panelRoutes.conversations(memberId), {}, signal),
  });

export const useTranscript = (conversationSid: string) =>
  useQuery({
    queryKey: keys.transcript(conversationSid),
    queryFn: ({ signal }) => get<Transcript>(panelRoutes.transcript(conversationSid), {}, signal),
  });

export const useNotes = (memberId: string) =>
  useQuery({
    queryKey: keys.notes(memberId),
    queryFn: ({ signal }) => get<MemberNotes>(panelRoutes.notes(memberId), {}, signal),
  });

export const useAddNote = (memberId: string) =>
  useMutation({
    mutationFn: (note: NewMemberNote) => post<NewMemberNote, MemberNote>(panelRoutes.notes(memberId), note),
    onSuccess: () => queryClient.invalidateQueries(keys.notes(memberId)),
  });

export const useCases = (memberId: string) =>
  useQuery({
    queryKey: keys.cases(memberId),
    queryFn: ({ signal }) => get<CaseList>(panelRoutes.cases, { memberId }, signal),
  });

export const useCase = (caseId: string) =>
  useQuery({
    queryKey: keys.case(caseId),
    queryFn: ({ signal }) => get<CaseDetail>(panelRoutes.case(caseId), {}, signal),
  });

/** Asked anew at every opening of the form: the conversation has gone on. */
export const useCasePrefill = (conversationSid: string | undefined) =>
  useQuery({
    queryKey: ['case-prefill', conversationSid],
    enabled: conversationSid !== undefined,
    cacheTime: 0,
    queryFn: ({ signal }) => get<CasePrefill>(panelRoutes.casePrefill(conversationSid ?? ''), {}, signal),
  });

/** Shorter titles match too much to help. */
const MIN_DUPLICATE_TITLE = 6;

export const useCaseDuplicates = (memberId: string, title: string) =>
  useQuery({
    queryKey: keys.duplicates(memberId, title),
    enabled: title.trim().length >= MIN_DUPLICATE_TITLE,
    keepPreviousData: true,
    queryFn: ({ signal }) => get<CaseDuplicates>(panelRoutes.caseDuplicates, { memberId, title }, signal),
  });

export const useCreateCase = () =>
  useMutation({
    mutationFn: (newCase: NewCase) => post<NewCase, CaseDetail>(panelRoutes.cases, newCase),
    onSuccess: keepCase,
  });

/** One change of a case; each names the version it was made on and is refused with `conflict` on another. */
export type CaseChange =
  | { kind: 'comment'; body: NewCaseComment }
  | { kind: 'transition'; body: CaseTransition }
  | { kind: 'check-in'; body: CaseCheckIn };

export const useChangeCase = (caseId: string) =>
  useMutation({
    mutationFn: ({ kind, body }: CaseChange) => {
      const path = {
        comment: panelRoutes.caseComments,
        transition: panelRoutes.caseTransitions,
        'check-in': panelRoutes.caseCheckIns,
      }[kind](caseId);
      return post<typeof body, CaseDetail>(path, body);
    },
    onSuccess: keepCase,
    // After a conflict the present version has to be on the screen before the agent tries again.
    onError: () => queryClient.invalidateQueries(keys.case(caseId)),
  });

function keepCase(detail: CaseDetail): Promise<void> {
  queryClient.setQueryData(keys.case(detail.id), detail);
  return queryClient.invalidateQueries(keys.cases(detail.memberId));
}

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

export const useSendArticle = () =>
  useMutation({ mutationFn: (article: SendArticle) => post(panelRoutes.sendArticle, article) });
