import * as React from 'react';

import { addView } from '../../../../view-loader/addView.tsx';

/** An open book; drawn here, because an icon library would add to the bundle. */
const icon = (
  <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" fill="none" stroke="currentColor">
    <path
      strokeWidth="1.6"
      strokeLinejoin="round"
      d="M12 6.5c-2-1.6-5-2-8.5-1.5v13c3.5-.5 6.5-.1 8.5 1.5 2-1.6 5-2 8.5-1.5v-13c-3.5-.5-6.5-.1-8.5 1.5zM12 6.5v13"
    />
  </svg>
);

export const componentHook = (): void => addView({ view: 'knowledge', label: 'FlexcordKnowledge', icon });
