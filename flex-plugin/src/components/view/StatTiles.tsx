import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { formatNumber } from '../../utils/format.ts';
import { type Variant, variantColors } from '../variants.ts';

export interface Tile {
  id: string;
  label: string;
  count: number;
  /** Colours the number. */
  variant?: Variant;
  isPressed: boolean;
  onPress: () => void;
}

/** Numbers of things, each of which lists them when it is pressed. */
export const StatTiles = ({ label, tiles }: { label: string; tiles: Tile[] }) => (
  <Box
    role="group"
    aria-label={label}
    display="grid"
    gridTemplateColumns="repeat(auto-fit, minmax(100px, 1fr))"
    columnGap="space30"
    rowGap="space30"
  >
    {tiles.map(({ id, label: name, count, variant = 'neutral', isPressed, onPress }) => (
      <Box
        key={id}
        as="button"
        type="button"
        aria-pressed={isPressed}
        onClick={onPress}
        appearance="none"
        display="flex"
        flexDirection="column"
        textAlign="start"
        fontFamily="inherit"
        paddingX="space40"
        paddingY="space30"
        cursor="pointer"
        borderWidth="borderWidth10"
        borderStyle="solid"
        borderColor={isPressed ? 'colorBorderPrimary' : 'colorBorderWeaker'}
        borderRadius="borderRadius20"
        backgroundColor={isPressed ? 'colorBackgroundPrimaryWeakest' : 'colorBackgroundBody'}
        _hover={{ borderColor: 'colorBorderPrimary' }}
        _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
      >
        <Box
          as="span"
          fontSize="fontSize50"
          lineHeight="lineHeight50"
          fontWeight="fontWeightBold"
          color={variantColors[variant].color}
        >
          {formatNumber(count)}
        </Box>
        <Box as="span" fontSize="fontSize20" lineHeight="lineHeight20" color="colorTextWeak">
          {name}
        </Box>
      </Box>
    ))}
  </Box>
);
