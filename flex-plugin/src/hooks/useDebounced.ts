import * as React from 'react';

/** The value, once it has stood still for `delayMs`. */
export function useDebounced<Value>(value: Value, delayMs = 300): Value {
  const [settled, settle] = React.useState(value);
  React.useEffect(() => {
    const timer = setTimeout(() => settle(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return settled;
}
