import * as React from 'react';

/** A coloured dot before a word, which says the same. */
export const Dot = ({ color }: { color: string }) => (
  <span
    aria-hidden="true"
    style={{
      ...{ display: 'inline-block', width: 8, height: 8, borderRadius: 4 },
      ...{ background: color, marginInlineEnd: 6, flexShrink: 0 },
    }}
  />
);
