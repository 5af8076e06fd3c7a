import type { PanelEvent } from '@flexcord/shared/panel/events';
import type { Logger } from 'pino';
import { findMember } from '../members/members.ts';
import type { Store } from '../store/open.ts';
import type { ConversationQueries } from '../support/conversations.ts';
import type { LiveEvents } from './live-events.ts';

type Activity = Extract<PanelEvent, { type: 'activity' }>['activity'];

export interface ActivityOptions {
  store: Store;
  conversations: Pick<ConversationQueries, 'find' | 'findOpenOf'>;
  live: Pick<LiveEvents, 'publish'>;
  logger: Logger;
  /** The activities that are published. */
  shown: ReadonlySet<string>;
}

/**
 * Tells agents what a member does besides writing. Best effort, as all live events: nothing waits for it, and it is not
 * told twice. What happens in a conversation that is over, or that no agent can see, is told to nobody.
 */
export function createActivity({ store, conversations, live, logger, shown }: ActivityOptions) {
  type Conversation = Awaited<ReturnType<ActivityOptions['conversations']['findOpenOf']>>;

  function tell(activity: Activity, lookUp: () => Promise<Conversation>): void {
    if (!shown.has(activity)) return;
    const publish = async () => {
      const conversation = await lookUp();
      if (!conversation?.twilio_sid || conversation.phase === 'closed') return;
      const member = await findMember(store.db, conversation.member_id);
      if (!member || member.blocked_at !== null) return;
      live.publish({
        type: 'activity',
        conversationSid: conversation.twilio_sid,
        memberName: member.name,
        activity,
      });
    };
    publish().catch((err: unknown) => logger.warn({ err, activity }, 'an activity is not shown'));
  }

  return {
    typing: (memberId: string) => tell('typing', () => conversations.findOpenOf(memberId)),
    leftServer: (memberId: string) => tell('left-server', () => conversations.findOpenOf(memberId)),
    changed: (conversationId: string, change: 'edited' | 'deleted') =>
      tell(change, () => conversations.find(conversationId)),
  };
}
