import type { Handler, Relay } from '../relay/relay.ts';
import type { Store, Tx } from '../store/open.ts';
import { type Conversation, conversationQueries } from './conversations.ts';
import { memberLane, type Payloads, timerLane } from './entries.ts';

export interface InactivityOptions {
  store: Store;
  relay: Relay<Payloads>;
  /** Silence of the member after which they are reminded, in milliseconds; 0 never. */
  reminderMs: number;
  /** Further silence after which the conversation is closed, in milliseconds; 0 never. */
  closeMs: number;
}

/** Only while the next word is the member's: whoever waits for us is never closed. */
const MEMBERS_TURN = new Set<Conversation['phase']>(['bot', 'agent']);

/**
 * Watches for members who have gone. The timer is a journal entry, so it outlives a restart; what it leads to is
 * decided in the member's lane, where a word that came meanwhile is known.
 */
export function createInactivity({ store, relay, reminderMs, closeMs }: InactivityOptions) {
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

  const run: Handler<Payloads['timer.idle']>['run'] = async ({ conversationId }) => {
    const conversation = await conversations.find(conversationId);
    if (!conversation || conversation.phase === 'closed') return undefined;
    const { act, inMs } = wait(conversation, Date.now());
    if (!act || inMs > 0) return { againInMs: inMs };
    const since = conversation.waiting_since ?? 0;
    await relay.commit([
      {
        lane: memberLane(conversation.member_id),
        key: `${act}:${conversationId}:${since}`,
        kind: 'in.idle',
        payload: { conversationId, act, since },
      },
    ]);
    return { againInMs: closeMs || first };
  };

  return {
    handlers: { 'timer.idle': { run } },

    /** Somebody has answered: from now on it is the member's turn. */
    async begin(tx: Tx, conversation: Conversation): Promise<void> {
      if (first === 0) return;
      conversation.waiting_since = Date.now();
      conversation.reminded_at = null;
      await conversations.change(tx, conversation.id, {
        waiting_since: conversation.waiting_since,
        reminded_at: null,
      });
      const key = `idle:${conversation.id}`;
      await relay.append(tx, {
        lane: timerLane(key),
        key,
        kind: 'timer.idle',
        notBefore: Date.now() + first,
        payload: { conversationId: conversation.id },
      });
    },

    /** The member has done something. */
    async end(tx: Tx, conversation: Conversation): Promise<void> {
      if (conversation.waiting_since === null) return;
      conversation.waiting_since = null;
      await conversations.change(tx, conversation.id, { waiting_since: null, reminded_at: null });
    },

    /** Whether the member has been silent since, and it is still their turn. */
    holds: (conversation: Conversation, since: number) =>
      conversation.waiting_since === since && MEMBERS_TURN.has(conversation.phase),

    reminded: (tx: Tx, conversation: Conversation) =>
      conversations.change(tx, conversation.id, { reminded_at: Date.now() }),
  };
}

export type Inactivity = ReturnType<typeof createInactivity>;

const due = (act: 'remind' | 'close', inMs: number) => ({ act, inMs: Math.max(0, inMs) });
