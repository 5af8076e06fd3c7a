import type { CaseStatus } from '@flexcord/shared/panel/case';
import * as React from 'react';

import { text } from '../../utils/strings.ts';
import { Badge } from '../Badge.tsx';
import type { Variant } from '../variants.ts';

/** What each status of a case looks like, wherever it is shown. */
export const statusVariants: Record<CaseStatus, Variant> = {
  open: 'new',
  elevated: 'progress',
  waiting: 'warning',
  resolved: 'success',
  closed: 'neutral',
};

export const CaseStatusBadge = ({ status }: { status: CaseStatus }) => (
  <Badge variant={statusVariants[status]}>{text(`FlexcordStatus_${status}`)}</Badge>
);
