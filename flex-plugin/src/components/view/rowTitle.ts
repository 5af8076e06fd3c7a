import type { BoxProps } from '@twilio-paste/core/box';

/** The look of what opens a row or a card: a link or a button. */
export const rowTitle: BoxProps = {
  color: 'colorText',
  fontWeight: 'fontWeightMedium',
  textDecoration: 'none',
  borderRadius: 'borderRadius10',
  _hover: { color: 'colorTextLink', textDecoration: 'underline' },
  _focusVisible: { boxShadow: 'shadowFocus', outline: 'none' },
};
