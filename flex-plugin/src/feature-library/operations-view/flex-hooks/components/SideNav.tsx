import * as React from 'react';

import { addView } from '../../../../view-loader/addView.tsx';

/** A pulse; drawn here, because an icon library would add to the bundle. */
const icon = (
  <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" fill="none" stroke="currentColor">
    <path strokeWidth="1.6" strokeLinejoin="round" strokeLinecap="round" d="M3 12h4l3-7 4 14 3-7h4" />
  </svg>
);

export const componentHook = (): void => addView({ view: 'operations', label: 'FlexcordOperations', icon });
