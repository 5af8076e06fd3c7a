import { Box, type BoxProps } from '@twilio-paste/core/box';
import * as React from 'react';

/** Lays its children out below each other, `gap` apart. */
export const Column: React.FC<{ gap?: BoxProps['rowGap'] }> = ({ gap = 'space40', children }) => (
  <Box display="flex" flexDirection="column" rowGap={gap}>
    {children}
  </Box>
);
