import { defineEntry, type Handler, type PayloadOf } from '../relay/entries.ts';
import { idleTimerKey, memberIdleKey, placeLane, timerLane } from '../relay/keys.ts';
import type { Relay } from '../relay/relay.ts';
import { steadyNow } from '../store/clock.ts';
import type { Store, Tx } from '../store/open.ts';
import type { ApplyEvent, ConversationActions } from './conversations.ts';
import { type Conversation, conversationQueries, placeOf } from './conversations.ts';

export interface InactivityOptions {
  store: Store;
  relay: Relay;
  /** Silence of the member after which they are reminded, in milliseconds; 0 never. */
  reminderMs: number;
  /** Further silence after which the conversation is closed, in milliseconds; 0 never. */
  closeMs: number;
  /** As SupportOptions has it. */
  caseTurned(memberId: string, caseNumber: number): void;
}

/** Only while the next word is the member's: whoever waits for us is never closed. */
const MEMBERS_TURN = new Set<Conversation['phase']>(['bot', 'agent']);

/** The member has been silent since it was their turn, in milliseconds since the epoch. */
export const memberIdle = defineEntry(
  'in.idle',
  (payload: { conversationId: string; act: 'remind' | 'close'; since: number }, placeId: string) => ({
    lane: placeLane(placeId),
    key: memberIdleKey(payload.act, payload.conversationId, payload.since),
  }),
);

/**
 * The member did something that is no word: a reaction, an edit, a press, a command, typing. It is still their turn, and the
 * silence is counted anew. Changes nothing where nobody waits for them, or in public.
 */
export async function memberIsThere(db: Tx | Store['db'], memberId: string): Promise<void> {
  await db
    .updateTable('conversations')
    .set({ waiting_since: steadyNow(), reminded_at: null })
    .where('member_id', '=', memberId)
    .where('thread_id', 'is', null)
    .where('phase', '<>', 'closed')
    .where('waiting_since', 'is not', null)
    .execute();
}

/** Looks whether a member has gone, until the conversation ends. */
export const idleTimer = defineEntry(
  'timer.idle',
  ({ conversationId }: { conversationId: string }, notBefore: number) => {
    const key = idleTimerKey(conversationId);
    return { lane: timerLane(key), key, notBefore };
  },
);

/**
 * Watches for members who have gone. The timer is a journal entry, so it outlives a restart; what it leads to is
 * decided in the member's lane, where a word that came meanwhile is known.
 */
export function createInactivity({ store, relay, reminderMs, closeMs, caseTurned }: InactivityOptions) {
  const conversations = conversationQueries(store);
  const first = reminderMs || closeMs;

  /** How long until something is due; 0 when it is now. */
  function wait(
    { waiting_since, reminded_at, phase }: Conversation,
    now: number,
  ): { act?: 'remind' | 'close'; inMs: number } {
    if (waiting_since === null || !MEMBERS_TURN.has(phase)) return { inMs: first };
    if (reminderMs && reminded_at === null) return due('remind', waiting_since + reminderMs - now);
    if (!closeMs) return { inMs: first };
    return due('close', (reminded_at ?? waiting_since) + closeMs - now);
  }

  const look: Handler<PayloadOf<typeof idleTimer>>['run'] = async ({ conversationId }) => {
    const conversation = await conversations.find(conversationId);
    if (!conversation || conversation.phase === 'closed') return undefined;
    const { act, inMs } = wait(conversation, steadyNow());
    // A sign of life may begin the silence anew meanwhile.
    if (!act || inMs > 0) return { againInMs: Math.min(inMs, first) };
    const since = conversation.waiting_since ?? 0;
    await relay.commit([memberIdle({ conversationId, act, since }, placeOf(conversation))]);
    return { againInMs: Math.min(first, closeMs || first) };
  };

  return {
    /** Somebody has answered: from now on it is the member's turn. */
    async begin(tx: Tx, conversation: Conversation): Promise<void> {
      const hasWaited = conversation.unanswered_since !== null;
      conversation.unanswered_since = null;
      const { case_number: number, member_id: memberId } = conversation;
      if (hasWaited && number !== null) store.afterCommit(tx, () => caseTurned(memberId, number));
      // In public nobody is asked whether they are still there.
      if (first === 0 || conversation.thread_id !== null) {
        if (hasWaited) await conversations.change(tx, conversation.id, { unanswered_since: null });
        return;
      }
      conversation.waiting_since = steadyNow();
      conversation.reminded_at = null;
      await conversations.change(tx, conversation.id, {
        waiting_since: conversation.waiting_since,
        unanswered_since: null,
        reminded_at: null,
      });
      await relay.append(tx, idleTimer({ conversationId: conversation.id }, steadyNow() + first));
    },

    handlers: ({ say, contextOf }: ConversationActions, applyEvent: ApplyEvent) =>
      [
        idleTimer.handledBy({ run: look }),
        memberIdle.handledBy({
          decide: async (tx, { conversationId, act, since }, { key }) => {
            const context = await contextOf(tx, conversationId, key);
            if (!context) return;
            const { conversation } = context;
            // They may have written meanwhile, or an agent may have gone.
            if (conversation.waiting_since !== since || !MEMBERS_TURN.has(conversation.phase)) return;
            if (act === 'close') {
              await applyEvent(context, { is: 'member-gone' });
              return;
            }
            await conversations.change(tx, conversationId, { reminded_at: steadyNow() });
            await say(context, 'still-there', { is: 'still-there', conversationId });
          },
        }),
      ] as const,
  };
}

export type Inactivity = ReturnType<typeof createInactivity>;

const due = (act: 'remind' | 'close', inMs: number) => ({ act, inMs: Math.max(0, inMs) });
