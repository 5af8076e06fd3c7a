import * as React from 'react';

/** Calls `onDismiss` for the Escape key within it; the innermost of several takes it. */
export const Dismissable: React.FC<{ onDismiss: () => void }> = ({ onDismiss, children }) => (
  // biome-ignore lint/a11y/noStaticElementInteractions: the controls within it are what is interacted with.
  <div
    onKeyDown={(event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      onDismiss();
    }}
  >
    {children}
  </div>
);
