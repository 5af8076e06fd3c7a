import type { Logger } from 'pino';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { extractOf } from '../knowledge/search/extract.ts';
import { askedLanguage } from '../knowledge/text/terms.ts';
import type { Store } from '../store/open.ts';
import { threadLink } from '../threads/threads.ts';
import type { FoundPost } from './decide.ts';

/** How later posts are helped by solved ones: not, by their links, or also with what solved them. */
export type SolvedAsSources = 'off' | 'links' | 'answers';

/**
 * From this confidence on, an article or a solved post is shown in public; higher than in private, as everybody reads what does not
 * fit. Chosen so that of posts about something else at most 8 in 100 are shown anything: bench/README.md, `bun run bench:public`.
 */
export const MIN_PUBLIC_SCORE = 0.7;
/** With fewer solved posts in a channel nothing is that certain (of two, the very same question reaches 0.56), nor is much wrong. */
const FEW_POSTS = 5;
const MIN_SCORE_OF_FEW = 0.5;
const MAX_EXTRACT_LENGTH = 400;
const MAX_ANSWER_SCORE_HITS = 3;
const EVERY_MS = 2_000;
const BATCH_SIZE = 500;
/** Posts that are looked for in one channel: the newest. */
const MAX_POSTS = 5_000;

/** The solved posts of each channel, as they are looked for. Posts of one channel answer posts of that channel alone. */
export interface Sources {
  find(channelId: string, text: string, locale: string | null): FoundPost[];
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

/** Keeps what is looked for in step with the store, whichever process changes it. */
export async function syncSources({
  store,
  knowledge,
  use,
  logger,
}: {
  store: Store;
  /** Makes one without articles that asks the same model. */
  knowledge: Pick<Knowledge, 'empty'>;
  use: SolvedAsSources;
  logger: Logger;
}): Promise<Sources> {
  if (use === 'off') return { find: () => [], refresh: async () => {}, stop: async () => {} };
  const channels = new Map<string, { posts: Knowledge; ids: Map<string, number> }>();
  let seen = -1;
  let working: Promise<void> = Promise.resolve();

  const baseOf = (channelId: string) => {
    const known = channels.get(channelId) ?? { posts: knowledge.empty(), ids: new Map() };
    channels.set(channelId, known);
    return known;
  };

  async function takeIn(): Promise<void> {
    for (;;) {
      const rows = await store.db
        .selectFrom('solved_posts')
        .selectAll()
        .where('revision', '>', seen)
        .orderBy('revision')
        .limit(BATCH_SIZE)
        .execute();
      for (const row of rows) {
        seen = row.revision;
        const { posts, ids } = baseOf(row.channel_id);
        if (row.status === 'gone' || row.status === 'dismissed') {
          posts.remove([row.thread_id]);
          ids.delete(row.thread_id);
          continue;
        }
        const { thread_id: id, guild_id, title, question, answer: text, language } = row;
        const url = threadLink({ guild_id, id });
        posts.put([{ id, title, questions: question === '' ? [] : [question], text, url, language }]);
        ids.set(id, row.solved_at);
        if (ids.size > MAX_POSTS) {
          const [oldest = ''] = [...ids].reduce((one, other) => (other[1] < one[1] ? other : one));
          posts.remove([oldest]);
          ids.delete(oldest);
        }
      }
      if (rows.length < BATCH_SIZE) return;
    }
  }

  /** One after another, so that what is older never replaces what is newer. */
  function refresh(): Promise<void> {
    const next = working.then(takeIn);
    working = next.catch(() => {});
    return next;
  }

  await refresh();
  const timer = setInterval(() => {
    refresh().catch((err) => logger.warn({ err }, 'solved posts could not be read; they are tried again'));
  }, EVERY_MS);
  return {
    find(channelId, text, locale) {
      const base = channels.get(channelId);
      if (!base) return [];
      const found = base.posts.ask(text, { language: askedLanguage(text, locale) });
      return found.hits
        .filter(({ score }) => score >= (base.ids.size < FEW_POSTS ? MIN_SCORE_OF_FEW : MIN_PUBLIC_SCORE))
        .slice(0, MAX_ANSWER_SCORE_HITS)
        .map(({ article }, at) => ({
          threadId: article.id,
          title: article.title,
          url: article.url ?? '',
          isSure: found.is === 'answer' && at === 0,
          ...(use === 'answers' ? { extract: extractOf(article.text, text, MAX_EXTRACT_LENGTH).text } : {}),
        }));
    },
    refresh,
    async stop() {
      clearInterval(timer);
      await working;
    },
  };
}
