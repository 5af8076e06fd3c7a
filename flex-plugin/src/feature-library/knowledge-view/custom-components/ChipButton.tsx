import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

/** A small button in a pill that adds something. */
export const ChipButton: React.FC<{ onClick: () => void; label: string; title?: string }> = ({
  onClick,
  label,
  title,
  children,
}) => (
  <Box
    as="button"
    type="button"
    aria-label={label}
    title={title}
    onClick={onClick}
    appearance="none"
    borderWidth="borderWidth10"
    borderStyle="solid"
    borderColor="colorBorderWeak"
    borderRadius="borderRadiusPill"
    paddingX="space30"
    paddingY="space10"
    backgroundColor="colorBackgroundBody"
    color="colorText"
    cursor="pointer"
    fontFamily="inherit"
    fontSize="fontSize20"
    lineHeight="lineHeight20"
    _hover={{ borderColor: 'colorBorderPrimary', color: 'colorTextPrimary' }}
    _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
  >
    {children}
  </Box>
);
