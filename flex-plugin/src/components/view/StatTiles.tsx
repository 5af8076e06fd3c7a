import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { formatNumber } from '../../utils/format.ts';
import { Dot } from './Dot.tsx';

export interface Tile {
  id: string;
  label: string;
  count: number;
  /** As CSS; what its dot has. */
  color?: string;
  isPressed: boolean;
  onPress: () => void;
}

// In one row, which scrolls where the window is narrow: below it is what people came for.
const STYLE = `
.flexcord-tiles{display:grid;grid-auto-flow:column;grid-auto-columns:minmax(104px,1fr);gap:8px;overflow-x:auto;padding:2px;margin:-2px}`;

/** Numbers of things, each of which lists them when it is pressed. */
export const StatTiles = ({ label, tiles }: { label: string; tiles: Tile[] }) => (
  <Box role="group" aria-label={label} className="flexcord-tiles" flexShrink={0}>
    <style>{STYLE}</style>
    {tiles.map(({ id, label: name, count, color, isPressed, onPress }) => (
      <Box
        key={id}
        as="button"
        type="button"
        aria-pressed={isPressed}
        onClick={onPress}
        appearance="none"
        color="colorText"
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
        <Box as="span" fontSize="fontSize50" lineHeight="lineHeight50" fontWeight="fontWeightBold">
          {formatNumber(count)}
        </Box>
        <Box as="span" fontSize="fontSize20" lineHeight="lineHeight20" color="colorTextWeak">
          {color ? <Dot color={color} /> : null}
          {name}
        </Box>
      </Box>
    ))}
  </Box>
);
