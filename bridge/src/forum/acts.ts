import { steadyNow } from '../store/clock.ts';
import type { ThreadActor } from '../threads/acts.ts';
import { changeThread, findThread, threadLink } from '../threads/threads.ts';
import type { Answering } from './answering.ts';
import type { Contexts, ForumContext } from './context.ts';
import type { Ending } from './ending.ts';
import { type ForumAct, forumActed } from './entries.ts';
import type { ForumOptions } from './options.ts';
import { changePost, countPosts } from './posts.ts';
import type { Waiting } from './waiting.ts';

/** How many threads of one member are brought to the team within ten minutes because they ask for it. */
const MAX_ASKED = 3;
const ASKED_WINDOW_MS = 10 * 60_000;

/** What buttons, commands and agents do with threads, in the thread's lane. */
export function createActs(
  { store, relay, team, changed }: ForumOptions,
  { contextOf, say }: Contexts,
  answering: Answering,
  { solve, close, reopen }: Ending,
  { bring, watchWaiting, watchStale }: Waiting,
) {
  /** Whether somebody has asked for the team in many threads of theirs a moment ago. */
  const hasAskedOften = async ({ tx, thread }: ForumContext): Promise<boolean> =>
    (await countPosts(tx, thread.author_id, 'escalated_at', ASKED_WINDOW_MS)) >= MAX_ASKED;

  async function act(context: ForumContext, what: ForumAct, by: ThreadActor): Promise<void> {
    const { tx, thread, post, cause } = context;
    const isOpen = thread.state === 'open';
    switch (what.is) {
      case 'helped':
        if (isOpen) await solve(context, post.answer_message_id === null ? null : 'bot', by);
        return;
      case 'solution':
        // Another message may turn out to be the better answer, and what was closed may be answered after all.
        if (thread.state === 'solved' && what.solution?.messageId === thread.solution_id) return;
        return solve(context, what.solution, by);
      case 'not-yet':
        if (!isOpen) return;
        await changeThread(tx, thread.id, { waiting_since: steadyNow() });
        await answering.another(context);
        return watchAgain(context);
      case 'ask-team': {
        if (!isOpen || (by.role === 'author' && (await hasAskedOften(context)))) return;
        const reason = by.role === 'author' ? 'asked' : 'brought';
        await bring(context, { is: reason, by: by.name });
        return;
      }
      case 'still-open':
        if (isOpen) await changePost(tx, thread.id, { reminded_at: null, spoke_at: steadyNow() });
        return;
      case 'private':
        await changeThread(tx, thread.id, { waiting_since: null });
        await team.release(tx, thread, 'private', cause);
        await say(context, { is: 'private' });
        return;
      case 'duplicate': {
        const other = await findThread(tx, what.of);
        if (!other || other.id === thread.id || !isOpen) return;
        await changeThread(tx, thread.id, { state: 'closed', duplicate_of: other.id, waiting_since: null });
        await team.release(tx, thread, 'closed', cause);
        await say(context, { is: 'duplicate', url: threadLink(other) });
        store.afterCommit(tx, () => changed(thread.id));
        return;
      }
      case 'close':
        if (isOpen) await close(context);
        return;
      case 'reopen': {
        if (isOpen) return;
        const now = await reopen(context);
        await watchStale(now);
        return;
      }
    }
  }

  async function watchAgain(context: ForumContext): Promise<void> {
    const now = await contextOf(context.tx, context.thread.id, context.cause);
    if (now) await watchWaiting(now);
  }

  const acted = forumActed.handledBy({
    decide: async (tx, { threadId, act: what, by }, { key }) => {
      const context = await contextOf(tx, threadId, key);
      if (context) await act(context, what, by);
    },
  });

  return {
    handlers: [acted] as const,
    /** Lets somebody do something with a thread. `event` names it: the id of an interaction, or of an agent's request. */
    do: (threadId: string, what: ForumAct, by: ThreadActor, event: string): Promise<number> =>
      relay.commit([forumActed({ threadId, act: what, by }, event)]),
  };
}
