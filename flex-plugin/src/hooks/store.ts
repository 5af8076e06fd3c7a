import * as React from 'react';

export interface Store<Value> {
  get(): Value;
  set(value: Value): void;
  /** Calls `listener` after every change until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

/** State that outlives the components that show it: Flex unmounts a view or a panel when the agent looks at another one. */
export function createStore<Value>(initial: Value, onChange?: (value: Value) => void): Store<Value> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set(value) {
      current = value;
      onChange?.(value);
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

export function useStore<Value>(store: Store<Value>): Value {
  const [, rerender] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => store.subscribe(rerender), [store]);
  return store.get();
}
