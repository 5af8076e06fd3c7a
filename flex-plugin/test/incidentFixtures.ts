import type { Incident, IncidentDetail } from '@flexcord/shared/panel/incident';
import { panelRoutes } from '@flexcord/shared/panel/routes';

const MINUTE_MS = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE_MS).toISOString();

const open: Incident = {
  ...{
    number: 412,
    title: "I can't log in since the update",
    state: 'open',
    openedAt: ago(14),
    endedAt: null,
  },
  ...{
    noticed: 7,
    withinMs: 60 * MINUTE_MS,
    usual: 0.4,
    members: 31,
    conversations: 18,
    posts: 11,
    cases: 3,
  },
  ...{
    newAccounts: 2,
    firstAt: ago(38),
    lastAt: ago(1),
    told: 0,
    untold: 0,
    publishedAt: null,
    answers: false,
  },
};
const over: Incident = {
  ...{ number: 377, title: 'ログインできません', state: 'resolved', openedAt: ago(5000), endedAt: ago(4800) },
  ...{ noticed: 5, withinMs: 60 * MINUTE_MS, usual: 0, members: 12, conversations: 9, posts: 3, cases: 0 },
  ...{ newAccounts: 0, firstAt: ago(5040), lastAt: ago(4810), told: 11, untold: 1 },
  ...{ publishedAt: ago(4990), answers: true },
};

const detail: IncidentDetail = {
  ...open,
  version: 0,
  notice: {
    en: {
      title: 'Known problem: Login loop on iOS',
      text: 'Several of you have told us about this. We are working on it, and everybody who asked is told here once it is solved.',
    },
    ja: {
      title: '確認済みの問題：Login loop on iOS',
      text: '同じご報告を複数いただいています。現在対応中です。',
    },
  },
  over: {
    en: { title: 'Solved: Login loop on iOS', text: 'This is solved now. Thank you for telling us.' },
    ja: { title: '解決しました：Login loop on iOS', text: 'この問題は解決しました。' },
  },
  publishedBy: null,
  channels: [
    { id: '900000000000000005', name: '', isForAnnouncements: true, wasSent: false },
    { id: '900000000000000006', name: 'status', isForAnnouncements: false, wasSent: false },
  ],
  reports: [
    {
      ...{
        id: 3,
        source: 'post',
        member: { id: '920000000000000002', name: '灯台守' },
        words: 'Login loop on iOS',
      },
      ...{ askedAt: ago(1), link: 'https://discord.com/channels/1/2', caseNumber: null, isNewAccount: false },
      ...{ isTakenOut: false, toldIn: null },
    },
    {
      ...{ id: 2, source: 'case', member: { id: '920000000000000003', name: 'Cy' }, words: 'Sign in fails' },
      ...{
        askedAt: ago(9),
        link: null,
        caseNumber: 409,
        isNewAccount: true,
        isTakenOut: false,
        toldIn: null,
      },
    },
    {
      ...{ id: 1, source: 'conversation', member: { id: '920000000000000001', name: 'Ada of the Isles' } },
      ...{ words: "I can't log in since the update", askedAt: ago(38), link: null, caseNumber: 401 },
      ...{ isNewAccount: false, isTakenOut: false, toldIn: null },
    },
  ],
};

/** What the Community view is answered about incidents. */
export const incidentResponses: Record<string, (request: Request) => unknown> = {
  [`GET ${panelRoutes.incidents}`]: () => ({ incidents: [open, over] }),
  [`GET ${panelRoutes.incident(':id')}`]: () => detail,
  [`POST ${panelRoutes.incidentActions(':id')}`]: async (request) => {
    const action = (await request.json()) as { is: string; reports?: number[] };
    if (action.is === 'publish')
      return { ...detail, version: 1, publishedAt: ago(0), publishedBy: 'Mina', answers: true };
    if (action.is === 'resolve') return { ...detail, state: 'resolved', told: 30, untold: 1 };
    return {
      ...detail,
      reports: detail.reports.map((one) => ({
        ...one,
        isTakenOut: action.reports?.includes(one.id) ?? false,
      })),
    };
  },
};
