import type { CasePriority } from '@flexcord/shared/panel/case';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { text } from '../../../utils/strings.ts';

const signs: Record<CasePriority, string> = { high: '▲', normal: '●', low: '▼' };

/** How urgent a case is; only what is urgent is coloured. */
export const Priority = ({ priority }: { priority: CasePriority }) => (
  <Box
    as="span"
    display="inline-flex"
    alignItems="baseline"
    whiteSpace="nowrap"
    color={priority === 'high' ? 'colorTextErrorStrong' : 'colorTextWeak'}
    fontWeight={priority === 'high' ? 'fontWeightSemibold' : 'fontWeightNormal'}
  >
    <span aria-hidden="true" style={{ fontSize: 9, marginInlineEnd: 5, position: 'relative', top: -1 }}>
      {signs[priority]}
    </span>
    {text(`FlexcordCasesPriority_${priority}`)}
  </Box>
);
