import type { CaseList, CaseSummary } from '@flexcord/shared/panel/case';
import type { CaseTiles } from '@flexcord/shared/panel/case-list';
import type { CaseStats } from '@flexcord/shared/panel/case-stats';
import type {
  ImportReport,
  LibraryArticle,
  LibraryCounts,
  LibraryGaps,
  LibraryLessons,
  LibraryPage,
} from '@flexcord/shared/panel/library';
import type { Operations, ParkedPage } from '@flexcord/shared/panel/operations';
import { panelRoutes } from '@flexcord/shared/panel/routes';

import { caseSummary } from './fixtures.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

const rows: Array<[string, Partial<CaseSummary>, ageMs: number]> = [
  [
    'Cannot log in since the update',
    { status: 'open', priority: 'high', type: 'bug', tags: ['login', 'update 4.2', 'beta'] },
    12 * MINUTE_MS,
  ],
  [
    'The inventory is empty after a crash',
    { status: 'elevated', priority: 'high', type: 'bug', tags: ['crash'], assigneeName: 'Kim', votes: 4 },
    3 * HOUR_MS,
  ],
  ['Please add a dark map', { status: 'open', type: 'feature', votes: 128 }, 26 * HOUR_MS],
  [
    'The payment went through twice',
    { status: 'waiting', type: 'support', assigneeName: 'Mina' },
    2 * DAY_MS,
  ],
  [
    'Where do I find the lantern that the guide in the harbour talks about, and may I keep it after the event',
    { status: 'resolved', type: 'support', assigneeName: 'Kim', priority: 'low' },
    5 * DAY_MS,
  ],
  ['ランタンが消えました', { status: 'closed', type: 'bug', memberName: '灯台守', votes: 1 }, 40 * DAY_MS],
];
const cases: CaseSummary[] = rows.map(([title, more, age], index) =>
  caseSummary(rows.length - index, {
    ...{ title, assigneeName: null, assigneeIdentity: null, createdAt: ago(age), updatedAt: ago(age / 2) },
    waitingSince: more.status === 'open' ? ago(age) : null,
    ...more,
  }),
);

/** The cases of a request's filters, as far as the tests of the views need it. */
function listed({ url }: Request): CaseList {
  const { searchParams } = new URL(url);
  const status = searchParams.get('status')?.split(',');
  const q = searchParams.get('q')?.toLowerCase() ?? '';
  return {
    cases: cases.filter(
      (one) => (!status || status.includes(one.status)) && one.title.toLowerCase().includes(q),
    ),
    nextCursor: null,
  };
}

const tiles: CaseTiles = {
  ...{ all: 1284, open: 37, elevated: 12, waiting: 21, resolved: 214, closed: 1000, unassigned: 29 },
};

function stats({ url }: Request): CaseStats {
  const { searchParams } = new URL(url);
  const from = Date.parse(`${searchParams.get('from')}T00:00:00Z`);
  const to = Date.parse(`${searchParams.get('to')}T00:00:00Z`);
  const days: CaseStats['days'] = [];
  const isNow = to > Date.now() - 2 * DAY_MS;
  for (let at = from, n = isNow ? 0 : 3; at <= to; at += DAY_MS, n += 1) {
    const ended = 8 + ((n * 7) % 11);
    days.push({
      day: new Date(at).toISOString().slice(0, 10),
      opened: 4 + ((n * 5) % 7),
      resolved: 3 + ((n * 3) % 6),
      firstResponseMs: n % 9 === 4 ? null : (5 + ((n * 13) % 17)) * MINUTE_MS,
      resolutionMs: (2 + ((n * 5) % 9)) * HOUR_MS,
      rating: n % 4 === 2 ? null : 3 + ((n * 3) % 8) / 4,
      ratings: n % 4 === 2 ? 0 : 1 + (n % 5),
      ended,
      deflected: ended - 3 - (n % 3),
      confirmed: ended - 6,
      deflection: (ended - 3 - (n % 3)) / ended,
      confirmation: (ended - 6) / ended,
    });
  }
  const total = {
    opened: 212,
    resolved: 187,
    firstResponseMs: 11 * MINUTE_MS,
    resolutionMs: 5.4 * HOUR_MS,
    rating: 4.2,
    ratings: 83,
    ended: 390,
    deflected: 264,
    confirmed: 160,
    deflection: 0.68,
    confirmation: 0.41,
  };
  return {
    timeZone: 'UTC',
    days,
    stars: [2, 4, 11, 24, 42],
    total: isNow
      ? total
      : { ...total, opened: 190, firstResponseMs: 14 * MINUTE_MS, rating: 4.4, deflection: 0.61 },
  };
}

const entry = (index: number, title: string, more: Partial<LibraryPage['articles'][number]> = {}) => ({
  ...{
    id: `a${index}`,
    title,
    language: 'en' as const,
    labels: ['account'],
    source: 'panel',
    status: 'published' as const,
    deleted: false,
  },
  ...{ questionCount: index, changedAt: ago(index * 9 * HOUR_MS), changedBy: 'Mina', version: 1 },
  ...{ owner: null, reviewOn: null },
  ...more,
});
const library = {
  articles: [
    entry(1, 'Reset a forgotten password', { labels: ['account', 'login', 'password', 'e-mail'] }),
    entry(2, 'Ask for a refund', {
      labels: ['purchases'],
      source: 'zendesk',
      owner: 'kim',
      reviewOn: '2026-01-31',
    }),
    entry(3, 'Move your data to a new phone', { status: 'draft', source: 'spreadsheet' }),
    entry(4, 'ランタンの灯し方', { language: 'ja', labels: [], source: 'markdown' }),
    entry(5, 'The old harbour', { deleted: true, source: 'sample' }),
  ],
  total: 5,
  page: 1,
  pageSize: 50,
} satisfies LibraryPage;

export const article: LibraryArticle = {
  ...entry(1, 'Reset a forgotten password'),
  content: {
    title: 'Reset a forgotten password',
    questions: ['I forgot my password', 'how do I log in again'],
    text: 'Choose **I forgot my password** below the login.\n\n1. Enter your address\n2. Open the link\n\n> It is valid for `30 minutes`.',
    url: 'https://help.example/password',
    language: 'en',
    labels: ['account', 'login'],
    responseTemplate: 'Hi {{member.name|there}}, set a new one here: {{article.url}}',
  },
} as LibraryArticle;

const counts: LibraryCounts = {
  ...{ published: 58, draft: 3, deleted: 1, gaps: 2, reviewDue: 4, reviewDueOwn: 1 },
  owners: { kim: 3, mina: 1 },
  languages: { en: 40, ja: 21 },
  labels: { account: 12, purchases: 9, login: 4 },
  sources: { panel: 30, zendesk: 20, spreadsheet: 11 },
} as LibraryCounts;

const draft = {
  title: '',
  questions: [],
  text: '',
  url: null,
  language: 'en' as const,
  labels: [],
  responseTemplate: null,
};
const gaps: LibraryGaps = {
  gaps: [
    {
      question: 'where is the octopus skin',
      questions: ['where is the octopus skin', 'octopus skin where'],
      times: 14,
      members: 9,
      language: 'en',
      ids: [1, 2],
      sources: ['virtual-agent'],
      firstAt: ago(9 * DAY_MS),
      lastAt: ago(HOUR_MS),
      draft,
    },
    {
      question: 'can I pay with points',
      questions: ['can I pay with points'],
      times: 1,
      members: 1,
      language: 'en',
      ids: [3],
      sources: ['agent'],
      firstAt: ago(DAY_MS),
      lastAt: ago(DAY_MS),
      draft,
    },
  ],
  total: 2,
};
const lessons: LibraryLessons = {
  lessons: [
    {
      id: 1,
      source: 'solved',
      articleId: 'a1',
      articleTitle: 'Reset a forgotten password',
      question: 'my password is gone',
      weight: 1,
      at: ago(5 * HOUR_MS),
      undone: null,
    },
    {
      id: 2,
      source: 'thumb',
      articleId: 'a2',
      articleTitle: 'Ask for a refund',
      question: 'when does the harbour close',
      weight: -1,
      at: ago(3 * DAY_MS),
      undone: { at: ago(DAY_MS), by: 'Mina' },
    },
  ],
  nextCursor: null,
};

export const importReport: ImportReport = {
  ...{ dryRun: true, created: 12, updated: 3, unchanged: 40 },
  skipped: [],
  broken: [{ where: 'harbour.csv, row 3', reason: 'It has no title.' }],
  withdrawn: [{ where: 'The old harbour', reason: 'Its source withdrew it.' }],
  gone: [{ where: 'Dye your sails', reason: 'It is not in this file any more.' }],
  proposed: [],
  columns: [
    { name: 'Frage', field: 'title', example: 'How do I dye my sails?' },
    { name: 'Antwort', field: 'text', example: 'Open Harbour › Sails and choose a colour.' },
    { name: 'Notiz', field: null, example: 'ask Kim' },
  ],
  changes: [
    {
      is: 'created',
      id: 'x1',
      title: 'Dye your sails',
      language: 'en',
      status: 'published',
      where: 'harbour.csv, row 2',
    },
    {
      is: 'updated',
      id: 'x2',
      title: 'Scrub the hull',
      language: 'en',
      status: 'draft',
      where: 'harbour.csv, row 4',
    },
  ],
};

export const operations: Operations = {
  health: { store: true, twilio: true, twilioAccepts: true, gateway: true, discordAccepts: true },
  version: '0.1.0',
  startedAt: ago(3 * DAY_MS),
  parked: 1,
  backlog: [{ group: 'to-member', count: 3, oldestMs: 40_000 }],
  troubles: [{ at: ago(HOUR_MS), level: 'warn', message: 'an entry was parked', about: null, count: 2 }],
} as unknown as Operations;
const parked: ParkedPage = {
  entries: [
    {
      id: 1,
      group: 'to-member',
      reason: 'unacceptable',
      detail: 'Invalid Form Body',
      kind: 'dm',
      member: { id: '300000000000000001', name: 'Noor' },
      caseNumber: 12,
      createdAt: ago(2 * HOUR_MS),
      parkedAt: ago(HOUR_MS),
      trace: null,
    },
  ],
  nextCursor: null,
} as unknown as ParkedPage;

/** What the supervisors' views ask for. */
export const viewResponses: Record<string, (request: Request, params: Record<string, string>) => unknown> = {
  [`GET ${panelRoutes.caseTiles}`]: () => tiles,
  [`GET ${panelRoutes.caseStats}`]: stats,
  [`GET ${panelRoutes.agents}`]: () => ({
    agents: [
      { identity: 'kim', name: 'Kim' },
      { identity: 'mina', name: 'Mina' },
    ],
  }),
  [`GET ${panelRoutes.library}`]: () => library,
  [`GET ${panelRoutes.libraryCounts}`]: () => counts,
  [`GET ${panelRoutes.libraryArticle(':id')}`]: () => article,
  [`GET ${panelRoutes.libraryVersions(':id')}`]: () => ({ versions: [] }),
  [`GET ${panelRoutes.libraryGaps}`]: () => gaps,
  [`GET ${panelRoutes.libraryLessons}`]: () => lessons,
  [`GET ${panelRoutes.operations}`]: () => operations,
  [`GET ${panelRoutes.parked}`]: () => parked,
  [`POST ${panelRoutes.caseBulk}`]: () => ({ results: [{ id: '6', problem: null }] }),
  [`POST ${panelRoutes.libraryImport}`]: () => importReport,
  [`POST ${panelRoutes.libraryPreview}`]: () => ({
    card: {
      title: 'Reset a forgotten password',
      words: article.content.text,
      url: 'https://help.example/password',
      buttons: ['That solved it', 'Talk to a person'],
    },
    response: 'Hi Ada, set a new one here: https://help.example/password',
    unknown: [],
  }),
};
/** The cases of the views, where a test wants them instead of those of the panel. */
export const viewCases = { [`GET ${panelRoutes.cases}`]: listed };
