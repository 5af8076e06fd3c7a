import * as React from 'react';

/**
 * What belongs to a key, drawn one paint later than the key has changed: what was pressed, and details that open, answer
 * at once, however long a table or a board takes.
 */
export function useAfterPaint(key: string, content: React.ReactElement): React.ReactElement {
  const [painted, setPainted] = React.useState(key);
  const kept = React.useRef(content);
  // The same element as before is not drawn again.
  if (painted === key) kept.current = content;
  React.useEffect(() => {
    if (painted === key) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setPainted(key));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [painted, key]);
  return kept.current;
}
