import type { PanelEvent } from '@flexcord/shared/panel/events';
import * as React from 'react';

import { subscribeToPanelEvents } from '../utils/bridge/panelEvents.ts';
import { applyPanelEvent, queryClient } from '../utils/bridge/queryClient.ts';

/** Keeps the queries on the screen up to date with the bridge's live events; `onEvent` must not change between renders. */
export function useLiveUpdates(onEvent?: (event: PanelEvent) => void): void {
  React.useEffect(() => {
    let wasConnected = true;
    return subscribeToPanelEvents({
      onEvent: (event) => {
        applyPanelEvent(event);
        onEvent?.(event);
      },
      onConnection: (connected) => {
        // What failed while the bridge was away is fetched as soon as it is back.
        if (connected && !wasConnected) void queryClient.invalidateQueries();
        wasConnected = connected;
      },
    });
  }, [onEvent]);
}
