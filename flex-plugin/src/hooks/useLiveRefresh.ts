import type { PanelEvent } from '@flexcord/shared/panel/events';
import * as React from 'react';

import { queryClient } from '../utils/bridge/queryClient.ts';
import { useLiveUpdates } from './useLiveUpdates.ts';

/**
 * As `useLiveUpdates`, and fetches what a view shows (`root`: the prefix of the keys of its queries) again after events of a
 * type; those within `delayMs` milliseconds are one. No argument may change between renders.
 */
export function useLiveRefresh(root: string, type: PanelEvent['type'], delayMs: number): void {
  const timer = React.useRef<ReturnType<typeof setTimeout>>();
  const onEvent = React.useCallback(
    (event: PanelEvent) => {
      if (event.type !== type) return;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void queryClient.invalidateQueries([root]), delayMs);
    },
    [root, type, delayMs],
  );
  useLiveUpdates(onEvent);
  React.useEffect(() => () => clearTimeout(timer.current), []);
}
