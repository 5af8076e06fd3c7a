import { PanelEvent } from '@flexcord/shared/panel/events';
import { panelRoutes } from '@flexcord/shared/panel/routes';
import { as } from './panel-bridge.ts';

interface Heard {
  id: string;
  event: PanelEvent;
}

/** Opens a stream of live events, as the panel does. */
export async function openEvents(url: string, token: string, lastId?: string) {
  const stop = new AbortController();
  const response = await fetch(url + panelRoutes.events, {
    headers: {
      authorization: `Bearer ${token}`,
      origin: 'https://flex.twilio.com',
      ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
    },
    signal: stop.signal,
  });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';

  /** The next event; null at the end of the stream. */
  async function next(): Promise<Heard | null> {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end < 0) {
        const { done, value } = await reader.read();
        if (done) return null;
        text += decoder.decode(value, { stream: true });
        continue;
      }
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const data = lines.find((line) => line.startsWith('data: '))?.slice(6);
      if (data === undefined) continue;
      const id = lines.find((line) => line.startsWith('id: '))?.slice(4) ?? '';
      return { id, event: as(PanelEvent, JSON.parse(data)) };
    }
  }

  return {
    response,
    next,
    close: () => stop.abort(),
    /** The next event of this type; those before it are passed over. */
    async until(type: PanelEvent['type']): Promise<Heard> {
      for (;;) {
        const heard = await next();
        if (!heard) throw new Error(`the stream ended before ${type}`);
        if (heard.event.type === type) return heard;
      }
    },
  };
}
