import type { Handler } from '../relay/relay.ts';
import { memberLane, type Payloads } from './entries.ts';
import type { SupportOptions } from './options.ts';
import type { Stage } from './scene.ts';
import type { Turns } from './turns.ts';

/** The longest a silent chat goes unchecked, in milliseconds. */
const LONGEST_WATCH_MS = 30 * 60_000;

type TimerKind = 'in.turn-due' | 'timer.entry' | 'timer.watch';

/** What follows when time has passed. Every timer is a journal entry, so it outlives a restart. */
export function createTimerHandlers(
  { relay, checkQuietMs }: SupportOptions,
  { conversations, sceneOf }: Stage,
  turns: Turns,
): { [Kind in TimerKind]: Handler<Payloads[Kind]> } {
  return {
    'in.turn-due': {
      run: async ({ conversationId }, { key }) => ({
        commit: async (tx) => {
          const scene = await sceneOf(tx, conversationId, key);
          if (scene) await turns.overdue(scene);
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
        return { againInMs: Math.min(quiet * 2, LONGEST_WATCH_MS) };
      },
    },
  };
}
