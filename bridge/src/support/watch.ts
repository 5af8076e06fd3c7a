import { defineEntry } from '../relay/entries.ts';
import { catchUpKey, timerLane, watchKey } from '../relay/keys.ts';
import { catchUp } from './agent-events.ts';
import type { ConversationContext } from './conversations.ts';
import { conversationQueries } from './conversations.ts';
import type { SupportOptions } from './options.ts';

/** The longest a silent chat goes unchecked, in milliseconds. */
const MAX_WATCH_MS = 30 * 60_000;

/** Looks after a conversation with agents until it ends, should a webhook be lost. */
export const watchTimer = defineEntry(
  'timer.watch',
  ({ conversationId }: { conversationId: string }, notBefore: number) => {
    const key = watchKey(conversationId);
    return { lane: timerLane(key), key, notBefore };
  },
);

/** Fetches what Twilio holds of chats that have been silent for a while. */
export function createWatch({
  store,
  relay,
  checkQuietMs,
}: Pick<SupportOptions, 'store' | 'relay' | 'checkQuietMs'>) {
  const conversations = conversationQueries(store);

  return {
    /** Looks after a conversation from now on. */
    async watch({ tx, conversation }: ConversationContext): Promise<void> {
      const timer = watchTimer({ conversationId: conversation.id }, Date.now() + checkQuietMs);
      await relay.append(tx, timer);
    },

    handlers: [
      watchTimer.handledBy({
        async run({ conversationId }, { key, progress, save }) {
          const conversation = await conversations.find(conversationId);
          if (!conversation || conversation.phase === 'closed') return undefined;
          const quiet = Date.now() - conversation.changed_at;
          if (quiet < checkQuietMs) return { againInMs: checkQuietMs - quiet };
          const look = ((progress as { looks?: number } | null)?.looks ?? 0) + 1;
          await save({ looks: look });
          await relay.commit([catchUp({ conversationId }, conversation.member_id, catchUpKey(key, look))]);
          return { againInMs: Math.min(quiet * 2, MAX_WATCH_MS) };
        },
      }),
    ] as const,
  };
}

export type Watch = ReturnType<typeof createWatch>;
