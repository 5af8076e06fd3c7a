import { foldForSearch } from '@flexcord/shared/messages/fold';
import type {
  CommunityOverview,
  CommunityPost,
  CommunityPosts,
  CommunityQuery,
  PostTag,
} from '@flexcord/shared/panel/community';
import { toTimestamp, toTimestampOrNull } from '@flexcord/shared/time';
import { type Selectable, sql } from 'kysely';
import type { Store } from '../store/open.ts';
import { fromCursor, toCursor, toPage } from '../store/paging.ts';
import type { PublicThreadsTable } from '../store/schema.ts';
import type { PublicChannel, PublicChannels } from './channels.ts';
import { threadLink } from './threads.ts';

const DEFAULT_PAGE_SIZE = 50;
const COUNTS_TTL_MS = 1000;

/** As in the index `public_threads_by_wait`, or the databases do not use it. */
const BY_WAIT = sql<number>`coalesce(waiting_since, 999999999999999)`;
/** See `PublicThreadsTable.search_title`. */
const LOOKED_FOR_BY = sql`coalesce(nullif(search_title, ''), lower(title))`;
const WITH_TEAM = sql<number>`case when exists (select 1 from conversations
  where conversations.thread_id = public_threads.id and conversations.phase <> 'closed') then 1 else 0 end`;

export const postColumns = [
  'public_threads.id',
  'guild_id',
  'channel_id',
  'author_id',
  'author_name',
  'title',
  'tags',
  'state',
  'access',
  'opened_at',
  'waiting_since',
  'answered_by',
  'answered_at',
  'public_threads.case_number',
  'assignee_identity',
  'assignee_name',
  WITH_TEAM.as('with_team'),
] as const;

type PostRow = Pick<
  Selectable<PublicThreadsTable>,
  | 'id'
  | 'guild_id'
  | 'channel_id'
  | 'author_id'
  | 'author_name'
  | 'title'
  | 'tags'
  | 'state'
  | 'access'
  | 'opened_at'
  | 'waiting_since'
  | 'answered_by'
  | 'answered_at'
  | 'case_number'
  | 'assignee_identity'
  | 'assignee_name'
> & { with_team: number };

/** Tags by their names; one that the channel has no more is left out. */
export const namedTags = (ids: readonly string[], channel: PublicChannel | undefined): PostTag[] =>
  ids.flatMap((id) => {
    const tag = channel?.tags.find((known) => known.id === id);
    return tag ? [{ id, name: tag.name }] : [];
  });

/** A post as the panel shows it. */
export function toPost(row: PostRow, channel: PublicChannel | undefined): CommunityPost {
  const { assignee_identity: identity, assignee_name: name } = row;
  return {
    id: row.id,
    channelId: row.channel_id,
    channelName: channel?.name ?? '',
    title: row.title,
    author: row.author_id === null ? null : { id: row.author_id, name: row.author_name || row.author_id },
    tags: namedTags(JSON.parse(row.tags) as string[], channel),
    state: row.state,
    access: row.access === 'deleted' ? 'archived' : row.access,
    openedAt: toTimestamp(Number(row.opened_at)),
    waitingSince: toTimestampOrNull(row.waiting_since === null ? null : Number(row.waiting_since)),
    answeredBy: row.answered_by ?? 'nobody',
    answeredAt: toTimestampOrNull(row.answered_at === null ? null : Number(row.answered_at)),
    caseNumber: row.case_number,
    assignee: identity === null ? null : { identity, name: name ?? identity },
    isWithTeam: Number(row.with_team) === 1,
    link: threadLink(row),
  };
}

/** A part of a text that stands for itself in `like … escape '\'`. */
const literally = (text: string) => text.replace(/[\\%_]/g, '\\$&');

/** A page of the posts that fit every filter. Those of deleted threads are shown to nobody. */
export async function listPosts(
  store: Store,
  channels: Pick<PublicChannels, 'all'>,
  query: CommunityQuery,
): Promise<CommunityPosts> {
  const limit = query.limit === undefined ? DEFAULT_PAGE_SIZE : Number(query.limit);
  const { sort = 'waiting', state = 'open' } = query;
  const place = sort === 'waiting' ? BY_WAIT : sql<number>`opened_at`;
  const order = sort === 'waiting' ? 'asc' : 'desc';
  let page = store.db.selectFrom('public_threads').where('access', '<>', 'deleted');
  if (state !== 'all') page = page.where('state', '=', state);
  if (query.channelId !== undefined) page = page.where('channel_id', '=', query.channelId);
  if (query.tag !== undefined) page = page.where('tags', 'like', `%"${query.tag}"%`);
  if (query.waiting !== undefined) page = page.where('waiting_since', 'is not', null);
  if (query.answeredBy === 'nobody') page = page.where('answered_by', 'is', null);
  else if (query.answeredBy !== undefined) page = page.where('answered_by', '=', query.answeredBy);
  if (query.assignee === 'none') page = page.where('assignee_identity', 'is', null);
  else if (query.assignee !== undefined) page = page.where('assignee_identity', '=', query.assignee);
  const words = foldForSearch(query.q?.trim() ?? '');
  if (words) page = page.where(sql<boolean>`${LOOKED_FOR_BY} like ${`%${literally(words)}%`} escape '\\'`);
  const after = query.cursor === undefined ? null : fromCursor(query.cursor);
  if (after) {
    const beyond = order === 'desc' ? sql`<` : sql`>`;
    page = page.where(sql<boolean>`(${place}, id) ${beyond} (${after.value}, ${after.id})`);
  }
  const read = await page
    .select([...postColumns])
    .select(place.as('place'))
    .orderBy(place, order)
    .orderBy('id', order)
    .limit(limit + 1)
    .execute();
  const { rows, nextCursor } = toPage(read, limit, ({ place: value, id }) =>
    toCursor({ value: Number(value), id }),
  );
  const known = new Map((await channels.all()).map((channel) => [channel.id, channel]));
  return { posts: rows.map((row) => toPost(row, known.get(row.channel_id))), nextCursor };
}

/** Counts the open posts, and names the channels that are served or have some; the result is kept for a second. */
export function createOverview(
  store: Store,
  channels: Pick<PublicChannels, 'all'>,
): () => Promise<CommunityOverview> {
  let counted: { at: number; overview: Promise<CommunityOverview> } | undefined;
  return () => {
    if (!counted || Date.now() - counted.at > COUNTS_TTL_MS) {
      const overview = countOpen(store, channels);
      counted = { at: Date.now(), overview };
      overview.catch(() => {
        counted = undefined;
      });
    }
    return counted.overview;
  };
}

async function countOpen(store: Store, channels: Pick<PublicChannels, 'all'>): Promise<CommunityOverview> {
  const sum = (condition: ReturnType<typeof sql>) =>
    sql<number>`sum(case when ${condition} then 1 else 0 end)`;
  const rows = await store.db
    .selectFrom('public_threads')
    .select((eb) => [
      'channel_id',
      eb.fn.countAll<number>().as('open'),
      sum(sql`waiting_since is not null`).as('waiting'),
      sum(sql`answered_by is null`).as('unanswered'),
      sum(sql`assignee_identity is null`).as('unassigned'),
    ])
    .where('state', '=', 'open')
    .where('access', '<>', 'deleted')
    .groupBy('channel_id')
    .execute();
  const { with_team } = await store.db
    .selectFrom('conversations')
    .innerJoin('public_threads', 'public_threads.id', 'conversations.thread_id')
    .select((eb) => eb.fn.countAll<number>().as('with_team'))
    .where('conversations.thread_id', 'is not', null)
    .where('conversations.phase', '<>', 'closed')
    .where('public_threads.state', '=', 'open')
    .executeTakeFirstOrThrow();
  const total = (name: 'open' | 'waiting' | 'unanswered' | 'unassigned') =>
    rows.reduce((all, row) => all + Number(row[name]), 0);
  const openIn = new Map(rows.map(({ channel_id, open }) => [channel_id, Number(open)]));
  return {
    channels: (await channels.all())
      .filter(({ id, ended_at }) => ended_at === null || openIn.has(id))
      .map(({ id, name, tags }) => ({
        id,
        name,
        open: openIn.get(id) ?? 0,
        tags: tags.map((tag) => ({ id: tag.id, name: tag.name })),
      })),
    open: total('open'),
    waiting: total('waiting'),
    unanswered: total('unanswered'),
    withTeam: Number(with_team),
    unassigned: total('unassigned'),
  };
}
