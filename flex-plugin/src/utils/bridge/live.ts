import { getSettings } from '../settings.ts';
import { type PanelListener, readPanelEvents } from './events.ts';

const listeners = new Set<PanelListener>();
let stop: (() => void) | undefined;

/**
 * Hears the bridge's live events until the returned function is called. However many parts of Flex listen, there is one
 * stream; it ends with its last listener.
 */
export function followPanelEvents(listener: PanelListener): () => void {
  if (!getSettings().bridgeUrl) return () => undefined;
  listeners.add(listener);
  stop ??= readPanelEvents({
    onEvent: (event) => {
      for (const { onEvent } of listeners) onEvent(event);
    },
    onConnection: (connected) => {
      for (const { onConnection } of listeners) onConnection?.(connected);
    },
  });
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    stop?.();
    stop = undefined;
  };
}
