import { BRIDGE_ACTOR } from '../cases/case-change.ts';
import { recordLesson } from '../knowledge/feedback/lessons.ts';
import { servedCause } from '../relay/keys.ts';
import { steadyNow } from '../store/clock.ts';
import type { ThreadActor, ThreadSolution } from '../threads/acts.ts';
import { changeThread, lockThread } from '../threads/threads.ts';
import { askedIn, type Contexts, type ForumContext } from './context.ts';
import { solvedTagIn } from './decide.ts';
import { forumRest, forumTag, forumTell } from './entries.ts';
import { forgetThread, isNotLearned, learnFrom } from './learning.ts';
import type { ForumOptions } from './options.ts';
import { changePost } from './posts.ts';

/** What the virtual agent's answer teaches where it helped, as in private. */
const HELPED_WEIGHT = 1;
const HELPED_OF_SEVERAL_WEIGHT = 0.5;

/** What happens where a post is solved, closed or opened again. */
export function createEnding(
  { relay, cases, team, settings, changed, store, sources, logger }: ForumOptions,
  { say, localeOf }: Contexts,
) {
  /** Forums without a solved tag, as far as the log has said so. */
  const untagged = new Set<string>();

  async function putAwayLater({ tx, thread }: ForumContext, state: 'solved' | 'closed', since: number) {
    if (settings.restAfterMs === 0 && state === 'solved') return;
    // What is closed is put away at once: that is what its author was told.
    const at = state === 'solved' ? since + settings.restAfterMs : since;
    await relay.appendLater(tx, forumRest({ threadId: thread.id, state, since }), at);
  }

  /** The case of a post is finished with it. */
  async function finishCase(
    { tx, thread }: ForumContext,
    by: ThreadActor,
    to: 'resolved' | 'open',
  ): Promise<void> {
    if (thread.case_number === null) return;
    const actor =
      by.role === 'agent'
        ? BRIDGE_ACTOR
        : { identity: null, name: by.name, ...(by.id ? { memberId: by.id } : {}) };
    // Whatever cannot be done to it in its status is done already, or the team's own decision.
    await cases.transition(tx, thread.case_number, null, to, actor);
  }

  /** Posts of a forum without a solved tag look open for ever; moderators are told once for each forum. */
  async function tellWithoutTag({ tx, thread, channel }: ForumContext): Promise<void> {
    if (!channel.isForum || solvedTagIn(channel.tags, settings.solvedTag)) return;
    if (!untagged.has(channel.id)) {
      untagged.add(channel.id);
      logger.warn(
        { channelId: channel.id },
        'a forum has no tag for solved posts, so they look open: give it one named solved, or name one of its tags in PUBLIC_SOLVED_TAG',
      );
    }
    if (settings.moderatorsChannelId === '') return;
    await relay.append(
      tx,
      forumTell(
        {
          channelId: settings.moderatorsChannelId,
          report: { is: 'no-solved-tag', channelId: channel.id },
          locale: await localeOf(tx, thread),
        },
        servedCause(channel.id, channel.served_since),
      ),
    );
  }

  /** The virtual agent's own answer solved it: the article answers such questions. */
  async function learnHelped({ tx, thread, post }: ForumContext): Promise<void> {
    const articles = post.offers.flatMap((offer) =>
      offer.startsWith('article:') ? [offer.slice('article:'.length)] : [],
    );
    const [articleId] = articles.slice(-1);
    if (articleId === undefined || (await isNotLearned(tx, thread.author_id))) return;
    await recordLesson(tx, {
      ...{ source: 'solved', articleId, question: askedIn(thread) },
      weight: articles.length === 1 ? HELPED_WEIGHT : HELPED_OF_SEVERAL_WEIGHT,
    });
  }

  /** A post is solved: by a message, by the bot's answer, or, where nobody says by what, by its tag alone. */
  async function solve(
    context: ForumContext,
    solution: ThreadSolution | 'bot' | null,
    by: ThreadActor,
    { silent = false }: { silent?: boolean } = {},
  ): Promise<void> {
    const { tx, thread, post, cause } = context;
    const at = steadyNow();
    const message = solution === 'bot' || solution === null ? null : solution;
    await changeThread(tx, thread.id, {
      ...{ state: 'solved', waiting_since: null, solved_at: at },
      solution_id: solution === 'bot' ? post.answer_message_id : (message?.messageId ?? null),
      solved_by: message?.authorId ?? null,
    });
    await changePost(tx, thread.id, { reminded_at: null });
    await relay.append(tx, forumTag({ threadId: thread.id, solved: true }, cause));
    await tellWithoutTag(context);
    if (message && (await learnFrom(tx, thread, message, { how: 'marked', solvedAt: at })))
      // The next post may be asked a moment later.
      store.afterCommit(tx, () => {
        sources.refresh().catch((err) => logger.warn({ err }, 'a solved post is found a little later'));
      });
    if (solution === 'bot' && by.role === 'author') await learnHelped(context);
    await finishCase(context, by, 'resolved');
    await team.release(tx, thread, 'solved', cause);
    // Nobody is thanked for their own answer to themselves.
    const name = message && message.authorId !== thread.author_id ? message.authorName : null;
    if (!silent) await say(context, { is: 'solved', name });
    await putAwayLater(context, 'solved', at);
    store.afterCommit(tx, () => changed(thread.id));
  }

  /** Nobody has answered, or its author came back never. */
  async function close(context: ForumContext): Promise<void> {
    const { tx, thread, cause } = context;
    const at = steadyNow();
    await changeThread(tx, thread.id, { state: 'closed', waiting_since: null });
    await team.release(tx, thread, 'closed', cause);
    await say(context, { is: 'closed' });
    await putAwayLater(context, 'closed', at);
    store.afterCommit(tx, () => changed(thread.id));
  }

  /** Somebody writes again in a post that is over. Returns the context as it is then. */
  async function reopen(
    context: ForumContext,
    { silent = false }: { silent?: boolean } = {},
  ): Promise<ForumContext> {
    const { tx, thread, cause } = context;
    const wasSolved = thread.state === 'solved';
    await changeThread(tx, thread.id, {
      ...{ state: 'open', solution_id: null, solved_by: null, solved_at: null, duplicate_of: null },
    });
    await changePost(tx, thread.id, { reminded_at: null, asked_whether_solved: 0 });
    if (wasSolved) {
      await forgetThread(tx, thread.id);
      await relay.append(tx, forumTag({ threadId: thread.id, solved: false }, cause));
      await finishCase(context, { id: thread.author_id, name: thread.author_name, role: 'author' }, 'open');
    }
    if (!silent) await say(context, { is: 'reopened' });
    store.afterCommit(tx, () => changed(thread.id));
    const now = await lockThread(tx, thread.id);
    return { ...context, thread: now ?? thread };
  }

  return { solve, close, reopen };
}

export type Ending = ReturnType<typeof createEnding>;
