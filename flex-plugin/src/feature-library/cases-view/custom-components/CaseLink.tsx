import type { CaseSummary } from '@flexcord/shared/panel/case';
import { Box } from '@twilio-paste/core/box';
import * as React from 'react';

import { rowTitle } from '../../../components/view/rowTitle.ts';
import type { CasesNavigation } from '../utils/casesLocation.ts';
import { urlFor } from '../utils/casesLocation.ts';

/** Opens a case beside the list; a real link, so that it can be copied and opened in another tab. */
export const CaseLink = ({ summary, location, navigate }: { summary: CaseSummary } & CasesNavigation) => (
  <Box
    as="a"
    href={urlFor({ ...location, caseId: summary.id })}
    aria-current={location.caseId === summary.id ? 'true' : undefined}
    onClick={(event: React.MouseEvent) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      navigate({ caseId: summary.id });
    }}
    {...rowTitle}
  >
    <bdi>{summary.title}</bdi>
  </Box>
);
