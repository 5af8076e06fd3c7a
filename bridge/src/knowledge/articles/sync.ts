import type { Logger } from 'pino';
import type { Store } from '../../store/open.ts';
import { confirmedLessons, lessons } from '../feedback/lessons.ts';
import type { Knowledge } from '../knowledge.ts';
import { articleOf, contentOf } from './content.ts';
import { articleBatches } from './queries.ts';

export interface SyncOptions {
  store: Store;
  knowledge: Pick<Knowledge, 'put' | 'remove' | 'learn' | 'together'>;
  logger: Logger;
  /** Called after articles were changed, by whichever process. */
  onChange(): void;
  /** How often is looked for what other processes changed, in milliseconds. Default 2000. */
  everyMs?: number;
}

export interface ArticleSync {
  /** Takes in what was changed up to now. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Puts the published articles of the store, and what was learned of them, into `knowledge` and keeps the two in step: one small question to the store
 * every two seconds tells whether another process changed anything, and only what was changed is read.
 */
export async function syncArticles(options: SyncOptions): Promise<ArticleSync> {
  const { store, knowledge, logger, onChange, everyMs = 2000 } = options;
  let seen = -1;
  let working: Promise<void> = Promise.resolve();

  async function takeIn(): Promise<void> {
    const first = seen === -1;
    const { revision, changed } = await takeInAfter(store, knowledge, seen);
    seen = revision;
    if (changed && !first) onChange();
  }

  /** One after another, so that what is older never replaces what is newer. */
  function refresh(): Promise<void> {
    const next = working.then(() => knowledge.together(takeIn));
    working = next.catch(() => {});
    return next;
  }

  await refresh();
  const timer = setInterval(() => {
    refresh().catch((err) =>
      logger.warn({ err }, 'changed articles could not be read; they are tried again'),
    );
  }, everyMs);
  return {
    refresh,
    async stop() {
      clearInterval(timer);
      await working;
    },
  };
}

/** Puts all published articles, and what was learned of them, into `knowledge` once. */
export async function loadArticles(store: Store, knowledge: SyncOptions['knowledge']): Promise<void> {
  await knowledge.together(async () => {
    await takeInAfter(store, knowledge, -1);
  });
}

/** What changed after a revision, up to which one that is, and whether articles are among it. */
async function takeInAfter(
  store: Store,
  knowledge: SyncOptions['knowledge'],
  seen: number,
): Promise<{ revision: number; changed: boolean }> {
  const { revision } = await store.db
    .selectFrom('knowledge_state')
    .select('revision')
    .executeTakeFirstOrThrow();
  if (revision === seen) return { revision, changed: false };
  let changed = false;
  const unseen = articleBatches(store, (query) =>
    query.where('revision', '>', seen).where('revision', '<=', revision),
  );
  for await (const rows of unseen) {
    const published = rows.filter((row) => row.status === 'published' && row.deleted_at === null);
    knowledge.put(published.map((row) => articleOf(row.id, contentOf(row))));
    knowledge.remove(rows.filter((row) => !published.includes(row)).map(({ id }) => id));
    changed = true;
  }
  // What was learned of an article is taken in whole, as one lesson undone changes what the others add up to.
  const learned = await lessons(store.db, { changedAfter: seen });
  for (const articleId of new Set(learned.map((lesson) => lesson.articleId)))
    knowledge.learn(articleId, await confirmedLessons(store.db, articleId));
  return { revision, changed };
}
