import type { EntryKey } from '../relay/keys.ts';
import type { Relay } from '../relay/relay.ts';
import type { Store, Tx } from '../store/open.ts';
import { type EscalationReason, escalateThread, releaseThread } from '../threads/requests.ts';
import type { PublicThread } from '../threads/threads.ts';

/** Why the team need not answer. */
export type ReleaseReason = 'answered' | 'solved' | 'closed' | 'private';

/** What is asked of the team's side. Both are called in the transaction that decides it, in the thread's lane. */
export interface Team {
  /** Brings a thread to the team. Nothing happens where it is with them. */
  escalate(tx: Tx, thread: PublicThread, reason: EscalationReason, cause: EntryKey): Promise<void>;
  /** The team need not answer any longer. `unlessAnswering`: not where somebody of the team does by now. */
  release(tx: Tx, thread: PublicThread, why: ReleaseReason, cause: EntryKey): Promise<void>;
}

/** Whether a thread is with the team. */
export async function isWithTeam(db: Tx | Store['db'], threadId: string): Promise<boolean> {
  const row = await db
    .selectFrom('conversations')
    .select('id')
    .where('thread_id', '=', threadId)
    .where('phase', '<>', 'closed')
    .executeTakeFirst();
  return row !== undefined;
}

/** The team as support reaches it: what is asked of it waits in the thread's lane. `words`: why it is released, for agents. */
export function teamOf(relay: Pick<Relay, 'append'>, words: Record<ReleaseReason, string>): Team {
  return {
    async escalate(tx, { id: threadId }, reason, cause) {
      await relay.append(tx, escalateThread({ threadId, reason }, cause));
    },
    async release(tx, { id: threadId }, why, cause) {
      const unlessAnswering = why === 'answered';
      await relay.append(tx, releaseThread({ threadId, words: words[why], unlessAnswering }, cause));
    },
  };
}
