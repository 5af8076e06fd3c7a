import * as React from 'react';

import { Floating } from './Floating.tsx';

let count = 0;

/** Says more about its children while they have the pointer or the focus; Escape puts it away. */
export const Hint: React.FC<{ hint: () => React.ReactNode }> = ({ hint, children }) => {
  const [anchor, setAnchor] = React.useState<Element | null>(null);
  const [id] = React.useState(() => {
    count += 1;
    return `flexcord-hint-${count}`;
  });
  const hide = () => setAnchor(null);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its children are what is pointed at; nothing is pressed here.
    <span
      aria-describedby={anchor ? id : undefined}
      onMouseEnter={(event) => setAnchor(event.currentTarget)}
      onMouseLeave={hide}
      onFocus={(event) => setAnchor(event.currentTarget)}
      onBlur={hide}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !anchor) return;
        event.preventDefault();
        hide();
      }}
    >
      {children}
      {anchor ? (
        <Floating
          anchor={anchor}
          mode="manual"
          role="tooltip"
          id={id}
          colors={{ color: 'colorTextInverse', backgroundColor: 'colorBackgroundInverse' }}
        >
          {hint()}
        </Floating>
      ) : null}
    </span>
  );
};
