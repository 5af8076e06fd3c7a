import type { PanelEvent } from '@flexcord/shared/panel/events';

/** An event with the id under which a reader may resume. */
export interface NumberedEvent {
  id: string;
  event: PanelEvent;
}

export interface LiveEvents {
  publish(event: PanelEvent): void;
  /**
   * Hands over what came after `lastId` and everything from now on, until the returned function is called. A reader
   * whose last event is no longer here gets `resync` first.
   */
  subscribe(lastId: string | null, hear: (event: NumberedEvent) => void): () => void;
}

/**
 * The live events of this process, the last `kept` of which can be resumed. Ids rise within one run of the bridge and
 * begin with what tells the run, so that an id of another run, or of another bridge on the same store, is never
 * mistaken for one of this.
 */
export function createLiveEvents({ kept = 1000 }: { kept?: number } = {}): LiveEvents {
  const run = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
  const ring: { number: number; event: PanelEvent }[] = [];
  const listeners = new Set<(event: NumberedEvent) => void>();
  let last = 0;

  const numbered = (number: number, event: PanelEvent) => ({ id: `${run}-${number}`, event });

  /** The number of the last event that a reader has; null when later ones are no longer kept. */
  function placeOf(lastId: string): number | null {
    const [itsRun, digits] = lastId.split('-');
    const number = Number(digits);
    if (itsRun !== run || !Number.isInteger(number) || number < 0 || number > last) return null;
    return number >= last - ring.length ? number : null;
  }

  return {
    publish(event) {
      last += 1;
      ring.push({ number: last, event });
      if (ring.length > kept) ring.shift();
      for (const hear of listeners) hear(numbered(last, event));
    },
    subscribe(lastId, hear) {
      if (lastId !== null) {
        const place = placeOf(lastId);
        if (place === null) hear(numbered(last, { type: 'resync' }));
        else {
          for (const { number, event } of ring) if (number > place) hear(numbered(number, event));
        }
      }
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
  };
}
