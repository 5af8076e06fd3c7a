import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

/** Text that people wrote: in its own direction, with its line breaks, never wider than its container. */
export const UserText: React.FC<{ as?: 'div' | 'span' | 'strong' }> = ({ as = 'div', children }) => (
  <Box
    as={as}
    dir="auto"
    whiteSpace="pre-wrap"
    fontWeight={as === 'strong' ? 'fontWeightSemibold' : undefined}
  >
    {children}
  </Box>
);
