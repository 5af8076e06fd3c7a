import type { CaseDetail, CaseEvent, CaseList, CasePrefill, CaseSummary } from '@flexcord/shared/panel/case';
import type { PanelFields } from '@flexcord/shared/panel/case-fields';
import type { Article, ArticleMatch, ArticleMatches } from '@flexcord/shared/panel/knowledge';
import type {
  MemberNotes,
  MemberProfile,
  PastConversations,
  Transcript,
} from '@flexcord/shared/panel/member';

export const memberId = '300000000000000001';
export const conversationSid = `CH${'0'.repeat(32)}`;
const day = (number: number) => new Date(Date.UTC(2026, 4, number, 9, 30)).toISOString();

export const profile: MemberProfile = {
  id: memberId,
  username: 'ada',
  displayName: 'Ada of the Isles',
  avatarUrl: null,
  accountCreatedAt: day(1),
  isNewAccount: true,
  joinedServerAt: day(2),
  boostingSince: day(3),
  locale: 'en-GB',
  roles: [
    { id: '400000000000000001', name: 'Captain', color: '#0abcde' },
    { id: '400000000000000002', name: 'Lantern keeper', color: '#e91e63' },
    { id: '400000000000000003', name: 'Sailor', color: null },
  ],
  openCases: 2,
  blocked: null,
};

export const pastConversations = (count: number, nextCursor: string | null = null): PastConversations => ({
  conversations: Array.from({ length: count }, (_, index) => ({
    conversationSid: `CH${String(index).padStart(32, '1')}`,
    startedAt: day(20 - index),
    endedAt: day(20 - index),
    agentName: index % 2 ? null : 'Kim',
    outcome:
      (['solved-by-agent', 'solved-by-virtual-agent', 'abandoned', 'open'] as const)[index % 4] ?? 'open',
    rating: index % 2 ? null : 4,
  })),
  nextCursor,
});

export const transcript: Transcript = {
  messages: [
    { id: '1', from: 'member', authorName: 'Ada', text: 'I forgot my password', sentAt: day(20) },
    { id: '2', from: 'agent', authorName: 'Kim', text: 'Let me look.\nOne moment.', sentAt: day(20) },
  ],
};

export const notes: MemberNotes = {
  notes: [
    {
      id: '1',
      text: 'Prefers short answers.\nPlays at night.',
      authorIdentity: 'kim',
      authorName: 'Kim',
      createdAt: day(10),
    },
    {
      id: '2',
      text: 'Was refunded in April.',
      authorIdentity: 'mina',
      authorName: 'Mina',
      createdAt: day(9),
    },
  ],
};

export const caseSummary = (number: number, more: Partial<CaseSummary> = {}): CaseSummary => ({
  id: String(number),
  number,
  title: 'The lantern does not light after the update',
  type: 'bug',
  status: (['open', 'elevated', 'waiting', 'resolved', 'closed'] as const)[number % 5] ?? 'open',
  priority: 'normal',
  tags: [],
  memberId,
  memberName: 'Ada of the Isles',
  assigneeIdentity: number % 2 ? 'kim' : null,
  votes: 0,
  rating: null,
  mergedInto: null,
  createdAt: day(14),
  assigneeName: number % 2 ? 'Kim' : null,
  updatedAt: day(15),
  waitingSince: null,
  ...more,
});

export const caseList = (from: number, to: number, nextCursor: string | null = null): CaseList => ({
  cases: Array.from({ length: from - to + 1 }, (_, index) => caseSummary(from - index)),
  nextCursor,
});

export const caseEvent = (id: number, more: Partial<CaseEvent> = {}): CaseEvent => ({
  id: String(id),
  at: day(15),
  actorName: 'Kim',
  kind: 'comment',
  text: 'We are looking into it.',
  ...more,
});

export const caseDetail = (more: Partial<CaseDetail> = {}): CaseDetail => ({
  ...caseSummary(5),
  priority: 'high',
  votes: 3,
  description: 'Since Tuesday the lantern stays dark.\n\n1. Open the gate\n2. Light it',
  tags: ['lantern', 'update 4.2'],
  fields: { platform: 'Windows 11' },
  conversationSids: [`CH${'3'.repeat(32)}`],
  messages: [
    {
      url: 'https://discord.com/channels/1/2/3',
      authorName: 'Ada',
      quote: 'It went dark when I opened the gate.',
    },
  ],
  followers: 2,
  duplicates: [],
  ratingComment: null,
  firstResponseAt: null,
  resolvedAt: null,
  waitingSince: day(14),
  timeline: [
    caseEvent(1, { kind: 'created', text: 'The lantern does not light' }),
    caseEvent(2, { kind: 'note', text: 'Seen by three others.' }),
    caseEvent(3),
    caseEvent(4, { kind: 'status', text: 'elevated → open', actorName: 'Mina' }),
  ],
  version: 4,
  ...more,
});

export const fields: PanelFields = {
  case: [
    { key: 'platform', label: 'Platform', labels: { ja: 'プラットフォーム' }, type: 'text' },
    { key: 'region', label: 'Region', type: 'select', options: ['Asia', 'Europe'] },
    { key: 'paid', label: 'Paying member', type: 'boolean' },
    { key: 'since', label: 'Since', type: 'date' },
  ],
  member: [],
};

export const prefill: CasePrefill = {
  title: 'I forgot my password',
  description: 'Ada: I forgot my password\nKim: Let me look.',
  type: 'support',
  priority: 'normal',
  tags: ['account'],
  fields: {},
};

export const match = (id: string, more: Partial<ArticleMatch> = {}): ArticleMatch => ({
  id,
  title: [
    { text: 'Reset a forgotten ', matched: false },
    { text: 'password', matched: true },
  ],
  extract: [
    { text: 'Choose “I forgot my ', matched: false },
    { text: 'password', matched: true },
    { text: '” below the login. A link comes by e-mail within two minutes.', matched: false },
  ],
  url: 'https://help.example/password',
  responseTemplate: 'You can set a new password here: https://help.example/password',
  score: 0.9,
  ...more,
});

export const matches: ArticleMatches = {
  query: 'I forgot my password',
  matches: [match('1'), match('2', { url: null }), match('3')],
};

export const article: Article = {
  id: '1',
  title: 'Reset a forgotten password',
  body: '# Reset\n\nChoose *I forgot my password* below the login.',
  url: 'https://help.example/password',
};

/** 120 characters without a place to break, and a word of Arabic and one of Hebrew among Latin ones. */
export const LONG = 'Wolpertinger'.repeat(10);
export const ARABIC = 'مرحبا، لا أستطيع تسجيل الدخول إلى حسابي منذ الأمس (v2.1)!';
