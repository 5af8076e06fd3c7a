import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { Column } from '../../../components/Column.tsx';
import { SecondaryText } from '../../../components/SecondaryText.tsx';

/** A part of the page under its heading. */
export const Section: React.FC<{ heading: string; help?: string }> = ({ heading, help, children }) => (
  <Box as="section" aria-label={heading}>
    <Column>
      <Box
        as="h2"
        margin="space0"
        fontSize="fontSize40"
        lineHeight="lineHeight40"
        fontWeight="fontWeightSemibold"
      >
        {heading}
      </Box>
      {help ? <SecondaryText>{help}</SecondaryText> : null}
      {children}
    </Column>
  </Box>
);
