import { BRIDGE_ACTOR } from '../../cases/case-change.ts';
import type { Cases } from '../../cases/cases.ts';
import { upsertSpeaker } from '../../members/members.ts';
import { defineEntry } from '../../relay/entries.ts';
import { consequenceKey, type EntryKey, placeLane, teamActKey } from '../../relay/keys.ts';
import type { Relay } from '../../relay/relay.ts';
import { steadyNow } from '../../store/clock.ts';
import type { Store, Tx } from '../../store/open.ts';
import type { ThreadAct, ThreadActor, ThreadActs } from '../../threads/acts.ts';
import { escalateThread, releaseThread } from '../../threads/requests.ts';
import {
  changeThread,
  findThread,
  lockThread,
  type PublicThread,
  threadLink,
} from '../../threads/threads.ts';
import { noticeToMember } from '../outgoing.ts';

/** The team does something with a public thread; `id` names the request. */
export const threadActed = defineEntry(
  'in.thread-acted',
  ({ threadId }: { threadId: string; act: ThreadAct; by: ThreadActor }, id: string) => ({
    lane: placeLane(threadId),
    key: teamActKey(id),
  }),
);

export interface ThreadActsOptions {
  store: Store;
  relay: Pick<Relay, 'append' | 'commit'>;
  cases: Pick<Cases, 'transition'>;
  /** What whoever looks at the task reads where a thread is with the team no longer. */
  words: { solved: string; closed: string };
  /** Called after the commit of a change. */
  changed(threadId: string): void;
}

/** What the team decides of public threads, where no forum desk does more with it. */
export function createThreadActs(
  options: ThreadActsOptions,
): ThreadActs & { handlers: readonly [ReturnType<typeof handlerOf>] } {
  const { relay, cases, words } = options;

  async function finish(
    tx: Tx,
    thread: PublicThread,
    change: Parameters<typeof changeThread>[2] & { state: 'solved' | 'closed' },
    cause: EntryKey,
  ): Promise<void> {
    await changeThread(tx, thread.id, { waiting_since: null, ...change });
    await relay.append(tx, releaseThread({ threadId: thread.id, words: words[change.state] }, cause));
  }

  async function act(tx: Tx, thread: PublicThread, what: ThreadAct, by: ThreadActor, cause: EntryKey) {
    const isOpen = thread.state === 'open';
    switch (what.is) {
      case 'ask-team':
        if (isOpen)
          await relay.append(
            tx,
            escalateThread({ threadId: thread.id, reason: { is: 'brought', by: by.name } }, cause),
          );
        return;
      case 'solution': {
        const { solution } = what;
        const solved = { solution_id: solution?.messageId ?? null, solved_by: solution?.authorId ?? null };
        await finish(tx, thread, { state: 'solved', solved_at: steadyNow(), ...solved }, cause);
        // What cannot be done to a case in its status is done already, or the team's own decision.
        if (thread.case_number !== null)
          await cases.transition(tx, thread.case_number, null, 'resolved', BRIDGE_ACTOR);
        return;
      }
      case 'close':
        if (isOpen) await finish(tx, thread, { state: 'closed' }, cause);
        return;
      case 'reopen':
        if (!isOpen)
          await changeThread(tx, thread.id, {
            ...{ state: 'open', solution_id: null, solved_by: null, solved_at: null, duplicate_of: null },
          });
        return;
      case 'duplicate': {
        const other = await findThread(tx, what.of);
        if (!other || other.id === thread.id || !isOpen) return;
        await finish(tx, thread, { state: 'closed', duplicate_of: other.id }, cause);
        if (thread.author_id === null) return;
        await upsertSpeaker(tx, { id: thread.author_id, name: thread.author_name || thread.author_id });
        const notice = { is: 'asked-before', title: other.title, url: threadLink(other) } as const;
        const said = { memberId: thread.author_id, threadId: thread.id, notice };
        await relay.append(tx, noticeToMember(said, consequenceKey('answer', cause)));
        return;
      }
    }
  }

  return {
    handlers: [handlerOf(options, act)] as const,
    do: (threadId, what, by, event) => relay.commit([threadActed({ threadId, act: what, by }, event)]),
  };
}

function handlerOf(
  { store, changed }: Pick<ThreadActsOptions, 'store' | 'changed'>,
  act: (tx: Tx, thread: PublicThread, what: ThreadAct, by: ThreadActor, cause: EntryKey) => Promise<void>,
) {
  return threadActed.handledBy({
    decide: async (tx, { threadId, act: what, by }, { key }) => {
      const thread = await lockThread(tx, threadId);
      if (!thread || thread.access === 'deleted') return undefined;
      await act(tx, thread, what, by, key);
      store.afterCommit(tx, () => changed(threadId));
      return undefined;
    },
  });
}
