import type { LibraryFindings } from '@flexcord/shared/panel/library-sources';
import { DAY_MS } from '@flexcord/shared/time';
import type { Store } from '../../store/open.ts';

/** What is looked back at. */
const WINDOW_DAYS = 90;
/** An article that was shown more rarely is not judged. */
const MIN_CONVERSATIONS = 5;
const MAX_LISTED = 100;
/** Rows of turns that are read at once. */
const BATCH_SIZE = 2_000;

interface Use {
  /** Conversations in which members or agents had it before them. */
  shown: number;
  /** Of these, those whose member said no to it. */
  refused: number;
  /** How often a member or an agent said that it helped. */
  helped: number;
}

/**
 * What is wrong with published articles: links that lead nowhere, articles that nobody was shown for three months, and
 * articles that members say no to. Only what is still kept of conversations is counted.
 */
export async function findingsOf(store: Store): Promise<LibraryFindings> {
  const since = Date.now() - WINDOW_DAYS * DAY_MS;
  const [uses, articles, broken] = await Promise.all([
    usesSince(store, since),
    store.db
      .selectFrom('articles')
      .select(['id', 'title', 'created_at'])
      .where('status', '=', 'published')
      .where('deleted_at', 'is', null)
      .orderBy('created_at')
      .orderBy('id')
      .execute(),
    brokenLinks(store),
  ]);
  const unread = articles.filter(({ id, created_at }) => created_at < since && !uses.get(id)?.shown);
  const unhelpful = articles
    .flatMap(({ id, title }) => {
      const use = uses.get(id);
      const isBad =
        use && use.shown >= MIN_CONVERSATIONS && use.refused * 2 > use.shown && use.helped < use.refused;
      return isBad ? [{ id, title, ...use }] : [];
    })
    .sort((a, b) => b.refused - a.refused);
  return {
    days: WINDOW_DAYS,
    broken: broken.found,
    unread: unread.slice(0, MAX_LISTED).map(({ id, title }) => ({ id, title })),
    unhelpful: unhelpful.slice(0, MAX_LISTED),
    totals: { broken: broken.total, unread: unread.length, unhelpful: unhelpful.length },
  };
}

async function usesSince(store: Store, since: number): Promise<Map<string, Use>> {
  const uses = new Map<string, Use>();
  const useOf = (id: string) => {
    const use = uses.get(id) ?? { shown: 0, refused: 0, helped: 0 };
    uses.set(id, use);
    return use;
  };
  const counted = new Set<string>();
  /** Once a conversation. */
  function count(kind: 'shown' | 'refused', conversation: string, ids: readonly string[]): void {
    for (const id of ids) {
      const key = `${kind} ${conversation} ${id}`;
      if (counted.has(key)) continue;
      counted.add(key);
      useOf(id)[kind] += 1;
    }
  }
  for (let after = 0; ; ) {
    const rows = await store.db
      .selectFrom('bot_turns')
      .select(['id', 'conversation_id', 'articles', 'refused'])
      .where('id', '>', after)
      .where('at', '>=', since)
      .orderBy('id')
      .limit(BATCH_SIZE)
      .execute();
    for (const { conversation_id, articles, refused } of rows) {
      count('shown', conversation_id, JSON.parse(articles));
      count('refused', conversation_id, JSON.parse(refused));
    }
    if (rows.length < BATCH_SIZE) break;
    after = rows.at(-1)?.id ?? after;
  }
  const posts = await store.db
    .selectFrom('forum_posts as post')
    .innerJoin('public_threads as thread', 'thread.id', 'post.thread_id')
    .select(['post.thread_id', 'post.offers'])
    .where('thread.opened_at', '>=', since)
    .execute();
  for (const { thread_id, offers } of posts)
    count(
      'shown',
      thread_id,
      (JSON.parse(offers) as string[]).flatMap((one) => /^article:(.+)$/.exec(one)?.[1] ?? []),
    );
  const lessons = await store.db
    .selectFrom('knowledge_lessons')
    .select(['article_id', 'source', 'weight'])
    .where('created_at', '>=', since)
    .where('undone_at', 'is', null)
    .execute();
  for (const { article_id, source, weight } of lessons) {
    const use = useOf(article_id);
    if (source === 'sent') use.shown += 1;
    else if (weight > 0) use.helped += 1;
    else use.refused += 1;
  }
  return uses;
}

async function brokenLinks(store: Store): Promise<{ found: LibraryFindings['broken']; total: number }> {
  const rows = await store.db
    .selectFrom('knowledge_links as link')
    .innerJoin('knowledge_sources as source', 'source.id', 'link.source_id')
    .select(['link.url', 'link.reason', 'source.origin'])
    .where('link.reason', 'is not', null)
    .orderBy('link.url')
    .execute();
  const found = await Promise.all(
    rows.slice(0, MAX_LISTED).map(async ({ url, reason, origin }) => {
      const articles = await store.db
        .selectFrom('articles')
        .select(['id', 'title'])
        .where('import_origin', '=', origin)
        .where('status', '=', 'published')
        .where('deleted_at', 'is', null)
        .where('text', 'like', `%${url.replace(/[\\%_]/g, '_')}%`)
        .orderBy('id')
        .limit(5)
        .execute();
      return { url, reason: reason ?? '', articles };
    }),
  );
  return { found: found.filter(({ articles }) => articles.length > 0), total: rows.length };
}
