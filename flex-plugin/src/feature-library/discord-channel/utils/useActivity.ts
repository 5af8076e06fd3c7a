import * as React from 'react';

import { subscribeToPanelEvents } from '../../../utils/bridge/panelEvents.ts';
import { activityAfter, type VisibleActivity } from './activity.ts';

/** The activity of a conversation's member that is shown now; null where there is none. */
export function useActivity(conversationSid: string): VisibleActivity | null {
  const [shown, show] = React.useState<VisibleActivity | null>(null);
  React.useEffect(() => {
    show(null);
    return subscribeToPanelEvents({
      onEvent: (event) => show((before) => activityAfter(before, event, conversationSid, Date.now())),
    });
  }, [conversationSid]);
  React.useEffect(() => {
    if (!shown || shown.until === Number.POSITIVE_INFINITY) return undefined;
    const timer = setTimeout(() => show(null), shown.until - Date.now());
    return () => clearTimeout(timer);
  }, [shown]);
  return shown;
}
