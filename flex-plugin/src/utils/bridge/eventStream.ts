import type { PanelEvent } from '@flexcord/shared/panel/events';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { createParser } from 'eventsource-parser';

import { authorization, bridgeUrl } from './client.ts';

const MIN_RETRY_DELAY_MS = 1_000;
const MAX_RETRY_DELAY_MS = 30_000;

export interface PanelListener {
  onEvent: (event: PanelEvent) => void;
  /** The stream is up (again), or it is down. */
  onConnection?: (connected: boolean) => void;
}

/**
 * Reads the bridge's live events until the returned function is called. Reconnects with backoff and jitter,
 * and with the id of the last event, so that the bridge can send what was missed. `EventSource` itself cannot carry
 * the agent's token in a header.
 */
export function openEventStream({ onEvent, onConnection }: PanelListener): () => void {
  const controller = new AbortController();
  let lastEventId: string | undefined;
  let retryMs = MIN_RETRY_DELAY_MS;

  const parser = createParser({
    onEvent: ({ data, id }) => {
      if (id) lastEventId = id;
      onEvent(JSON.parse(data) as PanelEvent);
    },
    onRetry: (ms) => {
      retryMs = Math.min(ms, MAX_RETRY_DELAY_MS);
    },
  });

  const readOnce = async () => {
    const response = await fetch(bridgeUrl(panelRoutes.events), {
      signal: controller.signal,
      headers: {
        ...authorization(),
        Accept: 'text/event-stream',
        ...(lastEventId ? { 'Last-Event-ID': lastEventId } : {}),
      },
    });
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    onConnection?.(true);
    retryMs = MIN_RETRY_DELAY_MS;
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      parser.feed(decoder.decode(chunk.value, { stream: true }));
    }
  };

  const readForever = async () => {
    while (!controller.signal.aborted) {
      await readOnce().catch(() => undefined);
      parser.reset();
      if (controller.signal.aborted) return;
      onConnection?.(false);
      await new Promise((resolve) => setTimeout(resolve, retryMs * (0.5 + Math.random())));
      retryMs = Math.min(retryMs * 2, MAX_RETRY_DELAY_MS);
    }
  };
  void readForever();
  return () => controller.abort();
}
