import type { Barrier } from '../../messages/notices.ts';
import { snowflakeTime } from '../../messages/snowflake.ts';
import type { Tx } from '../../store/open.ts';
import type { Conversation } from '../conversations.ts';
import { type BusinessHours, openingAt } from './hours.ts';

export interface BarrierOptions {
  /** Null: always open. */
  hours: BusinessHours | null;
  /** How long after a chat with a person the next one may begin, in milliseconds; 0 at once. */
  cooldownMs: number;
  /** The least age of a Discord account that may ask for a person, in milliseconds; 0 any. */
  minimumAgeMs: number;
}

/** Decides whether a member who asks for a person may have one now. The virtual agent is never barred. */
export function createBarriers({ hours, cooldownMs, minimumAgeMs }: BarrierOptions) {
  async function lastChatEnded(tx: Tx, { member_id, id }: Conversation): Promise<number | null> {
    const last = await tx
      .selectFrom('conversations')
      .select('closed_at')
      .where('member_id', '=', member_id)
      .where('thread_id', 'is', null)
      .where('id', '<>', id)
      .where('handed_over', '=', 1)
      .orderBy('opened_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return last?.closed_at ?? null;
  }

  return async function barrierFor(
    tx: Tx,
    conversation: Conversation,
    now = Date.now(),
  ): Promise<Barrier | null> {
    const oldEnough = snowflakeTime(conversation.member_id) + minimumAgeMs;
    if (minimumAgeMs > 0 && oldEnough > now) return { is: 'too-new', until: oldEnough };
    if (cooldownMs > 0) {
      const ended = await lastChatEnded(tx, conversation);
      if (ended !== null && ended + cooldownMs > now) return { is: 'cooldown', until: ended + cooldownMs };
    }
    const opening = hours ? openingAt(hours, now) : null;
    return opening && !opening.open ? { is: 'closed-hours', until: opening.opensAt } : null;
  };
}

export type BarrierFor = ReturnType<typeof createBarriers>;
