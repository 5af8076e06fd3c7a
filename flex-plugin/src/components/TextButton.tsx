import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

/** A button that looks like a link and wraps like text. */
export const TextButton: React.FC<{ onClick: () => void; strong?: boolean; label?: string }> = ({
  onClick,
  strong,
  label,
  children,
}) => (
  <Box
    as="button"
    type="button"
    dir="auto"
    aria-label={label}
    onClick={onClick}
    appearance="none"
    border="none"
    padding="space0"
    backgroundColor="transparent"
    color="colorTextLink"
    cursor="pointer"
    fontFamily="inherit"
    fontSize="inherit"
    fontWeight={strong ? 'fontWeightSemibold' : 'fontWeightNormal'}
    lineHeight="inherit"
    textAlign="start"
    overflowWrap="anywhere"
    borderRadius="borderRadius10"
    _hover={{ textDecoration: 'underline' }}
    _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
  >
    {children}
  </Box>
);
