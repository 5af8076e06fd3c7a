export interface Emitter<Events> {
  /** Returns the function that stops listening. */
  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void;
  /** Listens to every event; returns the function that stops listening. */
  onAny(listener: () => void): () => void;
  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void;
}

/** A typed event emitter; listeners run in the order in which they were added. */
export function createEmitter<Events>(): Emitter<Events> {
  const listeners = new Map<keyof Events, Set<(event: never) => void>>();
  const all = new Set<() => void>();
  return {
    on(name, listener) {
      const own = listeners.get(name) ?? new Set();
      listeners.set(name, own);
      own.add(listener);
      return () => void own.delete(listener);
    },
    onAny(listener) {
      all.add(listener);
      return () => void all.delete(listener);
    },
    emit(name, event) {
      for (const listener of [...(listeners.get(name) ?? [])]) listener(event as never);
      for (const listener of [...all]) listener();
    },
  };
}
