import type { PanelEvent } from '@flexcord/shared/panel/events';

type ActivityEvent = Extract<PanelEvent, { type: 'activity' }>;

/** What a member was last seen doing, until when (milliseconds since the epoch). */
export interface ShownActivity {
  activity: ActivityEvent['activity'];
  memberName: string;
  until: number;
}

/** Discord itself shows typing for ten seconds; a change is news for a while; who has left stays away. */
const DISPLAY_DURATION_MS: Record<ActivityEvent['activity'], number> = {
  typing: 10_000,
  edited: 30_000,
  deleted: 30_000,
  'left-server': Number.POSITIVE_INFINITY,
};

/** What to show after an event; `shown` is what is shown now. */
export function afterEvent(
  shown: ShownActivity | null,
  event: PanelEvent,
  conversationSid: string,
  now: number,
): ShownActivity | null {
  if (event.type === 'suggestions-changed' && event.conversationSid === conversationSid) {
    // What was being typed has arrived; and who writes has not left for good.
    return shown?.activity === 'typing' || shown?.activity === 'left-server' ? null : shown;
  }
  if (event.type !== 'activity' || event.conversationSid !== conversationSid) return shown;
  const { activity, memberName } = event;
  return { activity, memberName, until: now + DISPLAY_DURATION_MS[activity] };
}
