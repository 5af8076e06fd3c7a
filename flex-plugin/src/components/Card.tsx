import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

export const Card: React.FC = ({ children }) => (
  <Box
    padding="space40"
    borderWidth="borderWidth10"
    borderStyle="solid"
    borderColor="colorBorderWeaker"
    borderRadius="borderRadius20"
    backgroundColor="colorBackgroundBody"
  >
    {children}
  </Box>
);
