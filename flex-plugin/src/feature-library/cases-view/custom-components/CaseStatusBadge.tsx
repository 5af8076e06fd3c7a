import type { CaseStatus } from '@flexcord/shared/panel/case';
import { Box, type BoxProps } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';

type Colors = { color: BoxProps['color']; backgroundColor: BoxProps['backgroundColor'] };
const colors: Record<CaseStatus, Colors> = {
  open: { color: 'colorTextNew', backgroundColor: 'colorBackgroundNewWeakest' },
  elevated: { color: 'colorTextErrorStrong', backgroundColor: 'colorBackgroundErrorWeakest' },
  waiting: { color: 'colorTextWarningStrong', backgroundColor: 'colorBackgroundWarningWeakest' },
  resolved: { color: 'colorTextSuccess', backgroundColor: 'colorBackgroundSuccessWeakest' },
  closed: { color: 'colorTextWeak', backgroundColor: 'colorBackground' },
};

export const CaseStatusBadge = ({ status }: { status: CaseStatus }) => (
  <Box
    as="span"
    {...colors[status]}
    display="inline-block"
    paddingX="space30"
    paddingY="space10"
    borderRadius="borderRadiusPill"
    fontSize="fontSize20"
    fontWeight="fontWeightSemibold"
    whiteSpace="nowrap"
  >
    {text(`FlexcordStatus_${status}`)}
  </Box>
);
