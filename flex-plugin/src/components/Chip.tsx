import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

/** A short property in a pill, such as a role or a status. */
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
