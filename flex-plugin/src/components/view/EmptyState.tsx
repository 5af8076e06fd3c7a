import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

/** What stands in the place of a list without items: what is missing, and how to get some. */
export const EmptyState: React.FC<{ heading: string }> = ({ heading, children }) => (
  <Box
    display="flex"
    flexDirection="column"
    alignItems="center"
    rowGap="space30"
    paddingX="space60"
    paddingY="space100"
    textAlign="center"
    color="colorTextWeak"
    borderWidth="borderWidth10"
    borderStyle="dashed"
    borderColor="colorBorderWeaker"
    borderRadius="borderRadius30"
  >
    <Box as="strong" color="colorText" fontSize="fontSize40" fontWeight="fontWeightSemibold">
      {heading}
    </Box>
    <Box maxWidth="480px">{children}</Box>
  </Box>
);
