import * as React from 'react';

import { subscribeToPanelEvents } from '../../../utils/bridge/panelEvents.ts';
import { afterEvent, type ShownActivity } from './activity.ts';

/** What the member of a conversation is doing now, as far as it is news. */
export function useActivity(conversationSid: string): ShownActivity | null {
  const [shown, show] = React.useState<ShownActivity | null>(null);
  React.useEffect(() => {
    show(null);
    return subscribeToPanelEvents({
      onEvent: (event) => show((before) => afterEvent(before, event, conversationSid, Date.now())),
    });
  }, [conversationSid]);
  React.useEffect(() => {
    if (!shown || shown.until === Number.POSITIVE_INFINITY) return undefined;
    const timer = setTimeout(() => show(null), shown.until - Date.now());
    return () => clearTimeout(timer);
  }, [shown]);
  return shown;
}
