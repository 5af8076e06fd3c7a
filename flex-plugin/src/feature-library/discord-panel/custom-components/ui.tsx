import { Box, type BoxProps } from '@twilio-paste/core/box';
import * as React from 'react';

import { flexLanguage } from '../../../utils/strings.ts';

/** Things set under each other with the same distance. */
export const Column: React.FC<{ gap?: BoxProps['rowGap'] }> = ({ gap = 'space40', children }) => (
  <Box display="flex" flexDirection="column" rowGap={gap}>
    {children}
  </Box>
);

/** Things beside each other that wrap. */
export const Row: React.FC<{ label?: string }> = ({ label, children }) => (
  <Box
    display="flex"
    flexWrap="wrap"
    alignItems="center"
    columnGap="space30"
    rowGap="space20"
    aria-label={label}
  >
    {children}
  </Box>
);

export const SectionTitle: React.FC = ({ children }) => (
  <Box as="h3" margin="space0" fontSize="fontSize30" fontWeight="fontWeightSemibold" color="colorText">
    {children}
  </Box>
);

export const Weak: React.FC = ({ children }) => (
  <Box as="span" fontSize="fontSize20" color="colorTextWeak">
    {children}
  </Box>
);

export const Chip: React.FC<{ dotColor?: string | null; strong?: boolean }> = ({
  dotColor,
  strong,
  children,
}) => (
  <Box
    as="span"
    display="inline-flex"
    alignItems="center"
    columnGap="space20"
    paddingX="space30"
    paddingY="space10"
    borderRadius="borderRadiusPill"
    fontSize="fontSize20"
    color={strong ? 'colorTextWarningStrong' : 'colorText'}
    backgroundColor={strong ? 'colorBackgroundWarningWeakest' : 'colorBackground'}
  >
    {dotColor ? (
      <span
        aria-hidden="true"
        style={{ width: 8, height: 8, borderRadius: 4, background: dotColor, display: 'inline-block' }}
      />
    ) : null}
    <bdi>{children}</bdi>
  </Box>
);

export const Card: React.FC = ({ children }) => (
  <Box
    padding="space40"
    borderWidth="borderWidth10"
    borderStyle="solid"
    borderColor="colorBorderWeaker"
    borderRadius="borderRadius20"
    backgroundColor="colorBackgroundBody"
  >
    {children}
  </Box>
);

/** A point in time as the agent's language writes it. */
export function formatDate(value: string, withTime = false): string {
  const format: Intl.DateTimeFormatOptions = withTime
    ? { dateStyle: 'medium', timeStyle: 'short' }
    : { dateStyle: 'medium' };
  return new Intl.DateTimeFormat(flexLanguage(), format).format(new Date(value));
}
