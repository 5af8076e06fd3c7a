import { defineEntry } from '../relay/entries.ts';
import { catchUpKey, timerLane, watchKey } from '../relay/keys.ts';
import { steadyNow } from '../store/clock.ts';
import { catchUp } from './agent-events.ts';
import { type ConversationContext, conversationQueries, placeOf } from './conversations.ts';
import type { SupportOptions } from './options.ts';

/** The longest a chat goes unchecked, in milliseconds. */
const MAX_WATCH_MS = 30 * 60_000;

/** Looks after a conversation with agents until it ends, should a webhook be lost. */
export const watchTimer = defineEntry(
  'timer.watch',
  ({ conversationId }: { conversationId: string }, notBefore: number) => {
    const key = watchKey(conversationId);
    return { lane: timerLane(key), key, notBefore };
  },
);

/** Has chats compared with what Twilio holds once they have been silent for a while, and now and then while they are not. */
export function createWatch({
  store,
  relay,
  checkQuietMs,
}: Pick<SupportOptions, 'store' | 'relay' | 'checkQuietMs'>) {
  const conversations = conversationQueries(store);

  return {
    /** Looks after a conversation from now on. */
    async watch({ tx, conversation }: ConversationContext): Promise<void> {
      const timer = watchTimer({ conversationId: conversation.id }, steadyNow() + checkQuietMs);
      await relay.append(tx, timer);
    },

    handlers: [
      watchTimer.handledBy({
        async run({ conversationId }, { key, createdAt, progress, save }) {
          const conversation = await conversations.find(conversationId);
          if (!conversation || conversation.phase === 'closed') return undefined;
          const { looks = 0, lookedAt = createdAt } = (progress ?? {}) as {
            looks?: number;
            lookedAt?: number;
          };
          const now = steadyNow();
          // A change of a time to come was noted by a process whose clock was wrong.
          const quiet = now >= conversation.changed_at ? now - conversation.changed_at : checkQuietMs;
          const dueInMs = Math.min(checkQuietMs - quiet, Math.min(lookedAt, now) + MAX_WATCH_MS - now);
          if (dueInMs > 0) return { againInMs: dueInMs };
          await save({ looks: looks + 1, lookedAt: now });
          await relay.commit([
            catchUp({ conversationId }, placeOf(conversation), catchUpKey(key, looks + 1)),
          ]);
          return { againInMs: Math.min(Math.max(quiet * 2, checkQuietMs), MAX_WATCH_MS) };
        },
      }),
    ] as const,
  };
}

export type Watch = ReturnType<typeof createWatch>;
