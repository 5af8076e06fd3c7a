import type {
  CommunityOverview,
  CommunityPost,
  CommunityPostDetail,
  CommunityPosts,
  CommunityStats,
} from '@flexcord/shared/panel/community';
import { panelRoutes } from '@flexcord/shared/panel/routes';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const ago = (ms: number) => new Date(Date.now() - ms).toISOString();

const HELP = '900000000000000002';
const IDEAS = '900000000000000003';
const tags = ['ios', 'android', 'login', 'payment'].map((name, n) => ({ id: `90000000000000001${n}`, name }));

const rows: Array<[title: string, more: Partial<CommunityPost>, ageMs: number]> = [
  [
    'It will not start since the update',
    {
      waitingSince: ago(5 * HOUR_MS),
      tags: [tags[0], tags[2]] as CommunityPost['tags'],
      isWithTeam: true,
      caseNumber: 87,
    },
    6 * HOUR_MS,
  ],
  [
    'Black screen on the title page',
    { waitingSince: ago(50 * MINUTE_MS), tags: tags.slice(0, 1) },
    50 * MINUTE_MS,
  ],
  [
    'How do I move my lantern to another harbour, and may I keep the skin that came with it from the event',
    { waitingSince: ago(12 * MINUTE_MS), answeredBy: 'virtual-agent', answeredAt: ago(20 * MINUTE_MS) },
    21 * MINUTE_MS,
  ],
  [
    'Please add a dark map',
    {
      ...{ channelId: IDEAS, channelName: 'ideas', answeredBy: 'member', answeredAt: ago(DAY_MS) },
      assignee: { identity: 'kim', name: 'Kim' },
    },
    2 * DAY_MS,
  ],
  [
    'ランタンが消えました',
    {
      answeredBy: 'agent',
      answeredAt: ago(3 * DAY_MS),
      assignee: { identity: 'mina', name: 'Mina' },
      author: { id: '920000000000000002', name: '灯台守' },
    },
    3 * DAY_MS,
  ],
  ['Login loop', { state: 'solved', answeredBy: 'member', tags: tags.slice(2, 3) }, 9 * DAY_MS],
];

const posts: CommunityPost[] = rows.map(([title, more, age], n) => ({
  ...{ id: `91000000000000000${n}`, channelId: HELP, channelName: 'help', title, tags: [], state: 'open' },
  ...{ author: { id: '920000000000000001', name: 'Ada of the Isles' }, access: 'open', openedAt: ago(age) },
  ...{ waitingSince: null, answeredBy: 'nobody', answeredAt: null, caseNumber: null, assignee: null },
  ...{ isWithTeam: false, link: `https://discord.com/channels/900000000000000001/91000000000000000${n}` },
  ...more,
})) as CommunityPost[];

const overview: CommunityOverview = {
  channels: [
    { id: HELP, name: 'help', open: 31, tags },
    { id: IDEAS, name: 'ideas', open: 6, tags: [] },
  ],
  ...{ open: 37, waiting: 12, unanswered: 9, withTeam: 4, unassigned: 28 },
};

/** The posts of a request's filters, as far as the tests need it. */
function listed({ url }: Request): CommunityPosts {
  const { searchParams } = new URL(url);
  const state = searchParams.get('state') ?? 'open';
  const q = searchParams.get('q')?.toLowerCase() ?? '';
  const isWaiting = searchParams.get('waiting') !== null;
  return {
    posts: posts.filter(
      (post) =>
        (state === 'all' || post.state === state) &&
        post.title.toLowerCase().includes(q) &&
        (!isWaiting || post.waitingSince !== null),
    ),
    nextCursor: null,
  };
}

const detailOf = (id: string): CommunityPostDetail => ({
  ...(posts.find((post) => post.id === id) ?? (posts[0] as CommunityPost)),
  question: 'Since **4.2** I see nothing but a black screen.\n\n> It worked yesterday.',
  messages: [
    {
      id: '930000000000000001',
      authorName: 'Bo',
      by: 'member',
      text: 'Hold the *power* button for ten seconds.',
      files: [],
      at: ago(3 * HOUR_MS),
      isSolution: false,
    },
    {
      id: '930000000000000002',
      authorName: 'Ada of the Isles',
      by: 'author',
      text: 'Still black',
      files: ['screen.png'],
      at: ago(2 * HOUR_MS),
      isSolution: false,
    },
    {
      id: 'team:1',
      authorName: 'Kim',
      by: 'agent',
      text: 'A fix is on its way.',
      files: [],
      at: ago(HOUR_MS),
      isSolution: false,
    },
  ],
  duplicateOf: null,
  closedTo: null,
  similar: [
    {
      id: '910000000000000001',
      title: 'Black screen on the title page',
      state: 'open',
      openedAt: ago(50 * MINUTE_MS),
    },
    { id: '910000000000000005', title: 'Login loop', state: 'solved', openedAt: ago(9 * DAY_MS) },
  ],
  possibleTags: tags,
});

function stats({ url }: Request): CommunityStats {
  const { searchParams } = new URL(url);
  const from = Date.parse(`${searchParams.get('from')}T00:00:00Z`);
  const to = Date.parse(`${searchParams.get('to')}T00:00:00Z`);
  const isNow = to > Date.now() - 2 * DAY_MS;
  const days: CommunityStats['days'] = [];
  for (let at = from, n = isNow ? 0 : 3; at <= to; at += DAY_MS, n += 1) {
    const [virtualAgent, members, agents] = [8 + ((n * 7) % 11), 5 + ((n * 3) % 6), 2 + (n % 4)];
    const unanswered = n % 5;
    days.push({
      day: new Date(at).toISOString().slice(0, 10),
      ...{ asked: virtualAgent + members + agents + unanswered, virtualAgent, members, agents, unanswered },
      ...{
        solved: 6 + (n % 7),
        medianMs: (2 + ((n * 5) % 9)) * MINUTE_MS,
        p90Ms: (20 + ((n * 13) % 70)) * MINUTE_MS,
      },
    });
  }
  return {
    ...{ timeZone: 'UTC', days },
    total: {
      ...{
        asked: isNow ? 812 : 760,
        virtualAgent: 390,
        members: 241,
        agents: 112,
        unanswered: 69,
        solved: 270,
      },
      ...{ medianMs: (isNow ? 4 : 6) * MINUTE_MS, p90Ms: 55 * MINUTE_MS },
    },
    topQuestions: [
      { title: 'Black screen since the update', count: 31, unanswered: 4, postId: '910000000000000001' },
      { title: 'ログインできません', count: 12, unanswered: 0, postId: '910000000000000002' },
      { title: 'Where is the dark map', count: 5, unanswered: 1, postId: '910000000000000003' },
    ],
  };
}

/** What the Community view is answered. */
export const communityResponses: Record<
  string,
  (request: Request, params: Record<string, string>) => unknown
> = {
  [`GET ${panelRoutes.communityPosts}`]: listed,
  [`GET ${panelRoutes.communityOverview}`]: () => overview,
  [`GET ${panelRoutes.communityStats}`]: stats,
  [`GET ${panelRoutes.communityPost(':id')}`]: (_, { id = '' }) => detailOf(id),
  [`POST ${panelRoutes.communityActions}`]: async (request) => {
    const { ids } = (await request.json()) as { ids: string[] };
    return { results: ids.map((id) => ({ id, problem: null })) };
  },
};
