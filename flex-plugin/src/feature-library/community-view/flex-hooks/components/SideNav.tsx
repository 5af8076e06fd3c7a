import * as React from 'react';

import { addView } from '../../../../view-loader/addView.tsx';

/** Two speech bubbles; drawn here, because an icon library would add to the bundle. */
const icon = (
  <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" fill="none" stroke="currentColor">
    <path
      strokeWidth="1.6"
      strokeLinejoin="round"
      d="M3.5 4.5h11v8h-6l-3 3v-3h-2zM16.5 9h4v8h-2v3l-3-3h-6v-2"
    />
  </svg>
);

export const componentHook = (): void => addView({ view: 'community', label: 'FlexcordCommunity', icon });
