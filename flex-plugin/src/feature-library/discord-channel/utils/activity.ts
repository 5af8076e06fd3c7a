import type { PanelEvent } from '@flexcord/shared/panel/events';

type ActivityEvent = Extract<PanelEvent, { type: 'activity' }>;

/** The latest activity of a member; `until` is in milliseconds since the epoch. */
export interface VisibleActivity {
  activity: ActivityEvent['activity'];
  memberName: string;
  until: number;
}

/** How long each activity is shown, in ms. Discord itself shows typing for ten seconds. */
const DISPLAY_DURATION_MS: Record<ActivityEvent['activity'], number> = {
  typing: 10_000,
  edited: 30_000,
  deleted: 30_000,
  'left-server': Number.POSITIVE_INFINITY,
};

/** The activity to show after an event; `shown` is the one shown before. */
export function activityAfter(
  shown: VisibleActivity | null,
  event: PanelEvent,
  conversationSid: string,
  now: number,
): VisibleActivity | null {
  if (event.type === 'suggestions-changed' && event.conversationSid === conversationSid) {
    // The typed message has arrived, and a member who writes is back.
    return shown?.activity === 'typing' || shown?.activity === 'left-server' ? null : shown;
  }
  if (event.type !== 'activity' || event.conversationSid !== conversationSid) return shown;
  const { activity, memberName } = event;
  return { activity, memberName, until: now + DISPLAY_DURATION_MS[activity] };
}
