import { getSettings } from '../settings.ts';
import { openEventStream, type PanelListener } from './eventStream.ts';

const listeners = new Set<PanelListener>();
let stop: (() => void) | undefined;

/**
 * Calls the listener for the bridge's live events until the returned function is called. All listeners share one stream,
 * which closes with the last of them.
 */
export function subscribeToPanelEvents(listener: PanelListener): () => void {
  if (!getSettings().bridgeUrl) return () => undefined;
  listeners.add(listener);
  stop ??= openEventStream({
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
