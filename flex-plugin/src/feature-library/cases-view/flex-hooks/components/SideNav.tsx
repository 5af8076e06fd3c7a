import * as React from 'react';

import { addView } from '../../../../view-loader/addView.tsx';

/** A folder with a tick; drawn here, because an icon library would add to the bundle. */
const icon = (
  <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" fill="none" stroke="currentColor">
    <path strokeWidth="1.6" strokeLinejoin="round" d="M3.5 6.5h6l2 2h9v10h-17zM8.5 13.5l2.3 2.3 4.2-4.2" />
  </svg>
);

export const componentHook = (): void => addView({ view: 'cases', label: 'FlexcordCases', icon });
