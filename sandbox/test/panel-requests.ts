import * as cases from '@flexcord/shared/panel/case';
import { MemberFieldsEdit } from '@flexcord/shared/panel/case-fields';
import { CaseBulk, CaseFilters, CaseListQuery } from '@flexcord/shared/panel/case-list';
import { CaseStatsQuery } from '@flexcord/shared/panel/case-stats';
import { WebhookDeliveriesQuery } from '@flexcord/shared/panel/case-webhook';
import { CommunityBulk, CommunityQuery } from '@flexcord/shared/panel/community';
import { KnowledgeFeedback, SendArticle } from '@flexcord/shared/panel/knowledge';
import * as library from '@flexcord/shared/panel/library';
import { BlockMember, NewMemberNote } from '@flexcord/shared/panel/member';
import { ParkedPageQuery } from '@flexcord/shared/panel/operations';
import type { panelRoutes } from '@flexcord/shared/panel/routes';
import type { Schema } from './fitting.ts';

type Routes = { readonly [name in keyof typeof panelRoutes]?: Schema };

/** What is posted to the panel, by its route. */
export const panelBodies: Routes = {
  blockMember: BlockMember,
  notes: NewMemberNote,
  note: NewMemberNote,
  memberFields: MemberFieldsEdit,
  cases: cases.NewCase,
  caseComments: cases.NewCaseComment,
  caseTransitions: cases.CaseTransition,
  caseCheckIns: cases.CaseCheckIn,
  caseEdits: cases.CaseEdit,
  caseMerge: cases.CaseMerge,
  caseUnmerge: cases.CaseVersion,
  caseConversations: cases.CaseConversation,
  caseDeletion: cases.CaseVersion,
  caseBulk: CaseBulk,
  communityActions: CommunityBulk,
  knowledgeFeedback: KnowledgeFeedback,
  sendArticle: SendArticle,
  library: library.NewArticle,
  libraryArticle: library.ArticleEdit,
  libraryPublication: library.ArticlePublication,
  libraryDeletion: library.ArticleDeletion,
  libraryVersions: library.ArticleRollback,
  libraryPreview: library.ArticlePreviewRequest,
  libraryTrial: library.ArticleTrialRequest,
  libraryGapDismissal: library.GapDismissal,
  libraryLesson: library.LessonUndo,
};

/** What is asked for by a query, by its route. */
export const panelQueries: Routes = {
  cases: CaseListQuery,
  caseExport: CaseFilters,
  communityPosts: CommunityQuery,
  communityStats: CaseStatsQuery,
  caseStats: CaseStatsQuery,
  caseStatsExport: CaseStatsQuery,
  webhookDeliveries: WebhookDeliveriesQuery,
  parked: ParkedPageQuery,
  library: library.LibraryQuery,
  libraryImport: library.ImportQuery,
};
