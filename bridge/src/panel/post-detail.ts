import type { CommunityPostDetail } from '@flexcord/shared/panel/community';
import { COMMUNITY_LIMITS } from '@flexcord/shared/panel/community-constants';
import { toTimestamp } from '@flexcord/shared/time';
import { likeness } from '../cases/similarity.ts';
import { unindexed } from '../store/case-search.ts';
import type { Store } from '../store/open.ts';
import { shutBy } from '../support/public/team-acts.ts';
import type { PublicChannels } from '../threads/channels.ts';
import { namedTags, postColumns, toPost } from '../threads/post-list.ts';
import { findThread, type PublicThread, threadLink } from '../threads/threads.ts';

/** The latest posts of a server with which a title is compared. */
const MAX_COMPARED = 500;
const MIN_LIKENESS = 0.4;
const MAX_SIMILAR = 5;

/** A post with what was written in it; undefined where there is none. */
export async function postDetail(
  store: Store,
  channels: Pick<PublicChannels, 'find'>,
  id: string,
): Promise<CommunityPostDetail | undefined> {
  const thread = await findThread(store.db, id);
  if (!thread || thread.access === 'deleted') return undefined;
  const row = await store.db
    .selectFrom('public_threads')
    .select([...postColumns])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const channel = await channels.find(thread.channel_id);
  const original = thread.duplicate_of === null ? undefined : await findThread(store.db, thread.duplicate_of);
  return {
    ...toPost(row, channel),
    question: thread.question,
    messages: await messagesOf(store, thread),
    duplicateOf: original ? { id: original.id, title: original.title, link: threadLink(original) } : null,
    closedTo: shutBy(thread, channel),
    similar: await similarTo(store, thread),
    possibleTags: channel
      ? namedTags(
          channel.tags.map((tag) => tag.id),
          channel,
        )
      : [],
  };
}

/** What followed the question, as it reads now. */
async function messagesOf(store: Store, thread: PublicThread): Promise<CommunityPostDetail['messages']> {
  const rows = await store.db
    .selectFrom('messages')
    .select(['id', 'direction', 'member_id', 'author_name', 'text', 'words', 'files', 'created_at'])
    .where('deleted_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('channel_id', '=', thread.id),
        eb(
          'conversation_id',
          'in',
          eb.selectFrom('conversations').select('conversations.id').where('thread_id', '=', thread.id),
        ),
      ]),
    )
    .$if(thread.question_id !== null, (query) => query.where('id', '<>', thread.question_id ?? ''))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(COMMUNITY_LIMITS.messages)
    .execute();
  return rows.reverse().map((row) => ({
    id: row.id,
    authorName: row.author_name,
    by: row.direction === 'to-member' ? 'agent' : row.member_id === thread.author_id ? 'author' : 'member',
    text: row.words ?? row.text,
    files: JSON.parse(row.files) as string[],
    at: toTimestamp(Number(row.created_at)),
    isSolution: row.id === thread.solution_id,
  }));
}

async function similarTo(store: Store, thread: PublicThread): Promise<CommunityPostDetail['similar']> {
  const others = await store.db
    .selectFrom('public_threads')
    .select(['id', 'title', 'state', 'opened_at'])
    // Within the index by time, the latest first: other indexes would have all posts of the server be sorted.
    .where(unindexed<string>(store, 'public_threads.guild_id'), '=', thread.guild_id)
    .where(unindexed<string>(store, 'public_threads.state'), 'in', ['open', 'solved'])
    .where('access', '<>', 'deleted')
    .where('id', '<>', thread.id)
    .orderBy('opened_at', 'desc')
    .limit(MAX_COMPARED)
    .execute();
  const alike = likeness(thread.title);
  return others
    .map((other) => ({ ...other, score: alike(other.title) }))
    .filter(({ score }) => score >= MIN_LIKENESS)
    .sort((one, other) => other.score - one.score)
    .slice(0, MAX_SIMILAR)
    .map(({ id, title, state, opened_at }) => ({
      id,
      title,
      state,
      openedAt: toTimestamp(Number(opened_at)),
    }));
}
