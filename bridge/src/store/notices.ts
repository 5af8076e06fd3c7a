/**
 * What the processes of a store tell each other. `work`: a lane has something to do; without a text, since whoever hears
 * it looks. `live`: events of the panel.
 */
export type Topic = 'work' | 'live';

export interface TopicListener {
  /** Called for each text in the one order in which every listener of the topic hears them. */
  heard(text: string): void;
  /** Texts may have been told that this listener does not hear: a connection was lost. Also called when it begins to listen. */
  missed(): void;
}

/** Carries texts of up to MAX_NOTICE_BYTES between the processes of a store; to whoever listens, and kept nowhere. */
export interface Notices {
  /** Resolves once all who listen will hear it, this process among them. */
  announce(topic: Topic, text?: string): Promise<void>;
  /** Resolves once it listens. */
  listen(topic: Topic, listener: TopicListener): Promise<void>;
}

/** PostgreSQL takes less than 8,000 (https://www.postgresql.org/docs/current/sql-notify.html). */
export const MAX_NOTICE_BYTES = 7_900;

/** For a store with one process: texts are heard at once, and none is missed. */
export function createLocalNotices(): Notices {
  const listeners = new Map<Topic, Set<TopicListener>>();
  return {
    async announce(topic, text = '') {
      for (const { heard } of listeners.get(topic) ?? []) heard(text);
    },
    async listen(topic, listener) {
      const own = listeners.get(topic) ?? new Set();
      listeners.set(topic, own.add(listener));
      listener.missed();
    },
  };
}
