import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

/** Terms and their values in two aligned columns. */
export const DefinitionList = ({ items }: { items: Array<[term: string, value: string]> }) => (
  <Box
    as="dl"
    display="grid"
    gridTemplateColumns="fit-content(45%) minmax(0, 1fr)"
    columnGap="space50"
    rowGap="space20"
    margin="space0"
  >
    {items.map(([term, value]) => (
      <React.Fragment key={term}>
        <Box as="dt" color="colorTextWeak">
          {term}
        </Box>
        <Box as="dd" margin="space0" dir="auto" textAlign="left">
          {value}
        </Box>
      </React.Fragment>
    ))}
  </Box>
);
