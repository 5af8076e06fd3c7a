import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { SecondaryText } from '../../SecondaryText.tsx';

interface Props {
  items: Array<{ key: string | number; label: string; value: number }>;
  format: (value: number) => string;
}

/** Things with a number each, as bars, in the order given. */
export const BarList = ({ items, format }: Props) => {
  const most = Math.max(1, ...items.map(({ value }) => value));
  return (
    <Box as="ol" margin="space0" padding="space0" display="flex" flexDirection="column" rowGap="space30">
      {items.map(({ key, label, value }) => (
        <Box
          key={key}
          as="li"
          display="grid"
          gridTemplateColumns="minmax(0, 2fr) minmax(0, 3fr)"
          columnGap="space50"
          alignItems="center"
        >
          <bdi>{label}</bdi>
          <Box display="flex" alignItems="center" columnGap="space30">
            <Box
              aria-hidden="true"
              height="sizeSquare40"
              borderRadius="borderRadius10"
              backgroundColor="colorBackgroundPrimary"
              style={{ width: `${(value / most) * 80}%` }}
            />
            <SecondaryText>{format(value)}</SecondaryText>
          </Box>
        </Box>
      ))}
    </Box>
  );
};
