import { articleCard } from '../knowledge/card.ts';
import { recordGap } from '../knowledge/feedback/knowledge-gaps.ts';
import { askedLanguage, languageOf } from '../knowledge/text/terms.ts';
import { steadyNow } from '../store/clock.ts';
import { textsFor } from '../texts/index.ts';
import { findThread, noteAnswer, type PublicThread } from '../threads/threads.ts';
import { askedIn, type Contexts, digestOf, type ForumContext } from './context.ts';
import { answers, cardFor, type Found, MAX_SHOWN, offersOf, unseen } from './decide.ts';
import { forumLook } from './entries.ts';
import { FLOOD_OVER_MS } from './floods.ts';
import type { IncidentCards } from './incident-cards.ts';
import { isNotLearned } from './learning.ts';
import type { ForumOptions } from './options.ts';
import { changePost, countPosts } from './posts.ts';
import { withoutSecrets } from './secrets.ts';
import { MIN_PUBLIC_SCORE } from './sources.ts';

/** Between two answers that one member gets to posts of theirs, in milliseconds; in a flood they get one in all. */
const ANSWER_PAUSE_MS = 60_000;

/** Finds what answers posts, and shows it. */
export function createAnswering(
  { store, knowledge, virtualAgent, sources, knownIncidents }: ForumOptions,
  { contextOf, say, mayAskTeam, maySay }: Contexts,
  { sayKnown }: IncidentCards,
) {
  /** What is certain of the articles, by the decisions made in private with a higher bound, and what is alike of the solved posts. */
  function find(thread: PublicThread, offers: readonly string[], locale: string | null): Found {
    const text = askedIn(thread);
    const shown = offers.flatMap((offer) =>
      offer.startsWith('article:') ? [offer.slice('article:'.length)] : [],
    );
    const posts = sources
      .find(thread.channel_id, text, locale)
      .filter(({ threadId }) => threadId !== thread.id);
    return unseen(
      { articles: shown.length === 0 ? first(text, thread, locale) : next(text, locale, shown), posts },
      offers,
    );
  }

  function first(text: string, thread: PublicThread, locale: string | null) {
    const { notice, score = 0 } = virtualAgent.reply(text, { name: thread.author_name, locale }, []);
    return notice.is === 'articles' && notice.sure && score >= MIN_PUBLIC_SCORE
      ? notice.articles.slice(0, MAX_SHOWN)
      : [];
  }

  /** What comes next for the same question, where it is as certain. */
  function next(text: string, locale: string | null, without: readonly string[]) {
    const answer = knowledge.ask(text, { language: askedLanguage(text, locale), without });
    const isCertain = (answer.hits[0]?.score ?? 0) >= MIN_PUBLIC_SCORE;
    return isCertain ? answer.hits.map(({ article }) => articleCard(article, text)) : [];
  }

  /** Whether the author of a post had an answer to another one a moment ago. */
  async function hadAnswer({ tx, thread, post }: ForumContext): Promise<boolean> {
    if (thread.author_id === null) return false;
    // Two posts of one member at once are decided one after the other.
    await store
      .lockRow(tx.selectFrom('members').select('id').where('id', '=', thread.author_id))
      .executeTakeFirst();
    const pause = post.in_flood === 1 ? FLOOD_OVER_MS : ANSWER_PAUSE_MS;
    return (await countPosts(tx, thread.author_id, 'shown_at', pause, thread.id)) > 0;
  }

  /** Shows what fits the question best and was not shown. Returns whether anything was. */
  async function show(context: ForumContext, locale: string | null, again: boolean): Promise<boolean> {
    const { tx, thread, post } = context;
    const found = find(thread, post.offers, locale);
    const picked = cardFor(found, { again, mayAskTeam: await mayAskTeam(context) });
    if (!picked || !(await say(context, picked.card))) return false;
    await changePost(tx, thread.id, {
      offers: [...post.offers, ...offersOf(picked.shown)],
      said: picked.card.is === 'answer' ? 'answer' : 'similar',
      shown_at: steadyNow(),
      question_digest: digestOf(askedIn(thread)),
    });
    if (picked.card.is === 'answer')
      await noteAnswer(tx, thread, { by: 'virtual-agent', messageId: null, memberId: null });
    return true;
  }

  /** What nothing answers is kept for whoever writes articles, as in private. */
  async function keepGap({ tx, thread, post }: ForumContext): Promise<void> {
    const text = askedIn(thread);
    if (post.in_flood === 1 || !virtualAgent.isSupportRequest(text)) return;
    if (await isNotLearned(tx, thread.author_id)) return;
    const language = languageOf(text);
    await recordGap(tx, {
      question: withoutSecrets(text, textsFor(language).forum.masked),
      ...{ language, memberId: thread.author_id },
    });
  }

  const look = forumLook.handledBy({
    async run({ threadId, again }, { key }) {
      const thread = await findThread(store.db, threadId);
      if (!thread) return undefined;
      await knowledge.prepare?.([askedIn(thread)]);
      return {
        async commit(tx) {
          const context = await contextOf(tx, threadId, key);
          if (context?.thread.state !== 'open' || !answers(context.channel.rule)) return;
          // Whoever was faster has answered it.
          if (context.thread.answered_by === 'member' || context.thread.answered_by === 'agent') return;
          if (!maySay(context) || (await hadAnswer(context))) return;
          const known = knownIncidents.find(askedIn(context.thread));
          if (known && (await sayKnown(context, known))) return;
          const shown = await show(context, await localeFor(context), false);
          if (!shown && !again) await keepGap(context);
        },
      };
    },
  });

  const localeFor = async ({ tx, thread }: ForumContext) => {
    if (thread.author_id === null) return null;
    const row = await tx
      .selectFrom('members')
      .select('locale')
      .where('id', '=', thread.author_id)
      .executeTakeFirst();
    return row?.locale ?? null;
  };

  return {
    handlers: [look] as const,

    /** After a no: what comes next, or the question in other words, or the team. */
    async another(context: ForumContext): Promise<void> {
      const { tx, thread, post } = context;
      await changePost(tx, thread.id, { noes: post.noes + 1 });
      if (post.noes < 2 && (await show(context, await localeFor(context), true))) return;
      if (await say(context, { is: 'reword', mayAskTeam: await mayAskTeam(context) }))
        await changePost(tx, thread.id, { said: 'reword' });
    },
  };
}

export type Answering = ReturnType<typeof createAnswering>;
