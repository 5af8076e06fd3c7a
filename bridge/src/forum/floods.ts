import type { Store, Tx } from '../store/open.ts';
import type { PublicThread } from '../threads/threads.ts';

/** More posts than this in a channel within a minute are a flood. */
export const FLOOD_POSTS = 20;
const WINDOW_MS = 60_000;
/** So long after its last post a flood is over, in milliseconds. */
export const FLOOD_OVER_MS = 10 * 60_000;

/** What a new post of a channel is part of. `first`: the flood begins with it, and moderators are told once. */
export async function floodAt(
  tx: Tx,
  store: Store,
  { channelId, at }: { channelId: string; at: number },
): Promise<{ isFlood: boolean; first: boolean; posts: number }> {
  const { posts } = await tx
    .selectFrom('public_threads')
    .select((eb) => eb.fn.countAll<number>().as('posts'))
    .where('channel_id', '=', channelId)
    .where('adopted', '=', 0)
    .where('opened_at', '>', at - WINDOW_MS)
    .executeTakeFirstOrThrow();
  const count = Number(posts);
  const known = await store
    .lockRow(tx.selectFrom('forum_floods').selectAll().where('channel_id', '=', channelId))
    .executeTakeFirst();
  const isOver = !known || known.latest_at < at - FLOOD_OVER_MS;
  if (count <= FLOOD_POSTS) return { isFlood: false, first: false, posts: count };
  if (!known) {
    const { numInsertedOrUpdatedRows: made } = await tx
      .insertInto('forum_floods')
      .values({ channel_id: channelId, began_at: at, latest_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    return { isFlood: true, first: made !== 0n, posts: count };
  }
  await tx
    .updateTable('forum_floods')
    .set(isOver ? { began_at: at, latest_at: at } : { latest_at: Math.max(at, known.latest_at) })
    .where('channel_id', '=', channelId)
    .execute();
  return { isFlood: true, first: isOver, posts: count };
}

/** Whether a post is part of a flood: also what was posted in the minute before it was noticed. */
export async function isInFlood(
  db: Store['db'] | Tx,
  { channel_id: channelId, opened_at: openedAt }: Pick<PublicThread, 'channel_id' | 'opened_at'>,
): Promise<boolean> {
  const flood = await db
    .selectFrom('forum_floods')
    .select(['began_at', 'latest_at'])
    .where('channel_id', '=', channelId)
    .executeTakeFirst();
  return flood !== undefined && openedAt > flood.began_at - WINDOW_MS && openedAt <= flood.latest_at;
}
