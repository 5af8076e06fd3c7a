import { defineEntry } from '../relay/entries.ts';
import { consequenceKey, type EntryKey, taskMissingCause, taskTimerKey, timerLane } from '../relay/keys.ts';
import type { Relay } from '../relay/relay.ts';
import { steadyNow } from '../store/clock.ts';
import type { ApplyEvent, ConversationActions, ConversationContext } from './conversations.ts';
import type { SupportOptions } from './options.ts';
import { newInteraction } from './outgoing.ts';

/** The longest that a conversation which waits for an agent goes unchecked, in milliseconds. */
const MAX_TASK_CHECK_MS = 30 * 60_000;

/** Looks whether a conversation has a task in Flex; again and again while it waits for an agent, unless `once`. */
export const taskTimer = defineEntry(
  'timer.task',
  (_: { conversationId: string; once?: boolean }, cause: EntryKey, notBefore: number) => {
    const key = taskTimerKey(cause);
    return { lane: timerLane(key), key, notBefore };
  },
);

/** From `afterMs` on it is made sure that the conversation has a task, whoever was to bring it to Flex. */
export async function expectTask(
  relay: Relay,
  { tx, conversation, cause }: ConversationContext,
  afterMs: number,
): Promise<void> {
  await relay.append(tx, taskTimer({ conversationId: conversation.id }, cause, steadyNow() + afterMs));
}

/**
 * Makes sure that nobody waits without a task. Whether one was made cannot be heard for certain: Studio may not have
 * understood the answer, Flex may have failed to make the channel, a task may have been cancelled, and where an account
 * routes in its own way Flex makes none when a member comes back.
 */
export function createTaskWatch(
  { store, relay, twilioQueries, checkQuietMs }: SupportOptions,
  { conversations, contextOf, say }: ConversationActions,
  applyEvent: ApplyEvent,
) {
  /** A conversation that waits is brought to Flex; the member hears it where a task was there before. */
  async function bring(context: ConversationContext, wasCancelled: boolean): Promise<void> {
    const { tx, conversation, cause } = context;
    await relay.append(tx, newInteraction({ conversationId: conversation.id, onlyIfMissing: true }, cause));
    if (!wasCancelled) return;
    const notice = {
      is: 'still-waiting',
      caseNumber: conversation.case_number,
      conversationId: conversation.id,
    } as const;
    await say(context, 'waiting', notice);
  }

  /** Everybody who was in the chat has left it. */
  async function allLeft(context: ConversationContext): Promise<void> {
    const agents = await conversations.agentsOf(context.tx, context.conversation.id);
    const present = agents.filter(({ left_at }) => !left_at);
    for (const [index, agent] of present.entries()) {
      await conversations.changeAgent(context.tx, agent.id, { left_at: steadyNow() });
      const cause = consequenceKey('left', taskMissingCause(context.cause, index));
      const remaining = present.length - index - 1;
      await applyEvent({ ...context, cause, agentName: agent.name }, { is: 'agent-left', remaining });
    }
  }

  return {
    handlers: [
      taskTimer.handledBy({
        async run({ conversationId, once }, { key, progress, save }) {
          const conversation = await conversations.find(conversationId);
          const isWaiting = conversation?.phase === 'queued';
          if (!isWaiting && !(once && conversation?.phase === 'agent')) return undefined;
          const looks = ((progress as { looks?: number } | null)?.looks ?? 0) + 1;
          // Not there before Twilio can be reached; the conversation opens with the member's first message.
          const tasks = conversation.twilio_sid ? await twilioQueries.tasksOf(conversation.twilio_sid) : null;
          if (tasks && !tasks.some(({ isLive }) => isLive)) {
            await save({ looks });
            const cause = taskMissingCause(key, looks);
            await store.transact(async (tx) => {
              const context = await contextOf(tx, conversationId, cause);
              if (context?.conversation.phase === 'queued')
                await bring(
                  context,
                  tasks.some(({ isCancelled }) => isCancelled),
                );
              if (context?.conversation.phase === 'agent') await allLeft(context);
            });
          }
          if (once) return undefined;
          return { againInMs: Math.min(checkQuietMs * 2 ** (looks - 1), MAX_TASK_CHECK_MS) };
        },
      }),
    ] as const,
  };
}
