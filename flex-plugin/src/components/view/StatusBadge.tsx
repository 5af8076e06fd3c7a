import type { CaseStatus } from '@flexcord/shared/panel/case';
import * as React from 'react';

import { text } from '../../utils/strings.ts';
import { Badge } from '../Badge.tsx';
import type { Variant } from '../variants.ts';
import { Dot } from './Dot.tsx';

/** The colour of each status of a case, wherever it is shown; it is seen on light and on dark. */
export const statusColors: Record<CaseStatus, string> = {
  open: '#8c5bd8',
  elevated: '#3d78e8',
  waiting: '#e36209',
  resolved: '#14a07a',
  closed: '#8891aa',
};

const variants: Record<CaseStatus, Variant> = {
  open: 'new',
  elevated: 'progress',
  waiting: 'warning',
  resolved: 'success',
  closed: 'neutral',
};

export const CaseStatusBadge = ({ status }: { status: CaseStatus }) => (
  <Badge variant={variants[status]}>
    <Dot color={statusColors[status]} />
    {text(`FlexcordStatus_${status}`)}
  </Badge>
);
