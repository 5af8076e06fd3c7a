import type { PanelEvent } from '@flexcord/shared/panel/events';
import pRetry from 'p-retry';
import type { Logger } from 'pino';
import { MAX_NOTICE_BYTES, type Notices } from '../store/notices.ts';

/** An event with the id under which a reader may resume, at whichever process. */
export interface NumberedEvent {
  id: string;
  event: PanelEvent;
}

export interface LiveEvents {
  /** Tells the readers of all processes. Nobody waits for it: what cannot be told for long becomes one `resync`. */
  publish(event: PanelEvent): void;
  /**
   * Hands over what came after `lastId` and everything from now on, until the returned function is called. A reader
   * whose last event is no longer here gets `resync` first.
   */
  subscribe(lastId: string | null, hear: (event: NumberedEvent) => void): () => void;
  /** Begins to hear what is published, and has the readers of all processes start afresh: a process that died may have owed them an event. */
  listen(): Promise<void>;
  /** Tells nothing any more. */
  stop(): void;
}

export interface LiveEventsOptions {
  notices: Notices;
  logger: Pick<Logger, 'warn'>;
  /** Events that can be resumed. Default 1000. */
  kept?: number;
}

const DEFAULT_KEPT = 1000;
/** Events that wait to be told while the store is away; beyond them readers start afresh. */
const MAX_UNTOLD = 500;
/** In milliseconds. */
const RETRY = { retries: Number.POSITIVE_INFINITY, minTimeout: 50, maxTimeout: 2_000 };
const RESYNC: PanelEvent = { type: 'resync' };

/**
 * The live events of all processes of a store, the last `kept` of which can be resumed. They go through the store's
 * notices, those of this process too, so that all processes hear them in one order and under one id: a reader that comes
 * back to another process goes on where it was. Where a process may have missed some, it forgets those before, and its
 * readers get `resync`.
 */
export function createLiveEvents({ notices, logger, kept = DEFAULT_KEPT }: LiveEventsOptions): LiveEvents {
  const run = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
  const listeners = new Set<(event: NumberedEvent) => void>();
  let published = 0;
  const nextId = () => {
    published += 1;
    return `${run}-${published}`;
  };
  /** Never empty; the events that can be resumed come after the first. */
  let ring: NumberedEvent[] = [{ id: nextId(), event: RESYNC }];
  let untold: NumberedEvent[] = [];
  let telling = false;
  const stopping = new AbortController();

  function heard(text: string): void {
    for (const event of JSON.parse(text) as NumberedEvent[]) {
      ring.push(event);
      for (const hear of listeners) hear(event);
    }
    ring.splice(0, ring.length - kept - 1);
  }

  function missed(): void {
    ring = [{ id: nextId(), event: RESYNC }];
    for (const { id, event } of ring) for (const hear of listeners) hear({ id, event });
  }

  async function tell(): Promise<void> {
    telling = true;
    while (untold.length > 0) {
      const told = untold.splice(0, fitting(untold));
      const announced = pRetry(() => notices.announce('live', JSON.stringify(told)), {
        ...RETRY,
        signal: stopping.signal,
        onFailedAttempt: ({ error }) => logger.warn({ err: error }, 'live events could not be told yet'),
      });
      // Rejects when this process stops; the next start has all readers start afresh.
      await announced.catch(() => {});
    }
    telling = false;
  }

  function publish(event: PanelEvent): void {
    const next = { id: nextId(), event };
    if (untold.length >= MAX_UNTOLD || bytesOf(next) > MAX_NOTICE_BYTES - 2)
      untold = [{ id: next.id, event: RESYNC }];
    else untold.push(next);
    if (!telling && !stopping.signal.aborted) void tell();
  }

  return {
    publish,
    subscribe(lastId, hear) {
      if (lastId !== null) {
        const place = ring.findLastIndex(({ id }) => id === lastId);
        const last = ring.at(-1);
        if (place >= 0) for (const event of ring.slice(place + 1)) hear(event);
        else if (last) hear({ id: last.id, event: RESYNC });
      }
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
    async listen() {
      await notices.listen('live', { heard, missed });
      publish(RESYNC);
    },
    stop: () => stopping.abort(),
  };
}

const bytesOf = (event: NumberedEvent) => Buffer.byteLength(JSON.stringify(event)) + 1;

/** How many of the events fit into one notice. */
function fitting(events: readonly NumberedEvent[]): number {
  let bytes = 2;
  const tooMany = events.findIndex((event) => {
    bytes += bytesOf(event);
    return bytes > MAX_NOTICE_BYTES;
  });
  return tooMany < 0 ? events.length : tooMany;
}
