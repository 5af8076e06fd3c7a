import * as React from 'react';

const kept = new Map<string, unknown>();

/**
 * What an agent has typed and not sent, under a key that names its place. It outlives its component: a look at another
 * tab or task loses nothing. Setting the initial value forgets it.
 */
export function useDraft<Value>(key: string, initial: Value): [Value, (value: Value) => void] {
  const [, redraw] = React.useReducer((count: number) => count + 1, 0);
  const isShown = React.useRef(true);
  React.useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const change = (value: Value) => {
    if (value === initial) kept.delete(key);
    else kept.set(key, value);
    if (isShown.current) redraw();
  };
  return [kept.has(key) ? (kept.get(key) as Value) : initial, change];
}
