import type { Handler } from '../relay/relay.ts';
import type { ConversationActions } from './conversation-context.ts';
import { memberLane, type Payloads } from './entries.ts';
import type { SupportOptions } from './options.ts';
import type { Turns } from './turns.ts';

/** The longest a silent chat goes unchecked, in milliseconds. */
const MAX_WATCH_MS = 30 * 60_000;

type TimerKind = 'in.turn-due' | 'timer.entry' | 'timer.watch';

/** What follows when time has passed. Every timer is a journal entry, so it outlives a restart. */
export function createTimerHandlers(
  { relay, checkQuietMs }: SupportOptions,
  { conversations, contextOf }: ConversationActions,
  turns: Turns,
): { [Kind in TimerKind]: Handler<Payloads[Kind]> } {
  return {
    'in.turn-due': {
      run: async ({ conversationId }, { key }) => ({
        commit: async (tx) => {
          const context = await contextOf(tx, conversationId, key);
          if (context) await turns.overdue(context);
        },
      }),
    },

    'timer.entry': {
      run: async ({ entry }) => ({
        commit: async (tx) => {
          await relay.append(tx, entry);
        },
      }),
    },

    'timer.watch': {
      async run({ conversationId }, { key }) {
        const conversation = await conversations.find(conversationId);
        if (!conversation || conversation.phase === 'closed') return undefined;
        const quiet = Date.now() - conversation.changed_at;
        if (quiet < checkQuietMs) return { againInMs: checkQuietMs - quiet };
        await relay.commit([
          {
            lane: memberLane(conversation.member_id),
            key: `catch-up:${key}:${Math.floor(Date.now() / checkQuietMs)}`,
            kind: 'in.catch-up',
            payload: { conversationId },
          },
        ]);
        return { againInMs: Math.min(quiet * 2, MAX_WATCH_MS) };
      },
    },
  };
}
