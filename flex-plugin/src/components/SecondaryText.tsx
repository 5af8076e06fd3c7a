import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

/** Small, weaker text for what is read second: dates, names, help. */
export const SecondaryText: React.FC = ({ children }) => (
  <Box as="span" fontSize="fontSize20" color="colorTextWeak">
    {children}
  </Box>
);
