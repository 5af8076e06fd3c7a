import { findThread } from '../threads/threads.ts';
import { createActs } from './acts.ts';
import { createAdoption } from './adoption.ts';
import { createAnswering } from './answering.ts';
import { createContexts } from './context.ts';
import { createDesk } from './desk.ts';
import { createEnding } from './ending.ts';
import { createGuard } from './guard.ts';
import { createIncidentCards } from './incident-cards.ts';
import { isNotLearned, setLearning, solvedPosts } from './learning.ts';
import type { ForumOptions } from './options.ts';
import { createWaiting } from './waiting.ts';

/** The forum desk: what public threads are answered with, how they end, and what is learned from them. */
export function createForum(options: ForumOptions) {
  const { store } = options;
  const contexts = createContexts(options);
  const incidentCards = createIncidentCards(contexts);
  const answering = createAnswering(options, contexts, incidentCards);
  const ending = createEnding(options, contexts);
  const waiting = createWaiting(options, contexts, ending);
  const acts = createActs(options, contexts, answering, ending, waiting);
  const guard = createGuard(options, contexts);
  return {
    desk: createDesk(options, contexts, ending, waiting, guard),
    handlers: [...answering.handlers, ...waiting.handlers, ...acts.handlers] as const,
    adoption: createAdoption(options),
    settings: options.settings,
    /** Says something of an incident in a thread; whether it is on its way. */
    sayOfIncident: incidentCards.sayOf,
    /** What people and agents do with threads; see ForumAct. */
    act: acts.do,
    /** A thread that is served; undefined for any other channel. */
    find: async (threadId: string) => {
      const thread = await findThread(store.db, threadId);
      const channel = thread && (await contexts.channels.find(thread.channel_id));
      return thread && channel && channel.ended_at === null ? { thread, channel } : undefined;
    },
    solvedPosts: solvedPosts(store),
    setLearning,
    /** Whether nothing may be learned from what somebody writes. */
    isNotLearned: (memberId: string) => isNotLearned(store.db, memberId),
  };
}

export type Forum = ReturnType<typeof createForum>;
