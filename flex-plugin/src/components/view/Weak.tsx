import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

/** What is not there, in the place of a value. */
export const Weak: React.FC = ({ children }) => (
  <Box as="span" color="colorTextWeak">
    {children}
  </Box>
);
