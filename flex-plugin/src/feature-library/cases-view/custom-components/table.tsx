import { Box, type BoxProps } from '@twilio-paste/core/box';
import * as React from 'react';

// Paste's own table would bring a second copy of its styling library, 70 KB, into the views.

export const Table: React.FC<{ label: string }> = ({ label, children }) => (
  <Box
    overflowX="auto"
    overflowWrap="break-word"
    borderWidth="borderWidth10"
    borderStyle="solid"
    borderColor="colorBorderWeaker"
    borderRadius="borderRadius30"
  >
    <Box as="table" aria-label={label} width="100%" style={{ borderCollapse: 'collapse' }}>
      {children}
    </Box>
  </Box>
);

const cell: BoxProps = { paddingX: 'space40', paddingY: 'space40', textAlign: 'start' };

export const Th: React.FC<{ width?: string; sort?: 'ascending' | 'descending' }> = ({
  width,
  sort,
  children,
}) => (
  <Box
    as="th"
    {...cell}
    aria-sort={sort}
    width={width}
    fontSize="fontSize20"
    fontWeight="fontWeightSemibold"
    color="colorTextWeak"
    backgroundColor="colorBackground"
    whiteSpace="nowrap"
  >
    {children}
  </Box>
);

export const Tr: React.FC<{ isOn?: boolean }> = ({ isOn = false, children }) => (
  <Box
    as="tr"
    borderTopWidth="borderWidth10"
    borderTopStyle="solid"
    borderTopColor="colorBorderWeaker"
    backgroundColor={isOn ? 'colorBackgroundPrimaryWeakest' : 'colorBackgroundBody'}
  >
    {children}
  </Box>
);

export const Td: React.FC = ({ children }) => (
  <Box as="td" {...cell} verticalAlign="top">
    {children}
  </Box>
);
