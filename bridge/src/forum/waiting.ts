import { steadyNow } from '../store/clock.ts';
import type { EscalationReason } from '../threads/requests.ts';
import { findThread, type PublicThread } from '../threads/threads.ts';
import type { Contexts, ForumContext } from './context.ts';
import { mayEscalate, staleness } from './decide.ts';
import type { Ending } from './ending.ts';
import { forumStale, forumStaleTimer, forumUnanswered } from './entries.ts';
import { isInFlood } from './floods.ts';
import type { ForumOptions } from './options.ts';
import { changePost, findPost } from './posts.ts';
import { isWithTeam } from './team.ts';

/** How long it may take until a post that is brought to the team is with them, in milliseconds. */
const ON_ITS_WAY_MS = 60_000;
/** How often a post that is with the team is looked at, at least, in milliseconds. */
const MAX_LOOK_MS = 24 * 3600_000;

/** Brings posts to the team, and looks after those that nobody writes in. Timers are entries, so they outlive a restart. */
export function createWaiting(
  { store, relay, team, settings, changed }: ForumOptions,
  { channels, contextOf, say, mayAskTeam }: Contexts,
  { close }: Ending,
) {
  const { escalateAfterMs, reminderMs, closeMs } = settings;

  /** Brings a thread to the team, where it is not with them. Returns whether it is brought. */
  async function bring(context: ForumContext, reason: EscalationReason): Promise<boolean> {
    const { tx, thread, post, cause } = context;
    // A moment ago it was, and is on its way.
    const isOnItsWay = post.escalated_at !== null && post.escalated_at > steadyNow() - ON_ITS_WAY_MS;
    if (isOnItsWay || (await isWithTeam(tx, thread.id))) return false;
    await team.escalate(tx, thread, reason, cause);
    await changePost(tx, thread.id, { escalated_at: steadyNow(), said: 'team' });
    await say(context, { is: 'team' });
    store.afterCommit(tx, () => changed(thread.id));
    return true;
  }

  /** While its author waits for an answer: the team is asked after a while, where the rule of the channel says so. */
  async function watchWaiting({ tx, thread, channel, post }: ForumContext): Promise<void> {
    const { id: threadId, waiting_since: since } = thread;
    const isOut = thread.adopted || thread.state !== 'open' || post.in_flood === 1;
    if (escalateAfterMs === 0 || since === null || isOut || !mayEscalate(channel.rule)) return;
    if (await isWithTeam(tx, threadId)) return;
    await relay.appendLater(tx, forumUnanswered({ threadId, since }), steadyNow() + escalateAfterMs);
  }

  const unanswered = forumUnanswered.handledBy({
    decide: async (tx, { threadId, since }, { key }) => {
      const context = await contextOf(tx, threadId, key);
      if (context?.thread.state !== 'open' || !mayEscalate(context.channel.rule)) return;
      // Somebody has answered meanwhile, or its author has written since and is waited for anew.
      if (context.thread.waiting_since !== since) return;
      if (await isInFlood(tx, context.thread)) return;
      await bring(context, { is: 'unanswered', forMs: escalateAfterMs });
    },
  });

  /** Begins to look whether a post is left alone. */
  async function watchStale({ tx, thread, cause }: ForumContext): Promise<void> {
    if (reminderMs === 0 || thread.adopted) return;
    await relay.append(tx, forumStaleTimer({ threadId: thread.id }, cause, steadyNow() + reminderMs));
  }

  /** Never before its author may write again, where slow mode makes them wait. */
  const closesAfter = ({ slow_ms }: Pick<PublicThread, 'slow_ms'>) => closeMs && Math.max(closeMs, slow_ms);

  const staleTimer = forumStaleTimer.handledBy({
    async run({ threadId }) {
      const [thread, post] = await Promise.all([
        findThread(store.db, threadId),
        findPost(store.db, threadId),
      ]);
      if (!thread || !post || thread.state !== 'open' || thread.access === 'deleted') return undefined;
      const channel = await channels.find(thread.channel_id);
      if (!channel || channel.ended_at !== null || channel.rule === 'watch') return undefined;
      // Hundreds of threads would each ask their author.
      if (await isInFlood(store.db, thread)) return undefined;
      if (await isWithTeam(store.db, threadId)) return { againInMs: Math.min(reminderMs, MAX_LOOK_MS) };
      const due = staleness(
        { spokeAt: post.spoke_at, remindedAt: post.reminded_at },
        { reminderMs, closeMs: closesAfter(thread) },
        steadyNow(),
      );
      if (!due) return undefined;
      if (due.inMs > 0) return { againInMs: due.inMs };
      await relay.commit([forumStale({ threadId, since: post.spoke_at, act: due.act })]);
      return { againInMs: closesAfter(thread) || reminderMs };
    },
  });

  const stale = forumStale.handledBy({
    decide: async (tx, { threadId, since, act }, { key }) => {
      const context = await contextOf(tx, threadId, key);
      if (context?.thread.state !== 'open' || context.post.spoke_at !== since) return;
      if (await isWithTeam(tx, threadId)) return;
      if (act === 'close') {
        if (context.post.reminded_at !== null) await close(context);
        return;
      }
      const { author_id: authorId } = context.thread;
      await changePost(tx, threadId, { reminded_at: steadyNow() });
      if (authorId === null) return;
      await say(context, {
        ...{ is: 'reminder', authorId, closesInMs: closesAfter(context.thread) || null },
        mayAskTeam: await mayAskTeam(context),
      });
    },
  });

  return { bring, watchWaiting, watchStale, handlers: [unanswered, staleTimer, stale] as const };
}

export type Waiting = ReturnType<typeof createWaiting>;
