import * as React from 'react';

import { keptDrafts } from '../utils/drafts.ts';

const drafts = keptDrafts('panel');

/**
 * Unsent input of an agent by key. It outlives its component and a reload of the page, so that changing the tab or the
 * task loses nothing. Setting the initial value removes it.
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
    if (value === initial) drafts.delete(key);
    else drafts.set(key, value);
    if (isShown.current) redraw();
  };
  return [drafts.has(key) ? (drafts.get(key) as Value) : initial, change];
}
