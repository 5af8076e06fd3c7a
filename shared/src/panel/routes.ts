/**
 * The paths of the panel API under the bridge's base URL, spelled once for bridge and plugin. Every request carries
 * `Authorization: Bearer <the agent's Flex token>`. The bridge calls them with `:id` as argument to declare a route.
 */
export const panelRoutes = {
  /** GET MemberProfile */
  member: (memberId: string) => `/panel/members/${idOf(memberId)}`,
  /** POST BlockMember → MemberProfile: what the member writes goes nowhere from now on */
  blockMember: (memberId: string) => `/panel/members/${idOf(memberId)}/block`,
  /** POST → MemberProfile: the member is served again */
  unblockMember: (memberId: string) => `/panel/members/${idOf(memberId)}/unblock`,
  /** GET PanelAgents: whom a case can be assigned to; supervisors */
  agents: '/panel/agents',
  /** GET PastConversations; query `cursor` */
  conversations: (memberId: string) => `/panel/members/${idOf(memberId)}/conversations`,
  /** GET MemberNotes, POST NewMemberNote → MemberNote */
  notes: (memberId: string) => `/panel/members/${idOf(memberId)}/notes`,
  /** POST NewMemberNote → MemberNote: other words, by its author */
  note: (memberId: string, noteId: string) => `/panel/members/${idOf(memberId)}/notes/${idOf(noteId)}`,
  /** POST → 204: the note is gone; by its author */
  noteDeletion: (memberId: string, noteId: string) =>
    `/panel/members/${idOf(memberId)}/notes/${idOf(noteId)}/deletion`,
  /** GET Transcript */
  transcript: (conversationSid: string) => `/panel/conversations/${idOf(conversationSid)}/transcript`,
  /** POST → 204: the agent is writing; the member sees it for ten seconds */
  agentTyping: (conversationSid: string) => `/panel/conversations/${idOf(conversationSid)}/typing`,
  /** GET CasePrefill */
  casePrefill: (conversationSid: string) => `/panel/conversations/${idOf(conversationSid)}/case-prefill`,
  /** GET ArticleMatches, at most three, for the member's latest message */
  suggestions: (conversationSid: string) => `/panel/conversations/${idOf(conversationSid)}/suggestions`,
  /** GET CaseList; query CaseListQuery. POST NewCase → CaseDetail */
  cases: '/panel/cases',
  /** GET CaseTiles */
  caseTiles: '/panel/cases/tiles',
  /** GET the cases of CaseFilters as CSV, streamed; supervisors */
  caseExport: '/panel/cases/export',
  /** GET CommunityPosts; query CommunityQuery; supervisors, as all of `community` */
  communityPosts: '/panel/community/posts',
  /** GET CommunityOverview */
  communityOverview: '/panel/community/overview',
  /** GET CommunityPostDetail */
  communityPost: (postId: string) => `/panel/community/posts/${idOf(postId)}`,
  /** POST CommunityBulk → CaseBulkResult, 200 also where some failed */
  communityActions: '/panel/community/actions',
  /** GET Incidents; supervisors */
  incidents: '/panel/community/incidents',
  /** GET IncidentDetail; supervisors */
  incident: (number: number | ':id') => `/panel/community/incidents/${number}`,
  /** POST IncidentAction → IncidentDetail; supervisors, but that agents may take questions out; 409 on another version */
  incidentActions: (number: number | ':id') => `/panel/community/incidents/${number}/actions`,
  /** GET CommunityStats; query CaseStatsQuery; supervisors */
  communityStats: '/panel/stats/community',
  /** GET CaseStats; query CaseStatsQuery; supervisors */
  caseStats: '/panel/stats/cases',
  /** GET the days of CaseStats as CSV; query CaseStatsQuery; supervisors */
  caseStatsExport: '/panel/stats/cases/export',
  /** POST CaseBulk → CaseBulkResult, 200 also where some failed */
  caseBulk: '/panel/cases/bulk',
  /** GET PanelFields: the fields that the operator added */
  fields: '/panel/fields',
  /** GET MemberFields, POST MemberFieldsEdit → MemberFields */
  memberFields: (memberId: string) => `/panel/members/${idOf(memberId)}/fields`,
  /** GET CaseDuplicates; query `memberId`, `title` */
  caseDuplicates: '/panel/cases/duplicates',
  /** GET CaseDetail */
  case: (caseId: string) => `/panel/cases/${idOf(caseId)}`,
  /** POST NewCaseComment → CaseDetail */
  caseComments: (caseId: string) => `/panel/cases/${idOf(caseId)}/comments`,
  /** POST CaseTransition → CaseDetail; 409 on another version */
  caseTransitions: (caseId: string) => `/panel/cases/${idOf(caseId)}/transitions`,
  /** POST CaseCheckIn → CaseDetail: asks the member whether it is solved */
  caseCheckIns: (caseId: string) => `/panel/cases/${idOf(caseId)}/check-ins`,
  /** POST CaseEdit → CaseDetail; 409 on another version, with the present case */
  caseEdits: (caseId: string) => `/panel/cases/${idOf(caseId)}/edits`,
  /** POST CaseMerge → CaseDetail of the duplicate */
  caseMerge: (caseId: string) => `/panel/cases/${idOf(caseId)}/merge`,
  /** POST CaseVersion → CaseDetail: a duplicate is a case of its own again, as it was */
  caseUnmerge: (caseId: string) => `/panel/cases/${idOf(caseId)}/unmerge`,
  /** POST CaseConversation → CaseDetail */
  caseConversations: (caseId: string) => `/panel/cases/${idOf(caseId)}/conversations`,
  /** POST CaseVersion → 204; supervisors. The case is kept and shown to nobody */
  caseDeletion: (caseId: string) => `/panel/cases/${idOf(caseId)}/deletion`,
  /** GET WebhookDeliveries; query WebhookDeliveriesQuery; supervisors */
  webhookDeliveries: '/panel/webhook-deliveries',
  /** POST → WebhookDelivery: it is sent again; supervisors */
  webhookReplay: (deliveryId: string) => `/panel/webhook-deliveries/${idOf(deliveryId)}/replay`,
  /** GET Operations: how the bridge gets on; administrators, as those below */
  operations: '/panel/operations',
  /** GET ParkedPage; query ParkedPageQuery */
  parked: '/panel/operations/parked',
  /** POST → 204: it is tried again, after a look whether it arrived after all; 404 where it is not parked any more */
  parkedRetry: (id: number | ':id') => `/panel/operations/parked/${id}/retry`,
  /** POST → 204: it is given up for good, and its sender told; 404 where it is not parked any more */
  parkedDiscard: (id: number | ':id') => `/panel/operations/parked/${id}/discard`,
  /** GET ArticleMatches; query `q`, and `conversation` to fill in the response templates for it */
  knowledgeSearch: '/panel/knowledge/search',
  /** GET Article */
  article: (articleId: string) => `/panel/knowledge/articles/${idOf(articleId)}`,
  /** POST KnowledgeFeedback → 204 */
  knowledgeFeedback: '/panel/knowledge/feedback',
  /** POST SendArticle → 204 */
  sendArticle: '/panel/knowledge/send',
  /** GET LibraryPage; query LibraryQuery. POST NewArticle → LibraryArticle */
  library: '/panel/library/articles',
  /** GET LibraryCounts */
  libraryCounts: '/panel/library/counts',
  /** GET LibraryArticle. POST ArticleEdit → LibraryArticle; 409 ArticleConflict on another version, as those below */
  libraryArticle: (articleId: string) => `/panel/library/articles/${idOf(articleId)}`,
  /** POST ArticlePublication → LibraryArticle */
  libraryPublication: (articleId: string) => `/panel/library/articles/${idOf(articleId)}/publication`,
  /** POST ArticleDeletion → LibraryArticle */
  libraryDeletion: (articleId: string) => `/panel/library/articles/${idOf(articleId)}/deletion`,
  /** GET ArticleVersions; query `cursor`. POST ArticleRollback → LibraryArticle */
  libraryVersions: (articleId: string) => `/panel/library/articles/${idOf(articleId)}/versions`,
  /** POST ArticlePreviewRequest → ArticlePreview */
  libraryPreview: '/panel/library/preview',
  /** POST ArticleTrialRequest → ArticleTrial */
  libraryTrial: '/panel/library/trial',
  /** POST a CSV or XLSX file as the body, query ImportQuery → ImportReport */
  libraryImport: '/panel/library/import',
  /** GET a file; query `format` (csv or xlsx) */
  libraryExport: '/panel/library/export',
  /** GET LibrarySources. POST NewSource → LibrarySource; supervisors, as all below */
  librarySources: '/panel/library/sources',
  /** POST {} → LibrarySource: reads it now; the answer comes at once */
  librarySourceReading: (sourceId: number | ':id') => `/panel/library/sources/${sourceId}/reading`,
  /** POST {} → 204: forgets the source; its articles stay */
  librarySourceRemoval: (sourceId: number | ':id') => `/panel/library/sources/${sourceId}/removal`,
  /** POST WithdrawalDecision → LibrarySource */
  librarySourceWithdrawals: (sourceId: number | ':id') => `/panel/library/sources/${sourceId}/withdrawals`,
  /** POST ProposalDecision → 204; 409 for another version */
  libraryProposals: '/panel/library/sources/proposals',
  /** GET LibraryFindings; supervisors */
  libraryFindings: '/panel/library/findings',
  /** GET LibraryGaps; query `language` */
  libraryGaps: '/panel/library/gaps',
  /** POST GapDismissal → 204 */
  libraryGapDismissal: '/panel/library/gaps/dismissal',
  /** GET SolvedPosts; supervisors */
  librarySolvedPosts: '/panel/library/solved-posts',
  /** POST SolvedPostDecision → 204; supervisors */
  librarySolvedPost: (threadId: string) => `/panel/library/solved-posts/${idOf(threadId)}`,
  /** GET LibraryLessons; query `articleId`, `undone` (true or false), `cursor` */
  libraryLessons: '/panel/library/lessons',
  /** POST LessonUndo → LibraryLesson */
  libraryLesson: (lessonId: number | ':id') => `/panel/library/lessons/${lessonId}`,
  /** GET the script of the plugin's views, public; query `v`: the integrity value it must have, otherwise 404 */
  views: '/panel/views.js',
  /** GET the texts of the views in a language other than English, as `views` */
  viewTexts: (language: string | ':language') => `/panel/views/${language}`,
  /** GET the script of the parts of the agent's desk that load apart, as `views` */
  desk: '/panel/desk.js',
  /** GET a stream of PanelEvent; header `Last-Event-ID` */
  events: '/panel/events',
} as const;

function idOf(value: string): string {
  return value.startsWith(':') ? value : encodeURIComponent(value);
}
