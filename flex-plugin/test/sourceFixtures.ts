import type { ArticleContent } from '@flexcord/shared/panel/library';
import type { LibraryFindings, LibrarySource, LibrarySources } from '@flexcord/shared/panel/library-sources';
import { panelRoutes } from '@flexcord/shared/panel/routes';

import { importReport } from './viewFixtures.ts';

const HOUR_MS = 3_600_000;
const at = (ms: number) => new Date(Date.now() + ms).toISOString();
const content: ArticleContent = {
  title: 'Dye your sails',
  questions: ['how do I dye my sails'],
  text: 'Open **Harbour › Sails** and choose a colour. Ask Mina about gold.',
  url: 'https://docs.example/sails',
  language: 'en',
  labels: ['ship'],
  responseTemplate: null,
  owner: 'mina',
  reviewOn: null,
};
const source = (id: number, more: Partial<LibrarySource>): LibrarySource => ({
  ...{ id, kind: 'sitemap', place: 'https://docs.example/sitemap.xml', hosts: ['docs.example'], labels: [] },
  ...{ intervalMs: 6 * HOUR_MS, language: null, rule: 'publish', state: 'working', error: null, failures: 0 },
  ...{ nextAt: at(5 * HOUR_MS), readAt: at(-HOUR_MS), articles: 412, proposals: 0 },
  report: { ...importReport, dryRun: false, gone: [], proposed: [] },
  ...more,
});

const sources: LibrarySources = {
  sources: [
    source(1, {}),
    source(2, {
      ...{
        kind: 'folder',
        place: '/srv/handbook/docs',
        rule: 'propose',
        state: 'held',
        articles: 9,
        proposals: 5,
      },
      report: null,
    }),
    source(3, {
      ...{ kind: 'zendesk', place: 'https://lantern.zendesk.com/api/v2/help_center/articles.json' },
      ...{ state: 'failing', failures: 4, error: 'answers with status 503.', report: null },
    }),
  ],
  proposals: [
    {
      ...{ articleId: 'a9', sourceId: 1, kind: 'changed', why: 'edited', at: at(-HOUR_MS) },
      article: { version: 3, content },
      content: { ...content, text: 'Open **Harbour › Sails**, then the new colour wheel.', owner: undefined },
    },
    {
      ...{ articleId: 'a8', sourceId: 2, kind: 'withdrawn', why: 'rule', at: at(-2 * HOUR_MS) },
      article: { version: 1, content: { ...content, title: 'The old harbour' } },
      content: null,
    },
  ],
  total: 2,
  allowedHosts: ['docs.example'],
};

const findings: LibraryFindings = {
  days: 90,
  broken: [
    {
      url: 'https://docs.example/harbour/old-map',
      reason: 'answers with status 404.',
      articles: [{ id: 'a1', title: 'Reset a forgotten password' }],
    },
  ],
  unread: [{ id: 'a4', title: 'ランタンの灯し方' }],
  unhelpful: [{ id: 'a2', title: 'Ask for a refund', shown: 41, refused: 30, helped: 2 }],
  totals: { broken: 1, unread: 1, unhelpful: 1 },
};

/** What the Knowledge view asks for under Sources. */
export const sourceResponses = {
  [`GET ${panelRoutes.libraryFindings}`]: () => findings,
  [`GET ${panelRoutes.librarySources}`]: () => sources,
  [`POST ${panelRoutes.librarySources}`]: () => source(4, { state: 'new' }),
  [`POST ${panelRoutes.libraryProposals}`]: () => undefined,
  [`POST ${panelRoutes.librarySourceReading(':id')}`]: () => source(3, { state: 'reading' }),
  [`POST ${panelRoutes.librarySourceWithdrawals(':id')}`]: () => source(2, {}),
};
