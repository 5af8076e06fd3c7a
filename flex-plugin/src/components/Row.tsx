import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

/** Lays its children out beside each other; they wrap where there is no room. */
export const Row: React.FC<{ label?: string }> = ({ label, children }) => (
  <Box
    display="flex"
    flexWrap="wrap"
    alignItems="center"
    columnGap="space30"
    rowGap="space20"
    aria-label={label}
  >
    {children}
  </Box>
);
