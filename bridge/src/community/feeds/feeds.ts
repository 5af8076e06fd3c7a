import { DAY_MS } from '@flexcord/shared/time';
import type { Logger } from 'pino';
import { feedItemKey } from '../../relay/keys.ts';
import type { Relay } from '../../relay/relay.ts';
import type { Store, Tx } from '../../store/open.ts';
import { announcement } from '../announcements.ts';
import { fetchFeed, type Validators } from './fetch-feed.ts';
import type { FeedItem } from './read-feed.ts';
import { readFeedAside } from './read-feed-aside.ts';

export interface FeedsOptions {
  store: Store;
  relay: Pick<Relay, 'append'>;
  logger: Logger;
  /** Addresses; no other hosts than theirs are asked. */
  urls: readonly string[];
  /** Whether their names may lead into a private network. */
  allowPrivate: boolean;
  /** From the end of one round to the next, in milliseconds. */
  intervalMs: number;
  /** Where announcements go: the ids of channels. */
  channels(): Promise<string[]>;
  /** Escapes characters that Discord reads as Markdown. */
  plain(text: string): string;
}

/** How long an item that left its feed is remembered, in milliseconds: broken feeds list old items again. */
const ITEM_RETENTION_MS = 180 * DAY_MS;
/** Of one feed at one look: what gives all its items new ids has no more news than that. */
const MAX_ANNOUNCED = 20;
/** Ids in one statement. */
const CHUNK_SIZE = 500;

/**
 * Looks at feeds and announces what is new. What stands in a feed at the first look is not news. An item and its
 * announcements are one commit under a key of the store, so each goes out once, whoever looks and whenever they die.
 */
export function createFeeds({
  store,
  relay,
  logger,
  urls,
  allowPrivate,
  intervalMs,
  channels,
  plain,
}: FeedsOptions) {
  const hosts = new Set(urls.map((url) => new URL(url).host));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let looking: Promise<void> = Promise.resolve();
  let running = false;
  let stopped = new AbortController();

  async function look(url: string): Promise<void> {
    const known = await store.db.selectFrom('feeds').selectAll().where('url', '=', url).executeTakeFirst();
    const fetched = await fetchFeed(
      url,
      { etag: known?.etag ?? null, lastModified: known?.last_modified ?? null },
      { hosts, allowPrivate, signal: stopped.signal },
    );
    if (fetched.is === 'unchanged') return;
    const items = await readFeedAside(fetched.document, stopped.signal);
    const into = await channels();
    const { added, announced } = await store.transact(async (tx) => {
      const fresh = await remember(tx, url, items);
      await keep(tx, url, fetched);
      // The first look finds no news.
      const news = known ? fresh.slice(-MAX_ANNOUNCED) : [];
      // Items that are new while no channel is set up are never announced.
      for (const item of news) for (const channelId of into) await announce(tx, url, item, channelId);
      return { added: known ? fresh.length : 0, announced: news.length };
    });
    if (added === 0) return;
    const feed = new URL(url).host;
    logger.info({ feed, items: added }, 'a feed has new items');
    if (announced < added)
      logger.warn(
        { feed, items: added, announced },
        'a feed has more new items than are announced at once, as if it had named all of them anew; the newest were announced',
      );
  }

  /** Records the items as seen; returns those that were not before, as whatever id. */
  async function remember(tx: Tx, url: string, items: readonly FeedItem[]): Promise<FeedItem[]> {
    const now = Date.now();
    const known = new Set<string>();
    for (const ids of chunks(items.flatMap(({ id, otherIds }) => [id, ...otherIds]))) {
      const rows = await tx
        .selectFrom('feed_items')
        .select('item')
        .where('feed_url', '=', url)
        .where('item', 'in', ids)
        .execute();
      for (const { item } of rows) known.add(item);
    }
    const added = new Set<string>();
    for (const ids of chunks(items.map(({ id }) => id))) {
      const rows = await tx
        .insertInto('feed_items')
        .values(ids.map((item) => ({ feed_url: url, item, seen_at: now })))
        .onConflict((conflict) => conflict.columns(['feed_url', 'item']).doNothing())
        .returning('item')
        .execute();
      for (const { item } of rows) added.add(item);
      await tx
        .updateTable('feed_items')
        .set({ seen_at: now })
        .where('feed_url', '=', url)
        .where('item', 'in', ids)
        .execute();
    }
    await tx
      .deleteFrom('feed_items')
      .where('feed_url', '=', url)
      .where('seen_at', '<', now - ITEM_RETENTION_MS)
      .execute();
    return items.filter(({ id, otherIds }) => added.has(id) && !otherIds.some((other) => known.has(other)));
  }

  async function keep(tx: Tx, url: string, { etag, lastModified }: Validators): Promise<void> {
    const values = { etag, last_modified: lastModified, checked_at: Date.now() };
    await tx
      .insertInto('feeds')
      .values({ url, ...values })
      .onConflict((conflict) => conflict.column('url').doUpdateSet(values))
      .execute();
  }

  const announce = (tx: Tx, url: string, item: FeedItem, channelId: string) =>
    relay.append(
      tx,
      announcement(
        {
          channelId,
          announcement: {
            title: plain(item.title),
            text: item.summary && plain(item.summary),
            url: item.url,
          },
        },
        feedItemKey(url, item.id, channelId),
      ),
    );

  async function lookAtAll(): Promise<void> {
    for (const url of urls) {
      if (!running) return;
      await look(url).catch((err: unknown) => {
        if (!running) return;
        logger.warn(
          { err, feed: new URL(url).host },
          'a feed cannot be read; it is tried again at the next interval',
        );
      });
    }
    if (running) timer = setTimeout(begin, intervalMs);
  }

  function begin(): void {
    looking = lookAtAll();
  }

  return {
    start(): void {
      if (running || urls.length === 0) return;
      running = true;
      stopped = new AbortController();
      begin();
    },
    /** Resolves when no feed is being read any more. */
    async stop(): Promise<void> {
      running = false;
      stopped.abort();
      clearTimeout(timer);
      await looking;
    },
  };
}

function* chunks(ids: readonly string[]): Generator<string[]> {
  for (let at = 0; at < ids.length; at += CHUNK_SIZE) yield ids.slice(at, at + CHUNK_SIZE);
}
