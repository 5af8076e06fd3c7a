import type { CaseStatus, CaseSummary } from '@flexcord/shared/panel/case';
import { Box, type BoxProps } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';
import type { Way } from '../utils/caseUrl.ts';
import { urlOf } from '../utils/caseUrl.ts';

type Colors = { color: BoxProps['color']; backgroundColor: BoxProps['backgroundColor'] };
const colors: Record<CaseStatus, Colors> = {
  open: { color: 'colorTextNew', backgroundColor: 'colorBackgroundNewWeakest' },
  elevated: { color: 'colorTextErrorStrong', backgroundColor: 'colorBackgroundErrorWeakest' },
  waiting: { color: 'colorTextWarningStrong', backgroundColor: 'colorBackgroundWarningWeakest' },
  resolved: { color: 'colorTextSuccess', backgroundColor: 'colorBackgroundSuccessWeakest' },
  closed: { color: 'colorTextWeak', backgroundColor: 'colorBackground' },
};

export const StatusMark = ({ status }: { status: CaseStatus }) => (
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

/** Opens a case beside the list; a real link, so that it can be copied and opened in another tab. */
export const CaseLink = ({ one, place, go }: { one: CaseSummary } & Way) => (
  <Box
    as="a"
    href={urlOf({ ...place, caseId: one.id })}
    aria-current={place.caseId === one.id ? 'true' : undefined}
    onClick={(event: React.MouseEvent) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go({ caseId: one.id });
    }}
    color="colorTextLink"
    fontWeight="fontWeightSemibold"
    textDecoration="none"
    borderRadius="borderRadius10"
    _hover={{ textDecoration: 'underline' }}
    _focusVisible={{ boxShadow: 'shadowFocus', outline: 'none' }}
  >
    <bdi>{one.title}</bdi>
  </Box>
);
