import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import type { ViewProps } from '../../../utils/views/load.ts';

/** The supervisors' view of all cases. */
export const CasesView = (_: ViewProps) => (
  <Box padding="space80">
    <h2>{text('FlexcordCasesHeading')}</h2>
  </Box>
);
