import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

export const SectionHeading: React.FC = ({ children }) => (
  <Box as="h3" margin="space0" fontSize="fontSize30" fontWeight="fontWeightSemibold" color="colorText">
    {children}
  </Box>
);
