import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { type Variant, variantColors } from './variants.ts';

/** A short status or property, coloured by what it means. */
export const Badge: React.FC<{ variant?: Variant }> = ({ variant = 'neutral', children }) => (
  <Box
    as="span"
    display="inline-block"
    maxWidth="100%"
    paddingX="space30"
    paddingY="space10"
    borderRadius="borderRadiusPill"
    fontSize="fontSize20"
    lineHeight="lineHeight20"
    fontWeight="fontWeightMedium"
    {...variantColors[variant]}
  >
    {children}
  </Box>
);
