import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { type Variant, variantColors } from './variants.ts';

/** A message about the page or the form it stands in. */
export const Callout: React.FC<{ variant: Variant; role?: 'alert' | 'status' }> = ({
  variant,
  role = 'status',
  children,
}) => (
  <Box role={role} padding="space40" borderRadius="borderRadius20" {...variantColors[variant]}>
    {children}
  </Box>
);
