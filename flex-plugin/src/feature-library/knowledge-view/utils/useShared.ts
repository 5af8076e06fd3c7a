import * as React from 'react';

export interface Shared<Value> {
  get(): Value;
  set(value: Value): void;
  watch(redraw: () => void): () => void;
}

/** A value that outlives the components that show it: Flex takes a view away when the supervisor looks at another one. */
export function shared<Value>(initial: Value, onChange?: (value: Value) => void): Shared<Value> {
  let current = initial;
  const watchers = new Set<() => void>();
  return {
    get: () => current,
    set(value) {
      current = value;
      onChange?.(value);
      for (const redraw of watchers) redraw();
    },
    watch(redraw) {
      watchers.add(redraw);
      return () => {
        watchers.delete(redraw);
      };
    },
  };
}

export function useShared<Value>(value: Shared<Value>): Value {
  const [, redraw] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => value.watch(redraw), [value]);
  return value.get();
}
